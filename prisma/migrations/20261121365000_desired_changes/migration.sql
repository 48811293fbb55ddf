ALTER TABLE "node_object" ADD COLUMN "changed_index" BIGINT NOT NULL DEFAULT 0;

-- Whoever was away while this was not kept is told everything again.
UPDATE "node_object" o SET "changed_index" = n."desired_index" FROM "node" n WHERE n."id" = o."node_id";
