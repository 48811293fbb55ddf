ALTER TABLE "app" ADD COLUMN "strategy" JSONB NOT NULL DEFAULT '{}', ADD COLUMN "standby_release_id" TEXT, ADD COLUMN "standby_until" TIMESTAMPTZ(3);
ALTER TABLE "deployment" ADD COLUMN "strategy" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "instance" ADD COLUMN "healthy_at" TIMESTAMPTZ(3);
ALTER TABLE "release" ADD COLUMN "served_at" TIMESTAMPTZ(3), ADD COLUMN "retired_at" TIMESTAMPTZ(3);

ALTER TABLE "app" ADD CONSTRAINT "app_org_id_current_release_id_fkey" FOREIGN KEY ("org_id", "current_release_id") REFERENCES "release"("org_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

UPDATE "instance" SET "healthy_at" = now() WHERE "ended_at" IS NULL AND "phase" = 'running' AND "health" = 'ok';
-- Of what ran before, only what still holds its secrets can be gone back to.
UPDATE "release" r SET "served_at" = (SELECT max(d."finished_at") FROM "deployment" d WHERE d."org_id" = r."org_id" AND d."release_id" = r."id" AND d."state" = 'succeeded');
UPDATE "release" r SET "retired_at" = now() WHERE "served_at" IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM "app" a WHERE a."org_id" = r."org_id" AND a."current_release_id" = r."id");
