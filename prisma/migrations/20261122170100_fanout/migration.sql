-- AlterTable
ALTER TABLE "node" ADD COLUMN     "can" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "held_generations" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "held_objects" INTEGER NOT NULL DEFAULT 0;

-- Whoever migrates owns the tables, and else sees no rows of them.
ALTER TABLE node NO FORCE ROW LEVEL SECURITY;
ALTER TABLE node_object NO FORCE ROW LEVEL SECURITY;
-- Nodes from before there were numbers: what should have given them some saw no rows.
UPDATE node SET mesh_index = numbered.at FROM (
  SELECT id, row_number() OVER (ORDER BY created_at, id) + (SELECT coalesce(max(mesh_index), 0) FROM node) AS at FROM node WHERE mesh_index IS NULL
) numbered WHERE numbered.id = node.id AND numbered.at <= 4094;

UPDATE node SET held_objects = o.objects, held_generations = o.generations
FROM (SELECT node_id, count(*) AS objects, sum(generation) AS generations FROM node_object GROUP BY node_id) o WHERE o.node_id = node.id;
ALTER TABLE node FORCE ROW LEVEL SECURITY;
ALTER TABLE node_object FORCE ROW LEVEL SECURITY;

-- CreateIndex
CREATE INDEX "node_object_node_id_changed_index_idx" ON "node_object"("node_id", "changed_index");

-- Every answer of changes names all tombstones of a node; they are few.
CREATE INDEX node_object_tombstone ON node_object (node_id) WHERE desired = 'absent';
