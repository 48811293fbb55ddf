-- Each node that joins or comes back asks whether its mesh key is another's.
CREATE INDEX "node_mesh_key" ON "node" ((facts->'mesh'->>'public_key'));

-- Networks are one object in hundreds that a node holds, and each join looks who was told of the node by name.
CREATE INDEX "node_object_networks" ON "node_object" ("node_id") WHERE "kind" = 'network';
