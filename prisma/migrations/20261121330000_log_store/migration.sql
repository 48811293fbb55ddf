-- CreateTable
CREATE TABLE "log_chunk" (
    "org_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "last_id" BIGINT NOT NULL,
    "first_id" BIGINT NOT NULL,
    "min_at" TIMESTAMPTZ(3) NOT NULL,
    "max_at" TIMESTAMPTZ(3) NOT NULL,
    "instances" TEXT[],
    "levels" INTEGER NOT NULL,
    "codec" INTEGER NOT NULL,
    "body" BYTEA NOT NULL,
    "signature" BYTEA,

    CONSTRAINT "log_chunk_pkey" PRIMARY KEY ("org_id","app_id","last_id")
);

-- CreateTable
CREATE TABLE "log_head" (
    "org_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "last_id" BIGINT NOT NULL,

    CONSTRAINT "log_head_pkey" PRIMARY KEY ("org_id","app_id")
);

-- CreateTable
CREATE TABLE "log_start" (
    "start_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "touched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_start_pkey" PRIMARY KEY ("start_id")
);

-- CreateIndex
CREATE INDEX "log_start_touched_at_idx" ON "log_start"("touched_at");

-- AlterTable
ALTER TABLE "plan" ADD COLUMN "log_days" INTEGER NOT NULL DEFAULT 30;

-- Packed already; a signature is read a byte at a time.
ALTER TABLE "log_chunk" ALTER COLUMN "body" SET STORAGE EXTERNAL, ALTER COLUMN "signature" SET STORAGE EXTERNAL;
-- What is still to be put together.
CREATE INDEX "log_chunk_open" ON "log_chunk" ("org_id", "app_id", "last_id") WHERE "signature" IS NULL;
ALTER TABLE "plan" ADD CONSTRAINT "plan_log_days" CHECK ("log_days" BETWEEN 1 AND 3650);
ALTER TABLE "log_chunk" ADD CONSTRAINT "log_chunk_ids" CHECK ("first_id" > 0 AND "first_id" <= "last_id");
SELECT protect_table('log_chunk', 'read'), protect_table('log_head', 'read'), protect_table('log_start', 'none');

-- Lines of before, a thousand to a chunk; level `info`, stream and text as they were.
WITH numbered AS (
  SELECT *, row_number() OVER (PARTITION BY org_id, app_id ORDER BY id) AS number FROM log_line
), known AS (
  SELECT org_id, app_id, (number - 1) / 1000 AS part, min(number) AS first_id, max(number) AS last_id, min(at) AS min_at, max(at) AS max_at,
    array_agg(DISTINCT instance_id ORDER BY instance_id) AS instances FROM numbered GROUP BY 1, 2, 3
), packed AS (
  SELECT k.org_id, k.app_id, k.part,
    json_build_object('i', k.instances, 't', json_agg((extract(epoch FROM n.at) * 1000)::bigint ORDER BY n.number),
      'x', json_agg(array_position(k.instances, n.instance_id) - 1 ORDER BY n.number),
      'k', string_agg(CASE n.stream WHEN 'stderr' THEN 'F' WHEN 'system' THEN 'J' ELSE 'B' END, '' ORDER BY n.number))::text
      || E'\n' || string_agg(replace(n.line, E'\n', U&'\2424'), E'\n' ORDER BY n.number) AS body
  FROM known k JOIN numbered n ON n.org_id = k.org_id AND n.app_id = k.app_id AND (n.number - 1) / 1000 = k.part GROUP BY k.org_id, k.app_id, k.part, k.instances
)
INSERT INTO log_chunk (org_id, app_id, last_id, first_id, min_at, max_at, instances, levels, codec, body)
SELECT org_id, app_id, last_id, first_id, min_at, max_at, instances, 2, 0, convert_to(body, 'UTF8') FROM known JOIN packed USING (org_id, app_id, part);
INSERT INTO log_head (org_id, app_id, last_id) SELECT org_id, app_id, max(last_id) FROM log_chunk GROUP BY 1, 2;
INSERT INTO log_start (start_id, seq, touched_at) SELECT start_id, max(seq), now() FROM log_line GROUP BY 1;
DROP TABLE "log_line";
