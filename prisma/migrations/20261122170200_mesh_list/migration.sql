-- CreateTable
CREATE TABLE "mesh_list" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL DEFAULT 1,
    "peers" JSONB NOT NULL DEFAULT '[]',
    "told_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mesh_list_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "mesh_list" ADD CONSTRAINT "mesh_list_one_row" CHECK ("id" = 1);

ALTER TABLE node NO FORCE ROW LEVEL SECURITY;
ALTER TABLE node_object NO FORCE ROW LEVEL SECURITY;
INSERT INTO mesh_list (peers) SELECT coalesce(jsonb_agg(jsonb_build_object('node_id', id, 'public_key', facts->'mesh'->'public_key', 'endpoint', facts->'mesh'->'endpoint',
  'address', '10.127.' || 240 + (mesh_index >> 8) || '.' || (mesh_index & 255)) ORDER BY id), '[]')
FROM node WHERE facts->'mesh'->'edges' = 'true' AND mesh_index IS NOT NULL AND status <> 'lost';

-- What all edges are told lies there once; in their own lists rests who shares an organization with them and is no edge.
UPDATE node_object SET generation = generation + 1, changed_index = n.desired_index + 1,
  spec = jsonb_set(spec, '{peers}', (SELECT coalesce(jsonb_agg(p), '[]') FROM jsonb_array_elements(spec->'peers') p WHERE NOT p ? 'address'))
FROM node n WHERE n.id = node_id AND kind = 'network' AND spec ? 'address';
UPDATE node SET desired_index = desired_index + 1, held_generations = held_generations + 1
WHERE id IN (SELECT node_id FROM node_object WHERE kind = 'network' AND spec ? 'address');
ALTER TABLE node FORCE ROW LEVEL SECURITY;
ALTER TABLE node_object FORCE ROW LEVEL SECURITY;
SELECT protect_table('mesh_list', 'none');
