CREATE FUNCTION bins_add(a bigint[], b bigint[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(coalesce(x, 0) + coalesce(y, 0) ORDER BY n), '{}') FROM unnest(a, b) WITH ORDINALITY AS t(x, y, n)
$$;

CREATE AGGREGATE bins_sum(bigint[]) (SFUNC = bins_add, STYPE = bigint[], INITCOND = '{}');

-- CreateTable
CREATE TABLE "app_usage" (
    "org_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "step_s" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "span_ms" BIGINT NOT NULL,
    "cpu_us" BIGINT NOT NULL,
    "capacity_us" BIGINT NOT NULL,
    "memory" BIGINT NOT NULL,
    "disk_read" BIGINT NOT NULL,
    "disk_write" BIGINT NOT NULL,
    "net_rx" BIGINT NOT NULL,
    "net_tx" BIGINT NOT NULL,

    CONSTRAINT "app_usage_pkey" PRIMARY KEY ("org_id","app_id","step_s","at")
) WITH (fillfactor = 70);
CREATE INDEX "app_usage_step_s_at_idx" ON "app_usage"("step_s", "at");

-- CreateTable
CREATE TABLE "app_traffic" (
    "org_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "step_s" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status" BIGINT[],
    "latency" BIGINT[],
    "latency_us" BIGINT NOT NULL,
    "bytes_out" BIGINT NOT NULL,

    CONSTRAINT "app_traffic_pkey" PRIMARY KEY ("org_id","app_id","step_s","at")
) WITH (fillfactor = 70);
CREATE INDEX "app_traffic_step_s_at_idx" ON "app_traffic"("step_s", "at");

-- CreateTable
CREATE TABLE "node_usage" (
    "node_id" TEXT NOT NULL,
    "step_s" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "span_ms" BIGINT NOT NULL,
    "cpu_us" BIGINT NOT NULL,
    "capacity_us" BIGINT NOT NULL,
    "memory" BIGINT NOT NULL,
    "memory_total" BIGINT NOT NULL,
    "storage" BIGINT NOT NULL,
    "storage_total" BIGINT NOT NULL,
    "disk_read" BIGINT NOT NULL,
    "disk_write" BIGINT NOT NULL,
    "net_rx" BIGINT NOT NULL,
    "net_tx" BIGINT NOT NULL,
    "dropped" BIGINT NOT NULL,
    "spawns" BIGINT[],
    "spawn_us" BIGINT NOT NULL,

    CONSTRAINT "node_usage_pkey" PRIMARY KEY ("node_id","step_s","at")
) WITH (fillfactor = 70);
CREATE INDEX "node_usage_step_s_at_idx" ON "node_usage"("step_s", "at");

-- CreateTable
CREATE TABLE "node_traffic" (
    "node_id" TEXT NOT NULL,
    "step_s" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status" BIGINT[],
    "latency" BIGINT[],
    "latency_us" BIGINT NOT NULL,
    "bytes_out" BIGINT NOT NULL,

    CONSTRAINT "node_traffic_pkey" PRIMARY KEY ("node_id","step_s","at")
) WITH (fillfactor = 70);
CREATE INDEX "node_traffic_step_s_at_idx" ON "node_traffic"("step_s", "at");

-- CreateTable
CREATE TABLE "metrics_access" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "token_hash" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "metrics_access_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "metrics_access_one" CHECK ("id" = 1)
);

SELECT protect_table('app_usage', 'read'), protect_table('app_traffic', 'read'), protect_table('node_usage', 'none'),
       protect_table('node_traffic', 'none'), protect_table('metrics_access', 'none');

-- What was kept of each instance every ten seconds becomes sums of its app.
INSERT INTO "app_usage"
  SELECT s."org_id", s."app_id", step, date_bin(make_interval(secs => step), s."at", 'epoch'::timestamptz), 10000 * count(*),
    sum(round(s."cpu_percent" * 100000 * a."vcpu")), 10000000 * sum(a."vcpu"), sum(round(s."memory_mib" * 10000)), 0, 0, sum(s."rx_bytes"), sum(s."tx_bytes")
  FROM "metric_sample" s JOIN "app" a ON a."org_id" = s."org_id" AND a."id" = s."app_id", unnest(ARRAY[60, 300, 3600, 86400]) AS step
  GROUP BY 1, 2, 3, 4;
DROP TABLE "metric_sample";
