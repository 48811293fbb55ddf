-- Whether an organization pays, how a brand reminds, and what an organization wants to spend.
ALTER TABLE "organization"
  ADD COLUMN "standing" TEXT NOT NULL DEFAULT 'good',
  ADD COLUMN "suspended_at" TIMESTAMPTZ(3),
  ADD CONSTRAINT "organization_standing" CHECK ("standing" IN ('good', 'past_due', 'suspended', 'terminated'));

CREATE TABLE "dunning_policy" (
    "brand_id" TEXT NOT NULL,
    "reminder_days" INTEGER[],
    "retry_days" INTEGER[],
    "grace_days" INTEGER NOT NULL,
    "retention_days" INTEGER NOT NULL,
    "last_notice_days" INTEGER NOT NULL,
    "hour" INTEGER NOT NULL DEFAULT 9,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dunning_policy_pkey" PRIMARY KEY ("brand_id"),
    CONSTRAINT "dunning_policy_days" CHECK ("grace_days" >= 0 AND "retention_days" >= 1 AND "last_notice_days" BETWEEN 1 AND "retention_days"),
    CONSTRAINT "dunning_policy_hour" CHECK ("hour" BETWEEN 0 AND 23)
);
ALTER TABLE "dunning_policy" ADD CONSTRAINT "dunning_policy_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "dunning_case" (
    "org_id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "seen" TEXT NOT NULL DEFAULT '',
    "next_at" TIMESTAMPTZ(3),
    "paused_until" TIMESTAMPTZ(3),
    "pause_reason" TEXT,
    "paused_by" TEXT,
    "held_at" TIMESTAMPTZ(3),
    "held_reason" TEXT,
    "held_by" TEXT,
    "stopped_app_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "terminated_at" TIMESTAMPTZ(3),
    "export" JSONB,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dunning_case_pkey" PRIMARY KEY ("org_id")
);
CREATE INDEX "dunning_case_next_at_idx" ON "dunning_case"("next_at");

CREATE TABLE "dunning_step" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "invoice_id" TEXT,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "planned_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "detail" TEXT,

    CONSTRAINT "dunning_step_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "dunning_step_org_id_id_key" ON "dunning_step"("org_id", "id");
CREATE UNIQUE INDEX "dunning_step_org_id_key_key" ON "dunning_step"("org_id", "key");
CREATE INDEX "dunning_step_org_id_done_at_idx" ON "dunning_step"("org_id", "done_at");
ALTER TABLE "dunning_step" ADD CONSTRAINT "dunning_step_org_id_invoice_id_fkey" FOREIGN KEY ("org_id", "invoice_id") REFERENCES "invoice"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "budget" (
    "org_id" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "hard_cap" BOOLEAN NOT NULL DEFAULT false,
    "stop_apps" BOOLEAN NOT NULL DEFAULT false,
    "stopped_app_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "reached_in" TEXT,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budget_pkey" PRIMARY KEY ("org_id"),
    CONSTRAINT "budget_amount" CHECK ("amount" > 0)
);

CREATE TABLE "budget_alert" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "period_from" TEXT NOT NULL,
    "threshold" INTEGER NOT NULL,
    "spent" BIGINT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "budget_alert_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "budget_alert_org_id_id_key" ON "budget_alert"("org_id", "id");
CREATE UNIQUE INDEX "budget_alert_org_id_period_from_threshold_key" ON "budget_alert"("org_id", "period_from", "threshold");

-- The sweep asks each minute for what is open.
CREATE INDEX "invoice_open" ON "invoice" ("org_id") WHERE "state" IN ('finalised', 'partially_paid');

ALTER TABLE "invoice" NO FORCE ROW LEVEL SECURITY;
-- Reminders that left before there were steps are not sent again.
INSERT INTO "dunning_step" ("id", "org_id", "invoice_id", "key", "kind", "planned_at", "done_at", "outcome")
  SELECT 'dst_' || substr(md5(i."id" || s."days"), 1, 22), i."org_id", i."id", i."id" || ':reminder:' || s."days", 'reminder', i."due_at", i."due_at", 'done'
  FROM "invoice" i JOIN (VALUES ('soon', '-3', 1), ('overdue', '1', 2), ('last', '7', 3)) AS s("stage", "days", "rank") ON true
  WHERE i."reminded" IS NOT NULL AND s."rank" <= CASE i."reminded" WHEN 'soon' THEN 1 WHEN 'overdue' THEN 2 ELSE 3 END;
ALTER TABLE "invoice" FORCE ROW LEVEL SECURITY;
ALTER TABLE "invoice" DROP COLUMN "reminded";

SELECT protect_table('dunning_policy', 'none'), protect_table('dunning_case', 'write'), protect_table('dunning_step', 'read'),
       protect_table('budget', 'write'), protect_table('budget_alert', 'read');
GRANT SELECT ON "dunning_policy" TO shellwego_app;
CREATE POLICY own_brand ON "dunning_policy" FOR SELECT TO shellwego_app USING (brand_id = (SELECT current_brand()));
