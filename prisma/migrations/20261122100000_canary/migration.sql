ALTER TABLE "deployment" ADD COLUMN "canary" JSONB, ADD COLUMN "canary_share" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "release_traffic" (
    "release_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status" BIGINT[],
    "latency" BIGINT[],

    CONSTRAINT "release_traffic_pkey" PRIMARY KEY ("release_id","at")
);
CREATE INDEX "release_traffic_at_idx" ON "release_traffic"("at");

SELECT protect_table('release_traffic', 'none');
