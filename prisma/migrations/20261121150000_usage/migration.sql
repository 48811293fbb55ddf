-- Outgoing traffic by quarter of an hour: midnight of every time zone is the start of one.
ALTER TABLE "usage_hour" RENAME TO "usage_quarter";
ALTER TABLE "usage_quarter" RENAME COLUMN "hour" TO "at";
ALTER TABLE "usage_quarter" RENAME CONSTRAINT "usage_hour_pkey" TO "usage_quarter_pkey";

CREATE TABLE "usage_event" (
    "org_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "meter" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "value" DECIMAL(30,12),
    "item" TEXT,
    "data" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "usage_event_pkey" PRIMARY KEY ("org_id","at","source","event_id")
) PARTITION BY RANGE ("at");

CREATE TABLE "usage_event_key" (
    "org_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "usage_event_key_pkey" PRIMARY KEY ("org_id","source","event_id")
);

CREATE TABLE "usage_rollup" (
    "org_id" TEXT NOT NULL,
    "grain" TEXT NOT NULL,
    "bucket" TIMESTAMPTZ(3) NOT NULL,
    "meter" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "events" BIGINT NOT NULL,
    "total" DECIMAL(60,12) NOT NULL,
    "highest" DECIMAL(30,12),
    "newest" DECIMAL(30,12),
    "newest_at" TIMESTAMPTZ(3) NOT NULL,
    "newest_source" TEXT NOT NULL,
    "newest_id" TEXT NOT NULL,

    CONSTRAINT "usage_rollup_pkey" PRIMARY KEY ("org_id","grain","bucket","meter","app_id","subject")
);

CREATE TABLE "usage_item" (
    "org_id" TEXT NOT NULL,
    "grain" TEXT NOT NULL,
    "bucket" TIMESTAMPTZ(3) NOT NULL,
    "meter" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "item" TEXT NOT NULL,

    CONSTRAINT "usage_item_pkey" PRIMARY KEY ("org_id","grain","bucket","meter","app_id","subject","item")
);

CREATE TABLE "usage_state" (
    "org_id" TEXT NOT NULL,
    "timezone" TEXT NOT NULL,
    "rebuilt_at" TIMESTAMPTZ(3),

    CONSTRAINT "usage_state_pkey" PRIMARY KEY ("org_id")
);

CREATE TABLE "usage_period" (
    "org_id" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "price_list_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "period_from" TEXT NOT NULL,
    "period_to" TEXT NOT NULL,
    "share" TEXT NOT NULL DEFAULT '1/1',
    "totals" JSONB NOT NULL,
    "changed" BOOLEAN NOT NULL DEFAULT false,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "usage_period_pkey" PRIMARY KEY ("org_id","starts_at")
);

CREATE INDEX "usage_period_org_id_ends_at_idx" ON "usage_period"("org_id", "ends_at");

ALTER TABLE "usage_rollup" ADD CONSTRAINT "usage_rollup_grain" CHECK ("grain" IN ('minute', 'hour', 'day', 'month'));
ALTER TABLE "usage_item" ADD CONSTRAINT "usage_item_grain" CHECK ("grain" IN ('minute', 'hour', 'day', 'month'));
ALTER TABLE "usage_period" ADD CONSTRAINT "usage_period_order" CHECK ("ends_at" > "starts_at");

-- Partitions, made by a job ahead of time and on demand ----------------------------------------------------------------

CREATE SCHEMA "usage_raw";

/* One month of events. ATTACH locks out neither readers nor writers of the others; two callers at once make it once. */
CREATE FUNCTION ensure_usage_partition(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  starts date := date_trunc('month', month)::date;
  name text := 'usage_event_' || to_char(starts, 'YYYY_MM');
BEGIN
  IF EXISTS (SELECT FROM pg_class WHERE relnamespace = 'usage_raw'::regnamespace AND relname = name) THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('usage_partition', 0));
  IF EXISTS (SELECT FROM pg_class WHERE relnamespace = 'usage_raw'::regnamespace AND relname = name) THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE usage_raw.%I (LIKE public.usage_event INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
  EXECUTE format('ALTER TABLE usage_raw.%I ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE usage_raw.%I FORCE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE public.usage_event ATTACH PARTITION usage_raw.%I FOR VALUES FROM (%L) TO (%L)', name,
    to_char(starts, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(starts + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
END $$;
REVOKE ALL ON FUNCTION ensure_usage_partition FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ensure_usage_partition TO shellwego_system;

-- What happens to a period after it was billed -------------------------------------------------------------------------

/* Who adds usage holds it shared, who closes a period or rebuilds the sums alone: what was added before is in the sums, what comes after finds the period billed. */
CREATE FUNCTION usage_lock_key(org text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT hashtextextended('usage:' || org, 0) $$;

CREATE FUNCTION usage_changed(org text, starts timestamptz, ends timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(usage_lock_key(org));
  UPDATE "usage_period" SET "changed" = true WHERE "org_id" = org AND "ends_at" > starts AND "starts_at" < ends AND NOT "changed";
END $$;

CREATE FUNCTION usage_quarter_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM usage_changed(NEW."org_id", NEW."at", NEW."at" + interval '15 minutes');
  RETURN NULL;
END $$;
CREATE TRIGGER "usage_quarter_changed" AFTER INSERT OR UPDATE ON "usage_quarter" FOR EACH ROW EXECUTE FUNCTION usage_quarter_changed();

/* Only the time by which the segment grew or shrank. */
CREATE FUNCTION allocation_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  old_end timestamptz;
  new_end timestamptz := coalesce(NEW."ended_at", 'infinity');
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM usage_changed(NEW."org_id", NEW."started_at", new_end);
    RETURN NULL;
  END IF;
  old_end := coalesce(OLD."ended_at", 'infinity');
  IF old_end <> new_end THEN PERFORM usage_changed(NEW."org_id", least(old_end, new_end), greatest(old_end, new_end)); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "allocation_changed" AFTER INSERT OR UPDATE ON "allocation_segment" FOR EACH ROW EXECUTE FUNCTION allocation_changed();

-- Tenancy: tenants add events and what follows from them; they take nothing away ----------------------------------------

SELECT protect_table(t, 'read') FROM unnest(ARRAY['usage_event', 'usage_event_key', 'usage_rollup', 'usage_item', 'usage_state', 'usage_period']) AS t;
GRANT INSERT ON "usage_event", "usage_event_key", "usage_item", "usage_state" TO shellwego_app;
GRANT INSERT, UPDATE ON "usage_rollup" TO shellwego_app;
GRANT UPDATE ("changed") ON "usage_period" TO shellwego_app;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['usage_event', 'usage_event_key', 'usage_rollup', 'usage_item', 'usage_state'] LOOP
    EXECUTE format('CREATE POLICY tenant_add ON %I FOR INSERT TO shellwego_app WITH CHECK (org_id = (SELECT current_org()))', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['usage_rollup', 'usage_period'] LOOP
    EXECUTE format('CREATE POLICY tenant_change ON %I FOR UPDATE TO shellwego_app USING (org_id = (SELECT current_org())) WITH CHECK (org_id = (SELECT current_org()))', t);
  END LOOP;
END $$;
CREATE TRIGGER "usage_event_append_only" BEFORE UPDATE OR DELETE ON "usage_event" FOR EACH ROW EXECUTE FUNCTION refuse_change();
