-- AlterTable
ALTER TABLE "node" ADD COLUMN     "agent_offer" JSONB,
ADD COLUMN     "cloned_at" TIMESTAMPTZ(3),
ADD COLUMN     "refusal" JSONB,
ADD COLUMN     "revoked_at" TIMESTAMPTZ(3),
ADD COLUMN     "revoked_reason" TEXT;

-- CreateTable
CREATE TABLE "fleet_upgrade" (
    "id" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "manifest" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "detail" TEXT,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "fleet_upgrade_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "node_upgrade" (
    "upgrade_id" TEXT NOT NULL,
    "node_id" TEXT NOT NULL,
    "hostname" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "detail" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "node_upgrade_pkey" PRIMARY KEY ("upgrade_id","node_id")
);

-- AddForeignKey
ALTER TABLE "node_upgrade" ADD CONSTRAINT "node_upgrade_upgrade_id_fkey" FOREIGN KEY ("upgrade_id") REFERENCES "fleet_upgrade"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One upgrade of the fleet at a time.
CREATE UNIQUE INDEX "fleet_upgrade_open" ON "fleet_upgrade" ((true)) WHERE "state" IN ('running', 'paused');
-- One node at a time.
CREATE UNIQUE INDEX "node_upgrade_under_way" ON "node_upgrade" ("upgrade_id") WHERE "state" IN ('offered', 'fetching', 'testing', 'restarting', 'trial');

ALTER TABLE "fleet_upgrade"
  ADD CONSTRAINT "fleet_upgrade_state" CHECK ("state" IN ('running', 'paused', 'done', 'cancelled') AND ("state" IN ('done', 'cancelled')) = ("finished_at" IS NOT NULL));
ALTER TABLE "node_upgrade"
  ADD CONSTRAINT "node_upgrade_state" CHECK ("state" IN ('waiting', 'offered', 'fetching', 'testing', 'restarting', 'trial', 'done', 'failed', 'rolled_back', 'skipped'));

SELECT protect_table('fleet_upgrade', 'none'), protect_table('node_upgrade', 'none');
