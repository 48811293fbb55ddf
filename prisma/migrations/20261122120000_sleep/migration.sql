ALTER TABLE "app" ADD COLUMN "sleep_after_minutes" INTEGER,
  ADD CONSTRAINT "app_sleep" CHECK ("sleep_after_minutes" BETWEEN 1 AND 1440);
ALTER TABLE "instance" ADD COLUMN "phase_since" TIMESTAMPTZ(3);

-- When a start slept; always inside its allocation segment.
CREATE TABLE "sleep_segment" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "start_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "told_ms" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "sleep_segment_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "sleep_segment_order" CHECK ("ended_at" IS NULL OR "ended_at" >= "started_at")
);
CREATE UNIQUE INDEX "allocation_segment_org_id_start_id_key" ON "allocation_segment"("org_id", "start_id");
ALTER TABLE "sleep_segment" ADD CONSTRAINT "sleep_segment_org_id_start_id_fkey"
  FOREIGN KEY ("org_id", "start_id") REFERENCES "allocation_segment"("org_id", "start_id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE UNIQUE INDEX "sleep_segment_org_id_id_key" ON "sleep_segment"("org_id", "id");
CREATE INDEX "sleep_segment_org_id_started_at_idx" ON "sleep_segment"("org_id", "started_at");
CREATE INDEX "sleep_segment_start_id_idx" ON "sleep_segment"("start_id");
CREATE UNIQUE INDEX "sleep_segment_open" ON "sleep_segment" ("start_id") WHERE "ended_at" IS NULL;
CREATE TRIGGER "sleep_usage_changed" AFTER INSERT OR UPDATE ON "sleep_segment" FOR EACH ROW EXECUTE FUNCTION allocation_changed();
SELECT protect_table('sleep_segment', 'read');

/* Sums over these rows are what is to be paid for: a sleep takes back what its start was allotted meanwhile, and counts memory that is kept. */
CREATE VIEW "allotted" WITH (security_invoker = true) AS
  SELECT org_id, app_id, vcpu, memory_mib, 0 AS sleeping_mib, started_at, ended_at FROM "allocation_segment"
  UNION ALL
  SELECT s.org_id, s.app_id, -a.vcpu, -a.memory_mib, a.memory_mib, s.started_at, least(s.ended_at, a.ended_at)
  FROM "sleep_segment" s JOIN "allocation_segment" a ON a.start_id = s.start_id
  WHERE a.ended_at IS NULL OR a.ended_at > s.started_at;
GRANT SELECT ON "allotted" TO shellwego_app, shellwego_system;

ALTER TABLE "meter" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "meter" ("id", "key", "name", "unit", "meter_units", "aggregation") VALUES
  ('meter_sleepingmibseconds', 'sleeping_mib_seconds', 'Memory kept while asleep', 'GiB hour', '3686400', 'sum');
ALTER TABLE "meter" FORCE ROW LEVEL SECURITY;
