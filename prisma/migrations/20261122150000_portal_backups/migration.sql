-- Backups of the installation itself -------------------------------------------------------------------------------------

-- The role that reads everything reads the book of migrations too: it goes along into each backup.
GRANT SELECT ON "_prisma_migrations" TO shellwego_system;

-- After a restore: since when, from a backup of which moment, and when the operator said that all is well.
ALTER TABLE "control_epoch" ADD COLUMN "recovering_since" TIMESTAMPTZ(3), ADD COLUMN "backup_taken_at" TIMESTAMPTZ(3), ADD COLUMN "resumed_at" TIMESTAMPTZ(3);

-- One row: where backups go, and when.
CREATE TABLE "portal_backup_plan" (
    "id" INTEGER NOT NULL DEFAULT 1,
    -- folder, s3
    "kind" TEXT NOT NULL DEFAULT 'folder',
    "path" TEXT,
    "endpoint" TEXT,
    "region" TEXT,
    "bucket" TEXT,
    "prefix" TEXT NOT NULL DEFAULT '',
    "access_key_id" TEXT,
    "sealed_secret" TEXT,
    -- Hour of the day, UTC, real time; null: by hand only.
    "hour" INTEGER,
    "keep_daily" INTEGER NOT NULL DEFAULT 7,
    "keep_weekly" INTEGER NOT NULL DEFAULT 4,
    "keep_monthly" INTEGER NOT NULL DEFAULT 12,
    "alarmed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "portal_backup_plan_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "portal_backup_plan_one_row" CHECK ("id" = 1),
    CONSTRAINT "portal_backup_plan_kind" CHECK ("kind" IN ('folder', 's3')),
    CONSTRAINT "portal_backup_plan_hour" CHECK ("hour" BETWEEN 0 AND 23),
    CONSTRAINT "portal_backup_plan_keep" CHECK ("keep_daily" BETWEEN 1 AND 366 AND "keep_weekly" BETWEEN 0 AND 520 AND "keep_monthly" BETWEEN 0 AND 240)
);

CREATE TABLE "portal_backup" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    -- manual, scheduled, found
    "kind" TEXT NOT NULL,
    -- queued, running, ready, failed, deleted
    "state" TEXT NOT NULL DEFAULT 'queued',
    "place" TEXT NOT NULL,
    "progress" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "code" TEXT,
    "reason" TEXT,
    "bytes" BIGINT,
    "rows" BIGINT,
    "lock" TEXT,
    "proven_at" TIMESTAMPTZ(3),
    "proof_fault" TEXT,
    "created_by" TEXT,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,
    "heartbeat_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "portal_backup_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "portal_backup_state" CHECK ("state" IN ('queued', 'running', 'ready', 'failed', 'deleted'))
);
CREATE UNIQUE INDEX "portal_backup_name_key" ON "portal_backup"("name");
CREATE INDEX "portal_backup_taken_at_id_idx" ON "portal_backup"("taken_at", "id");
-- One at a time.
CREATE UNIQUE INDEX "portal_backup_one_at_a_time" ON "portal_backup"((1)) WHERE "state" IN ('queued', 'running');

-- What a node runs and the restored database does not know.
CREATE TABLE "stray" (
    "node_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "vm_start_id" TEXT,
    "spec" JSONB,
    "sealed_secrets" TEXT,
    "key_id" TEXT,
    -- As the node last told it.
    "status" JSONB NOT NULL,
    -- Null: nobody has decided.
    "decision" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stray_pkey" PRIMARY KEY ("node_id", "kind", "id"),
    CONSTRAINT "stray_decision" CHECK ("decision" IN ('adopted', 'removed'))
);
ALTER TABLE "stray" ADD CONSTRAINT "stray_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT protect_table('portal_backup_plan', 'none'), protect_table('portal_backup', 'none'), protect_table('stray', 'none');
