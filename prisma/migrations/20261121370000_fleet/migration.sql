-- AlterTable
ALTER TABLE "node" ADD COLUMN     "duty" TEXT NOT NULL DEFAULT 'active',
ADD COLUMN     "duty_reason" TEXT,
ADD COLUMN     "labels" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "lost_at" TIMESTAMPTZ(3),
ADD COLUMN     "session_asked_ms" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "unreachable_at" TIMESTAMPTZ(3),
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "zone" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "join_token" ADD COLUMN     "labels" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "region" TEXT NOT NULL DEFAULT 'local',
ADD COLUMN     "zone" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "instance" ADD COLUMN     "leaving" TEXT,
ADD COLUMN     "node_lost" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "node_drain" (
    "id" TEXT NOT NULL,
    "node_id" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "batch" INTEGER NOT NULL,
    "destinations" TEXT[],
    "volumes" TEXT NOT NULL,
    "at_deadline" TEXT NOT NULL,
    "finish" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "detail" TEXT,
    "deadline_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "node_drain_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "node_drain_node_id_created_at_idx" ON "node_drain"("node_id", "created_at");

-- One drain runs per node.
CREATE UNIQUE INDEX "node_drain_running" ON "node_drain" ("node_id") WHERE "state" = 'running';
CREATE INDEX "instance_leaving_idx" ON "instance" ("node_id") WHERE "ended_at" IS NULL AND ("leaving" IS NOT NULL OR "node_lost");

UPDATE "node" SET "unreachable_at" = now() WHERE "status" = 'unreachable';

ALTER TABLE "node"
  ADD CONSTRAINT "node_status" CHECK ("status" IN ('ready', 'unreachable', 'lost')),
  ADD CONSTRAINT "node_duty" CHECK ("duty" IN ('active', 'cordoned', 'draining', 'maintenance'));
ALTER TABLE "instance" ADD CONSTRAINT "instance_leaving" CHECK ("leaving" IN ('moving', 'forced'));
ALTER TABLE "node_drain"
  ADD CONSTRAINT "node_drain_state" CHECK ("state" IN ('running', 'done', 'failed', 'cancelled') AND ("state" = 'running') = ("finished_at" IS NULL)),
  ADD CONSTRAINT "node_drain_choices" CHECK ("batch" > 0 AND "volumes" IN ('refuse', 'leave') AND "at_deadline" IN ('give_up', 'force')
    AND "finish" IN ('cordoned', 'maintenance', 'removed'));

SELECT protect_table('node_drain', 'none');
