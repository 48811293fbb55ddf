-- CreateTable
CREATE TABLE "log_drain" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "app_id" TEXT,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "headers" TEXT,
    "header_names" TEXT[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "disabled_reason" TEXT,
    "failing_since" TIMESTAMPTZ(3),
    "warned_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_sent_at" TIMESTAMPTZ(3),
    "last_status" INTEGER,
    "last_error" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "log_drain_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "log_drain_position" (
    "org_id" TEXT NOT NULL,
    "drain_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "last_id" BIGINT NOT NULL,

    CONSTRAINT "log_drain_position_pkey" PRIMARY KEY ("org_id","drain_id","app_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "log_drain_org_id_id_key" ON "log_drain"("org_id", "id");

-- CreateIndex
CREATE INDEX "log_drain_org_id_created_at_id_idx" ON "log_drain"("org_id", "created_at", "id");

-- AddForeignKey
ALTER TABLE "log_drain" ADD CONSTRAINT "log_drain_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "log_drain" ADD CONSTRAINT "log_drain_org_id_app_id_fkey" FOREIGN KEY ("org_id", "app_id") REFERENCES "app"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "log_drain_position" ADD CONSTRAINT "log_drain_position_org_id_drain_id_fkey" FOREIGN KEY ("org_id", "drain_id") REFERENCES "log_drain"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "log_drain" ADD CONSTRAINT "log_drain_kind" CHECK ("kind" IN ('loki', 'http'));
SELECT protect_table('log_drain', 'write'), protect_table('log_drain_position', 'write');
