-- AlterTable
ALTER TABLE "node" ADD COLUMN     "mesh_index" INTEGER;

UPDATE node SET mesh_index = numbered.at FROM (SELECT id, row_number() OVER (ORDER BY created_at, id) AS at FROM node) numbered WHERE numbered.id = node.id;

-- CreateIndex
CREATE UNIQUE INDEX "node_mesh_index_key" ON "node"("mesh_index");

-- The end of the pool is for nodes: organizations have 10.64.1.0 to 10.127.239.0.
ALTER SEQUENCE organization_network_index_seq MAXVALUE 16367;
