-- CreateTable
CREATE TABLE "app_autoscaling" (
    "app_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "policy" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "wishes" JSONB NOT NULL DEFAULT '[]',
    "loads" JSONB,
    "state" TEXT,
    "reason" TEXT,
    "wanted" INTEGER,
    "least" INTEGER,
    "checked_at" TIMESTAMPTZ(3),
    "scaled_up_at" TIMESTAMPTZ(3),
    "scaled_down_at" TIMESTAMPTZ(3),
    "limited_since" TIMESTAMPTZ(3),
    "limited_reason" TEXT,
    "limited_tried" TIMESTAMPTZ(3),

    CONSTRAINT "app_autoscaling_pkey" PRIMARY KEY ("app_id"),
    CONSTRAINT "app_autoscaling_limited" CHECK (("limited_since" IS NULL) = ("limited_reason" IS NULL))
) WITH (fillfactor = 70);

-- CreateTable
CREATE TABLE "scaling_decision" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "from_replicas" INTEGER NOT NULL,
    "to_replicas" INTEGER NOT NULL,
    "wanted" INTEGER NOT NULL,
    "cause" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "scaling_decision_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "scaling_decision_kind" CHECK ("kind" IN ('up', 'down', 'limited'))
);

-- CreateIndex
CREATE UNIQUE INDEX "app_autoscaling_org_id_app_id_key" ON "app_autoscaling"("org_id", "app_id");
-- What the engine goes through every few seconds.
CREATE INDEX "app_autoscaling_enabled" ON "app_autoscaling"("app_id") WHERE "enabled";
CREATE UNIQUE INDEX "scaling_decision_org_id_id_key" ON "scaling_decision"("org_id", "id");
CREATE INDEX "scaling_decision_org_id_app_id_at_idx" ON "scaling_decision"("org_id", "app_id", "at");
CREATE INDEX "scaling_decision_at_idx" ON "scaling_decision"("at");

-- AddForeignKey
ALTER TABLE "app_autoscaling" ADD CONSTRAINT "app_autoscaling_org_id_app_id_fkey" FOREIGN KEY ("org_id", "app_id") REFERENCES "app"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "scaling_decision" ADD CONSTRAINT "scaling_decision_org_id_app_id_fkey" FOREIGN KEY ("org_id", "app_id") REFERENCES "app"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT protect_table('app_autoscaling', 'write'), protect_table('scaling_decision', 'write');
-- What was decided is not changed.
REVOKE UPDATE, DELETE ON "scaling_decision" FROM shellwego_app;
REVOKE DELETE ON "app_autoscaling" FROM shellwego_app;
