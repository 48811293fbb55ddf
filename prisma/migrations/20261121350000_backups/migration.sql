-- DropIndex
DROP INDEX "volume_schedule_org_id_volume_id_every_minutes_key";

-- AlterTable
ALTER TABLE "volume" ADD COLUMN     "source_backup_id" TEXT;

-- AlterTable
ALTER TABLE "volume_schedule" ADD COLUMN     "what" TEXT NOT NULL DEFAULT 'snapshot';

-- CreateTable
CREATE TABLE "backup_target" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "bucket" TEXT NOT NULL,
    "access_key_id" TEXT NOT NULL,
    "sealed_secret" TEXT,
    "key_id" TEXT,
    "tested_at" TIMESTAMPTZ(3),
    "test_fault" TEXT,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "backup_target_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform_backup_target" (
    "id" TEXT NOT NULL DEFAULT 'platform',
    "endpoint" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "bucket" TEXT NOT NULL,
    "access_key_id" TEXT NOT NULL,
    "sealed_secret" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "platform_backup_target_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "backup_set" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "volume_id" TEXT NOT NULL,
    "target_id" TEXT,
    "node_id" TEXT NOT NULL,
    "sealed_keys" TEXT,
    "key_id" TEXT,
    "phase" TEXT NOT NULL DEFAULT 'pending',
    "code" TEXT,
    "reason" TEXT,
    "progress_id" TEXT,
    "progress" DOUBLE PRECISION,
    "drill_every_hours" INTEGER DEFAULT 168,
    "next_drill_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "backup_set_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "volume_backup" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "set_id" TEXT NOT NULL,
    "volume_id" TEXT NOT NULL,
    "snapshot_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'creating',
    "reason" TEXT,
    "size_mib" INTEGER NOT NULL,
    "added_bytes" BIGINT,
    "checksum" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "proven_at" TIMESTAMPTZ(3),
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "volume_backup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "restore_drill" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "set_id" TEXT NOT NULL,
    "volume_id" TEXT NOT NULL,
    "backup_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "detail" TEXT,
    "bytes" BIGINT,
    "took_ms" INTEGER,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "restore_drill_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "backup_target_org_id_created_at_id_idx" ON "backup_target"("org_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "backup_target_key_id_idx" ON "backup_target"("key_id");

-- CreateIndex
CREATE UNIQUE INDEX "backup_target_org_id_id_key" ON "backup_target"("org_id", "id");

-- CreateIndex
CREATE INDEX "backup_set_volume_id_idx" ON "backup_set"("volume_id");

-- CreateIndex
CREATE INDEX "backup_set_node_id_idx" ON "backup_set"("node_id");

-- CreateIndex
CREATE INDEX "backup_set_key_id_idx" ON "backup_set"("key_id");

-- CreateIndex
CREATE UNIQUE INDEX "backup_set_org_id_id_key" ON "backup_set"("org_id", "id");

-- CreateIndex
CREATE INDEX "volume_backup_org_id_created_at_id_idx" ON "volume_backup"("org_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "volume_backup_set_id_idx" ON "volume_backup"("set_id");

-- CreateIndex
CREATE INDEX "volume_backup_volume_id_idx" ON "volume_backup"("volume_id");

-- CreateIndex
CREATE UNIQUE INDEX "volume_backup_org_id_id_key" ON "volume_backup"("org_id", "id");

-- CreateIndex
CREATE INDEX "restore_drill_org_id_started_at_id_idx" ON "restore_drill"("org_id", "started_at", "id");

-- CreateIndex
CREATE INDEX "restore_drill_set_id_idx" ON "restore_drill"("set_id");

-- CreateIndex
CREATE INDEX "restore_drill_backup_id_idx" ON "restore_drill"("backup_id");

-- CreateIndex
CREATE INDEX "restore_drill_volume_id_idx" ON "restore_drill"("volume_id");

-- CreateIndex
CREATE UNIQUE INDEX "restore_drill_org_id_id_key" ON "restore_drill"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "volume_schedule_org_id_volume_id_what_every_minutes_key" ON "volume_schedule"("org_id", "volume_id", "what", "every_minutes");

-- AddForeignKey
ALTER TABLE "backup_target" ADD CONSTRAINT "backup_target_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "data_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "backup_set" ADD CONSTRAINT "backup_set_org_id_volume_id_fkey" FOREIGN KEY ("org_id", "volume_id") REFERENCES "volume"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "backup_set" ADD CONSTRAINT "backup_set_org_id_target_id_fkey" FOREIGN KEY ("org_id", "target_id") REFERENCES "backup_target"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "backup_set" ADD CONSTRAINT "backup_set_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "data_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "volume_backup" ADD CONSTRAINT "volume_backup_org_id_set_id_fkey" FOREIGN KEY ("org_id", "set_id") REFERENCES "backup_set"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "volume_backup" ADD CONSTRAINT "volume_backup_org_id_volume_id_fkey" FOREIGN KEY ("org_id", "volume_id") REFERENCES "volume"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "restore_drill" ADD CONSTRAINT "restore_drill_org_id_set_id_fkey" FOREIGN KEY ("org_id", "set_id") REFERENCES "backup_set"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "restore_drill" ADD CONSTRAINT "restore_drill_org_id_volume_id_fkey" FOREIGN KEY ("org_id", "volume_id") REFERENCES "volume"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "restore_drill" ADD CONSTRAINT "restore_drill_org_id_backup_id_fkey" FOREIGN KEY ("org_id", "backup_id") REFERENCES "volume_backup"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;


CREATE INDEX "volume_backup_expires_at_idx" ON "volume_backup" ("expires_at") WHERE "deleted_at" IS NULL AND "expires_at" IS NOT NULL;
CREATE INDEX "backup_set_next_drill_at_idx" ON "backup_set" ("next_drill_at") WHERE "ended_at" IS NULL;
-- One set per volume and bucket.
CREATE UNIQUE INDEX "backup_set_place" ON "backup_set" ("volume_id", coalesce("target_id", '')) WHERE "ended_at" IS NULL;
CREATE UNIQUE INDEX "restore_drill_running" ON "restore_drill" ("set_id") WHERE "state" = 'running';
ALTER TABLE "volume_snapshot" DROP CONSTRAINT "volume_snapshot_kind",
  ADD CONSTRAINT "volume_snapshot_kind" CHECK ("kind" IN ('manual', 'scheduled', 'before_restore', 'clone', 'backup'));
ALTER TABLE "volume_schedule" ADD CONSTRAINT "volume_schedule_what" CHECK ("what" IN ('snapshot', 'backup'));
ALTER TABLE "platform_backup_target" ADD CONSTRAINT "platform_backup_target_one" CHECK ("id" = 'platform');
ALTER TABLE "backup_target" ADD CONSTRAINT "backup_target_envelope" CHECK ("sealed_secret" LIKE 'e1.' || "key_id" || '.%');
ALTER TABLE "backup_set" ADD CONSTRAINT "backup_set_envelope" CHECK ("sealed_keys" LIKE 'e1.' || "key_id" || '.%'),
  ADD CONSTRAINT "backup_set_drills" CHECK ("drill_every_hours" IS NULL OR "drill_every_hours" >= 24);
ALTER TABLE "volume_backup" ADD CONSTRAINT "volume_backup_state" CHECK ("state" IN ('creating', 'ready', 'failed', 'deleting')),
  ADD CONSTRAINT "volume_backup_kind" CHECK ("kind" IN ('manual', 'scheduled'));
ALTER TABLE "restore_drill" ADD CONSTRAINT "restore_drill_state" CHECK ("state" IN ('running', 'passed', 'failed') AND ("state" = 'running') = ("finished_at" IS NULL)),
  ADD CONSTRAINT "restore_drill_kind" CHECK ("kind" IN ('manual', 'scheduled'));

SELECT protect_table('backup_target', 'write'), protect_table('platform_backup_target', 'none'), protect_table('backup_set', 'write'),
       protect_table('volume_backup', 'write'), protect_table('restore_drill', 'write');
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['backup_set', 'volume_backup', 'restore_drill'] LOOP
    EXECUTE format('CREATE POLICY visible_apps ON %I AS RESTRICTIVE TO shellwego_app USING ((SELECT every_app()) OR EXISTS (SELECT FROM "volume" v WHERE v.org_id = %I.org_id AND v.id = %I.volume_id))', t, t, t);
  END LOOP;
END $$;
REVOKE DELETE ON "backup_target", "backup_set", "volume_backup", "restore_drill" FROM shellwego_app;
