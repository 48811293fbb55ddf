-- CreateTable
CREATE TABLE "volume" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "app_id" TEXT,
    "mount_path" TEXT,
    "read_only" BOOLEAN NOT NULL DEFAULT false,
    "node_id" TEXT NOT NULL,
    "size_mib" INTEGER NOT NULL,
    "source_snapshot_id" TEXT,
    "head_snapshot_id" TEXT,
    "restore_token" TEXT,
    "restore_snapshot_id" TEXT,
    "encrypted" BOOLEAN NOT NULL DEFAULT false,
    "sealed_key" TEXT,
    "key_id" TEXT,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "phase" TEXT NOT NULL DEFAULT 'pending',
    "code" TEXT,
    "reason" TEXT,
    "actual_mib" INTEGER,
    "used_mib" INTEGER,
    "used_by" TEXT,
    "restored" TEXT,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    "purge_at" TIMESTAMPTZ(3),
    "purged_at" TIMESTAMPTZ(3),

    CONSTRAINT "volume_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "volume_hold" (
    "org_id" TEXT NOT NULL,
    "volume_id" TEXT NOT NULL,
    "instance_id" TEXT NOT NULL,
    "fence" INTEGER NOT NULL,

    CONSTRAINT "volume_hold_pkey" PRIMARY KEY ("org_id","volume_id")
);

-- CreateTable
CREATE TABLE "volume_snapshot" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "volume_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL,
    "schedule_id" TEXT,
    "parent_id" TEXT,
    "state" TEXT NOT NULL DEFAULT 'creating',
    "size_mib" INTEGER NOT NULL,
    "added_bytes" BIGINT,
    "checksum" TEXT,
    "taken_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "volume_snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "volume_schedule" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "volume_id" TEXT NOT NULL,
    "every_minutes" INTEGER NOT NULL,
    "keep_hours" INTEGER NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "volume_schedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "volume_segment" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "volume_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "meter" TEXT NOT NULL,
    "size_mib" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "volume_segment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "volume_org_id_created_at_id_idx" ON "volume"("org_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "volume_node_id_idx" ON "volume"("node_id");

-- CreateIndex
CREATE INDEX "volume_key_id_idx" ON "volume"("key_id");

-- CreateIndex
CREATE UNIQUE INDEX "volume_org_id_id_key" ON "volume"("org_id", "id");

-- CreateIndex
CREATE INDEX "volume_hold_instance_id_idx" ON "volume_hold"("instance_id");

-- CreateIndex
CREATE UNIQUE INDEX "volume_hold_volume_id_key" ON "volume_hold"("volume_id");

-- CreateIndex
CREATE INDEX "volume_snapshot_org_id_volume_id_created_at_idx" ON "volume_snapshot"("org_id", "volume_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "volume_snapshot_org_id_id_key" ON "volume_snapshot"("org_id", "id");

-- CreateIndex
CREATE INDEX "volume_schedule_next_at_idx" ON "volume_schedule"("next_at");

-- CreateIndex
CREATE UNIQUE INDEX "volume_schedule_org_id_id_key" ON "volume_schedule"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "volume_schedule_org_id_volume_id_every_minutes_key" ON "volume_schedule"("org_id", "volume_id", "every_minutes");

-- CreateIndex
CREATE INDEX "volume_segment_org_id_started_at_idx" ON "volume_segment"("org_id", "started_at");

-- CreateIndex
CREATE INDEX "volume_segment_volume_id_idx" ON "volume_segment"("volume_id");

-- CreateIndex
CREATE UNIQUE INDEX "volume_segment_org_id_id_key" ON "volume_segment"("org_id", "id");

-- AddForeignKey
ALTER TABLE "volume" ADD CONSTRAINT "volume_org_id_app_id_fkey" FOREIGN KEY ("org_id", "app_id") REFERENCES "app"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "volume" ADD CONSTRAINT "volume_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "data_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "volume_hold" ADD CONSTRAINT "volume_hold_org_id_volume_id_fkey" FOREIGN KEY ("org_id", "volume_id") REFERENCES "volume"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "volume_snapshot" ADD CONSTRAINT "volume_snapshot_org_id_volume_id_fkey" FOREIGN KEY ("org_id", "volume_id") REFERENCES "volume"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "volume_schedule" ADD CONSTRAINT "volume_schedule_org_id_volume_id_fkey" FOREIGN KEY ("org_id", "volume_id") REFERENCES "volume"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "volume_segment" ADD CONSTRAINT "volume_segment_org_id_volume_id_fkey" FOREIGN KEY ("org_id", "volume_id") REFERENCES "volume"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Live ones have names and places of their own.
CREATE UNIQUE INDEX "volume_name" ON "volume" ("org_id", "name") WHERE "deleted_at" IS NULL;
CREATE UNIQUE INDEX "volume_mount_path" ON "volume" ("app_id", "mount_path") WHERE "app_id" IS NOT NULL;
CREATE INDEX "volume_purge_at_idx" ON "volume" ("purge_at") WHERE "purged_at" IS NULL AND "purge_at" IS NOT NULL;
CREATE INDEX "volume_snapshot_expires_at_idx" ON "volume_snapshot" ("expires_at") WHERE "deleted_at" IS NULL AND "expires_at" IS NOT NULL;
CREATE UNIQUE INDEX "volume_segment_open" ON "volume_segment" ("volume_id", "meter") WHERE "ended_at" IS NULL;
-- Usage is exact: 64 MiB is a sixteenth of a GiB, 4 MiB a 256th.
ALTER TABLE "volume" ADD CONSTRAINT "volume_size" CHECK ("size_mib" >= 64 AND "size_mib" % 64 = 0),
  ADD CONSTRAINT "volume_attached" CHECK (("app_id" IS NULL) = ("mount_path" IS NULL)),
  ADD CONSTRAINT "volume_deleted" CHECK (("deleted_at" IS NULL) = ("purge_at" IS NULL) AND ("deleted_at" IS NULL OR "app_id" IS NULL)),
  ADD CONSTRAINT "volume_envelope" CHECK ("sealed_key" IS NULL OR "sealed_key" LIKE 'e1.' || "key_id" || '.%'),
  ADD CONSTRAINT "volume_restore" CHECK (("restore_token" IS NULL) = ("restore_snapshot_id" IS NULL));
ALTER TABLE "volume_snapshot" ADD CONSTRAINT "volume_snapshot_kind" CHECK ("kind" IN ('manual', 'scheduled', 'before_restore', 'clone')),
  ADD CONSTRAINT "volume_snapshot_state" CHECK ("state" IN ('creating', 'ready', 'deleting'));
ALTER TABLE "volume_schedule" ADD CONSTRAINT "volume_schedule_times" CHECK ("every_minutes" >= 15 AND "keep_hours" >= 1);
ALTER TABLE "volume_segment" ADD CONSTRAINT "volume_segment_order" CHECK ("ended_at" IS NULL OR "ended_at" >= "started_at"),
  ADD CONSTRAINT "volume_segment_amount" CHECK ("size_mib" >= 0 AND "size_mib" % 4 = 0),
  ADD CONSTRAINT "volume_segment_meter" CHECK ("meter" IN ('volume_gib_seconds', 'snapshot_gib_seconds'));

/* An instance that has ended holds nothing. Runs as the system role, which alone notes ends. */
CREATE FUNCTION release_volumes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "volume_hold" WHERE "instance_id" = NEW."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "instance_releases_volumes" AFTER UPDATE OF "ended_at" ON "instance" FOR EACH ROW
  WHEN (NEW."ended_at" IS NOT NULL AND OLD."ended_at" IS NULL) EXECUTE FUNCTION release_volumes();
CREATE TRIGGER "volume_usage_changed" AFTER INSERT OR UPDATE ON "volume_segment" FOR EACH ROW EXECUTE FUNCTION allocation_changed();

SELECT protect_table('volume', 'write'), protect_table('volume_snapshot', 'write'), protect_table('volume_schedule', 'write'),
       protect_table('volume_hold', 'read'), protect_table('volume_segment', 'read');
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['volume_snapshot', 'volume_schedule', 'volume_hold'] LOOP
    EXECUTE format('CREATE POLICY visible_apps ON %I AS RESTRICTIVE TO shellwego_app USING ((SELECT every_app()) OR EXISTS (SELECT FROM "volume" v WHERE v.org_id = %I.org_id AND v.id = %I.volume_id))', t, t, t);
  END LOOP;
END $$;
REVOKE DELETE ON "volume", "volume_snapshot" FROM shellwego_app;
