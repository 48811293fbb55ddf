-- AlterTable
ALTER TABLE "node" ADD COLUMN     "can" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "held_generations" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "held_objects" INTEGER NOT NULL DEFAULT 0;

UPDATE node SET held_objects = o.objects, held_generations = o.generations
FROM (SELECT node_id, count(*) AS objects, sum(generation) AS generations FROM node_object GROUP BY node_id) o WHERE o.node_id = node.id;

-- CreateIndex
CREATE INDEX "node_object_node_id_changed_index_idx" ON "node_object"("node_id", "changed_index");

-- Every answer of changes names all tombstones of a node; they are few.
CREATE INDEX node_object_tombstone ON node_object (node_id) WHERE desired = 'absent';
