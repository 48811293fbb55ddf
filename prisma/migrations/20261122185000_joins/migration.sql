-- Each node that joins or comes back asks whether its mesh key is another's.
CREATE INDEX "node_mesh_key" ON "node" ((facts->'mesh'->>'public_key'));

-- How many edges there are is asked with every instance that falls ill and every node that comes.
CREATE INDEX "node_edges" ON "node" ("id") WHERE "mesh_index" IS NOT NULL AND facts->'mesh'->'edges' = 'true';

-- Who was told of a node or of an organization's instances; networks are one object in hundreds that a node holds.
CREATE INDEX "node_object_networks" ON "node_object" USING gin ("spec" jsonb_path_ops) WHERE "kind" = 'network';
