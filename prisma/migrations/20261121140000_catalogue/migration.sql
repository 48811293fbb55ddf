CREATE TABLE "meter" (
    "id" TEXT NOT NULL,
    "brand_id" TEXT,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "meter_units" TEXT NOT NULL,
    "aggregation" TEXT NOT NULL,
    "field" TEXT,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "meter_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "meter_aggregation" CHECK ("aggregation" IN ('sum', 'count', 'max', 'last', 'unique')),
    CONSTRAINT "meter_unique_field" CHECK (("aggregation" = 'unique') = ("field" IS NOT NULL))
);
CREATE UNIQUE INDEX "meter_brand_id_key_key" ON "meter"("brand_id", "key");
CREATE UNIQUE INDEX "meter_built_in_key" ON "meter"("key") WHERE "brand_id" IS NULL;
ALTER TABLE "meter" ADD CONSTRAINT "meter_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "plan" (
    "id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "public" BOOLEAN NOT NULL DEFAULT true,
    "position" INTEGER NOT NULL DEFAULT 0,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "plan_brand_id_key_key" ON "plan"("brand_id", "key");
ALTER TABLE "plan" ADD CONSTRAINT "plan_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "meter" ("id", "key", "name", "unit", "meter_units", "aggregation") VALUES
  ('meter_vcpuseconds', 'vcpu_seconds', 'vCPU', 'vCPU hour', '3600', 'sum'),
  ('meter_memorymibseconds', 'memory_mib_seconds', 'Memory', 'GiB hour', '3686400', 'sum'),
  ('meter_volumegibseconds', 'volume_gib_seconds', 'Volumes', 'GiB month', '2628000', 'sum'),
  ('meter_snapshotgibseconds', 'snapshot_gib_seconds', 'Snapshots', 'GiB month', '2628000', 'sum'),
  ('meter_egressbytes', 'egress_bytes', 'Outgoing traffic', 'GiB', '1073741824', 'sum'),
  ('meter_buildseconds', 'build_seconds', 'Builds', 'build minute', '60', 'sum'),
  ('meter_databasehours', 'database_hours', 'Databases', 'database hour', '1', 'sum');

INSERT INTO "plan" ("id", "brand_id", "key", "name")
  SELECT 'plan_' || substr(md5(brand_id || ':' || plan_key), 1, 22), brand_id, plan_key, min(name) FROM "price_list" GROUP BY brand_id, plan_key;

ALTER TABLE "price_list"
  ADD COLUMN "region" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "interval" TEXT NOT NULL DEFAULT 'month',
  ADD COLUMN "timing" TEXT NOT NULL DEFAULT 'arrears',
  ADD COLUMN "trial_days" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "setup_fee" TEXT NOT NULL DEFAULT '0',
  ADD COLUMN "commitment" TEXT,
  ADD COLUMN "recurring" JSONB,
  ADD COLUMN "charges" JSONB NOT NULL DEFAULT '[]';
-- Rates were kept per second and byte; from now on per the meter's unit, which is the same sum exactly.
UPDATE "price_list" p SET
  "recurring" = jsonb_build_object('model', 'flat', 'unit_amount', p."flat_monthly"),
  "charges" = (
    SELECT coalesce(jsonb_agg(jsonb_build_object('meter', m."key", 'name', m."name", 'unit', m."unit", 'meter_units', m."meter_units",
      'price', jsonb_build_object('model', 'per_unit', 'unit_amount', trim_scale(round((p."meters"->>m."key")::numeric * m."meter_units"::numeric, 12))::text))
      ORDER BY array_position(ARRAY['vcpu_seconds', 'memory_mib_seconds', 'egress_bytes'], m."key")), '[]')
    FROM "meter" m WHERE p."meters" ? m."key");
DROP INDEX "price_list_brand_id_plan_key_currency_version_key";
ALTER TABLE "price_list" DROP COLUMN "flat_monthly", DROP COLUMN "meters", ALTER COLUMN "recurring" SET NOT NULL, DROP CONSTRAINT "price_list_brand_id_fkey",
  ADD CONSTRAINT "price_list_plan_fkey" FOREIGN KEY ("brand_id", "plan_key") REFERENCES "plan"("brand_id", "key") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "price_list_interval" CHECK ("interval" IN ('week', 'month', 'quarter', 'year')),
  ADD CONSTRAINT "price_list_timing" CHECK ("timing" IN ('advance', 'arrears')),
  ADD CONSTRAINT "price_list_trial" CHECK ("trial_days" >= 0);
CREATE UNIQUE INDEX "price_list_brand_id_plan_key_currency_region_version_key" ON "price_list"("brand_id", "plan_key", "currency", "region", "version");

ALTER TABLE "subscription"
  ADD COLUMN "price_list_id" TEXT,
  ADD COLUMN "status" TEXT NOT NULL DEFAULT 'active',
  ADD COLUMN "quantity" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "anchor_mode" TEXT NOT NULL DEFAULT 'calendar',
  ADD COLUMN "anchor_date" TEXT NOT NULL DEFAULT '2000-01-01',
  ADD COLUMN "trial_ends_at" TIMESTAMPTZ(3),
  ADD COLUMN "period_from" TEXT,
  ADD COLUMN "period_to" TEXT,
  ADD COLUMN "cancel_at" TIMESTAMPTZ(3),
  ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  DROP COLUMN "anchor_day";
-- Each keeps the version its running period was priced by.
UPDATE "subscription" s SET
  "price_list_id" = (SELECT p."id" FROM "price_list" p WHERE p."brand_id" = o."brand_id" AND p."plan_key" = s."plan_key" AND p."currency" = s."currency"
    ORDER BY p."active_from" > greatest(s."period_start", s."started_at"), CASE WHEN p."active_from" <= greatest(s."period_start", s."started_at") THEN p."active_from" END DESC NULLS LAST,
      CASE WHEN p."active_from" <= greatest(s."period_start", s."started_at") THEN -p."version" ELSE p."version" END LIMIT 1),
  "period_from" = to_char(s."period_start" AT TIME ZONE o."timezone", 'YYYY-MM-DD'),
  "period_to" = to_char(s."period_end" AT TIME ZONE o."timezone", 'YYYY-MM-DD'),
  "status" = CASE WHEN s."ended_at" IS NULL THEN 'active' ELSE 'cancelled' END
FROM "organization" o WHERE o."id" = s."org_id";
ALTER TABLE "subscription" ALTER COLUMN "price_list_id" SET NOT NULL, ALTER COLUMN "period_from" SET NOT NULL, ALTER COLUMN "period_to" SET NOT NULL,
  ADD CONSTRAINT "subscription_price_list_id_fkey" FOREIGN KEY ("price_list_id") REFERENCES "price_list"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "subscription_status" CHECK ("status" IN ('trialing', 'active', 'paused', 'cancelled')),
  ADD CONSTRAINT "subscription_quantity" CHECK ("quantity" >= 1);
CREATE INDEX "subscription_price_list_id_idx" ON "subscription"("price_list_id");

CREATE TABLE "subscription_phase" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "from_date" TEXT NOT NULL,
    "to_date" TEXT,
    "price_list_id" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL DEFAULT 1,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "trial" BOOLEAN NOT NULL DEFAULT false,
    "anchor_mode" TEXT NOT NULL DEFAULT 'calendar',
    "anchor_date" TEXT NOT NULL DEFAULT '2000-01-01',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "subscription_phase_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "subscription_phase_days" CHECK ("to_date" IS NULL OR "to_date" > "from_date")
);
CREATE UNIQUE INDEX "subscription_phase_org_id_id_key" ON "subscription_phase"("org_id", "id");
CREATE UNIQUE INDEX "subscription_phase_org_id_from_date_key" ON "subscription_phase"("org_id", "from_date");
ALTER TABLE "subscription_phase" ADD CONSTRAINT "subscription_phase_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "subscription"("org_id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "subscription_phase_price_list_id_fkey" FOREIGN KEY ("price_list_id") REFERENCES "price_list"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
INSERT INTO "subscription_phase" ("id", "org_id", "from_date", "to_date", "price_list_id")
  SELECT 'phase_' || substr(md5(s."org_id"), 1, 22), s."org_id", to_char(s."started_at" AT TIME ZONE o."timezone", 'YYYY-MM-DD'),
    to_char((s."ended_at" AT TIME ZONE o."timezone") + interval '1 day', 'YYYY-MM-DD'), s."price_list_id"
  FROM "subscription" s JOIN "organization" o ON o."id" = s."org_id";

CREATE TABLE "subscription_change" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "timing" TEXT NOT NULL,
    "price_list_id" TEXT,
    "quantity" INTEGER,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "quote" JSONB NOT NULL,
    "invoice_id" TEXT,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "subscription_change_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "subscription_change_state" CHECK ("state" IN ('scheduled', 'awaiting_payment', 'applied', 'cancelled'))
);
CREATE UNIQUE INDEX "subscription_change_org_id_id_key" ON "subscription_change"("org_id", "id");
CREATE INDEX "subscription_change_org_id_requested_at_idx" ON "subscription_change"("org_id", "requested_at");
CREATE INDEX "subscription_change_state_effective_at_idx" ON "subscription_change"("state", "effective_at");
CREATE UNIQUE INDEX "subscription_change_one_open" ON "subscription_change"("org_id") WHERE "state" IN ('scheduled', 'awaiting_payment');
ALTER TABLE "subscription_change" ADD CONSTRAINT "subscription_change_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "subscription"("org_id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "subscription_change_price_list_id_fkey" FOREIGN KEY ("price_list_id") REFERENCES "price_list"("id") ON DELETE SET NULL ON UPDATE CASCADE;

SELECT protect_table('meter', 'none'), protect_table('plan', 'none'), protect_table('subscription_phase', 'write'), protect_table('subscription_change', 'write');
GRANT SELECT ON "meter", "plan" TO shellwego_app;
CREATE POLICY own_brand ON "plan" FOR SELECT TO shellwego_app USING (brand_id = (SELECT current_brand()));
CREATE POLICY own_brand ON "meter" FOR SELECT TO shellwego_app USING (brand_id IS NULL OR brand_id = (SELECT current_brand()));

-- A version that was published is what customers agreed to.
CREATE TRIGGER "price_list_append_only" BEFORE UPDATE ON "price_list" FOR EACH ROW EXECUTE FUNCTION refuse_change();
