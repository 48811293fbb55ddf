-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "brand" (
    "id" TEXT NOT NULL,
    "parent_id" TEXT,
    "name" TEXT NOT NULL,
    "accent" TEXT NOT NULL,
    "logo_url" TEXT,
    "support_email" TEXT NOT NULL,
    "legal_name" TEXT NOT NULL,
    "legal_address" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "tax_id" TEXT,
    "tax_rate" TEXT NOT NULL DEFAULT '0',
    "tax_label" TEXT NOT NULL DEFAULT 'VAT',
    "invoice_prefix" TEXT NOT NULL,
    "default_currency" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "brand_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "brand_host" (
    "hostname" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,

    CONSTRAINT "brand_host_pkey" PRIMARY KEY ("hostname")
);

-- CreateTable
CREATE TABLE "event" (
    "seq" BIGSERIAL NOT NULL,
    "id" TEXT NOT NULL,
    "org_id" TEXT,
    "type" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "data" JSONB NOT NULL,
    "request_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "response" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("scope","key")
);

-- CreateTable
CREATE TABLE "test_clock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "offset_ms" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "test_clock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sandbox_object" (
    "provider" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sandbox_object_pkey" PRIMARY KEY ("provider","kind","id")
);

-- CreateTable
CREATE TABLE "node" (
    "id" TEXT NOT NULL,
    "install_id" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "hostname" TEXT NOT NULL,
    "region" TEXT NOT NULL DEFAULT 'local',
    "status" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "boot_id" TEXT NOT NULL,
    "agent_version" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "credential_hash" TEXT NOT NULL,
    "previous_credential_hash" TEXT,
    "credential_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "previous_expires_at" TIMESTAMPTZ(3),
    "desired_index" BIGINT NOT NULL DEFAULT 1,
    "observed_index" BIGINT NOT NULL DEFAULT 0,
    "status_seq" BIGINT NOT NULL DEFAULT 0,
    "memory_free_mib" INTEGER NOT NULL DEFAULT 0,
    "disk_free_mib" INTEGER NOT NULL DEFAULT 0,
    "load" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "conditions" JSONB NOT NULL DEFAULT '[]',
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "node_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "join_token" (
    "token_hash" TEXT NOT NULL,
    "install_id" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "join_token_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "node_object" (
    "node_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "desired" TEXT NOT NULL,
    "spec" JSONB,

    CONSTRAINT "node_object_pkey" PRIMARY KEY ("node_id","kind","id")
);

-- CreateTable
CREATE TABLE "control_epoch" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "epoch" TEXT NOT NULL,

    CONSTRAINT "control_epoch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_stream" (
    "node_id" TEXT NOT NULL,
    "stream_id" TEXT NOT NULL,
    "last_seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_stream_pkey" PRIMARY KEY ("node_id","stream_id")
);

-- CreateTable
CREATE TABLE "app" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "image" TEXT NOT NULL,
    "command" TEXT[],
    "env" JSONB NOT NULL DEFAULT '{}',
    "port" INTEGER,
    "vcpu" INTEGER NOT NULL,
    "memory_mib" INTEGER NOT NULL,
    "disk_mib" INTEGER NOT NULL,
    "replicas" INTEGER NOT NULL,
    "public" BOOLEAN NOT NULL DEFAULT true,
    "health" JSONB NOT NULL,
    "desired" TEXT NOT NULL DEFAULT 'running',
    "version" INTEGER NOT NULL DEFAULT 1,
    "release_count" INTEGER NOT NULL DEFAULT 0,
    "current_release_id" TEXT,
    "install_id" TEXT,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "app_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hostname" (
    "hostname" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "hostname_pkey" PRIMARY KEY ("hostname")
);

-- CreateTable
CREATE TABLE "release" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "image" TEXT NOT NULL,
    "digest" TEXT,
    "config" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "release_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deployment" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "release_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "steps" JSONB NOT NULL,
    "error_code" TEXT,
    "error_detail" TEXT,
    "deadline_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "deployment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "instance" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "release_id" TEXT NOT NULL,
    "deployment_id" TEXT,
    "node_id" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "desired" TEXT NOT NULL,
    "routed" BOOLEAN NOT NULL DEFAULT false,
    "unrouted_at" TIMESTAMPTZ(3),
    "phase" TEXT NOT NULL DEFAULT 'pending',
    "health" TEXT,
    "code" TEXT,
    "reason" TEXT,
    "restarts" INTEGER NOT NULL DEFAULT 0,
    "vm_start_id" TEXT,
    "observed_generation" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "instance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "log_line" (
    "id" BIGSERIAL NOT NULL,
    "org_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "instance_id" TEXT NOT NULL,
    "start_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "stream" TEXT NOT NULL,
    "line" TEXT NOT NULL,

    CONSTRAINT "log_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "catalog_install" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "manifest_id" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "services" JSONB NOT NULL,
    "error_detail" TEXT,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "catalog_install_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "staff" BOOLEAN NOT NULL DEFAULT false,
    "email_verified_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "password" (
    "user_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "password_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ip" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "email_token" (
    "token_hash" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "email_token_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "throttle" (
    "key" TEXT NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "throttle_pkey" PRIMARY KEY ("key","window_start")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "timezone" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "billing_email" TEXT NOT NULL,
    "billing_address" TEXT NOT NULL DEFAULT '',
    "network_index" SERIAL NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "org_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("org_id","user_id")
);

-- CreateTable
CREATE TABLE "price_list" (
    "id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "plan_key" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "flat_monthly" TEXT NOT NULL,
    "meters" JSONB NOT NULL,
    "active_from" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "price_list_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subscription" (
    "org_id" TEXT NOT NULL,
    "plan_key" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "anchor_day" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "period_end" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "allocation_segment" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "instance_id" TEXT NOT NULL,
    "start_id" TEXT NOT NULL,
    "vcpu" INTEGER NOT NULL,
    "memory_mib" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "allocation_segment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_counter" (
    "start_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "instance_id" TEXT NOT NULL,
    "cpu_us" BIGINT NOT NULL,
    "disk_read" BIGINT NOT NULL,
    "disk_write" BIGINT NOT NULL,
    "net_rx" BIGINT NOT NULL,
    "net_tx" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "usage_counter_pkey" PRIMARY KEY ("start_id")
);

-- CreateTable
CREATE TABLE "usage_hour" (
    "org_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "meter" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "quantity" BIGINT NOT NULL,

    CONSTRAINT "usage_hour_pkey" PRIMARY KEY ("org_id","app_id","meter","hour")
);

-- CreateTable
CREATE TABLE "metric_sample" (
    "org_id" TEXT NOT NULL,
    "instance_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "cpu_percent" DOUBLE PRECISION NOT NULL,
    "memory_mib" DOUBLE PRECISION NOT NULL,
    "rx_bytes" BIGINT NOT NULL,
    "tx_bytes" BIGINT NOT NULL,

    CONSTRAINT "metric_sample_pkey" PRIMARY KEY ("org_id","app_id","at","instance_id")
);

-- CreateTable
CREATE TABLE "invoice" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "number" TEXT,
    "state" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "period_end" TIMESTAMPTZ(3) NOT NULL,
    "subtotal" BIGINT NOT NULL,
    "tax" BIGINT NOT NULL,
    "total" BIGINT NOT NULL,
    "amount_paid" BIGINT NOT NULL DEFAULT 0,
    "snapshot" JSONB NOT NULL,
    "pdf_sha256" TEXT,
    "issued_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "paid_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invoice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invoice_series" (
    "brand_id" TEXT NOT NULL,
    "series" TEXT NOT NULL,
    "next" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "invoice_series_pkey" PRIMARY KEY ("brand_id","series")
);

-- CreateTable
CREATE TABLE "payment_attempt" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "invoice_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_ref" TEXT,
    "checkout_url" TEXT,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_event" (
    "provider" TEXT NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "provider_ref" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "provider_event_pkey" PRIMARY KEY ("provider","dedupe_key")
);

-- CreateTable
CREATE TABLE "ledger_transaction" (
    "id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "business_key" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_transaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "id" BIGSERIAL NOT NULL,
    "transaction_id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "org_id" TEXT,
    "account" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "brand_invoice_prefix_key" ON "brand"("invoice_prefix");

-- CreateIndex
CREATE INDEX "brand_host_brand_id_idx" ON "brand_host"("brand_id");

-- CreateIndex
CREATE UNIQUE INDEX "event_id_key" ON "event"("id");

-- CreateIndex
CREATE INDEX "event_org_id_seq_idx" ON "event"("org_id", "seq");

-- CreateIndex
CREATE INDEX "event_subject_type_subject_id_seq_idx" ON "event"("subject_type", "subject_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "mail_dedupe_key_key" ON "mail"("dedupe_key");

-- CreateIndex
CREATE INDEX "mail_to_created_at_idx" ON "mail"("to", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "node_install_id_key" ON "node"("install_id");

-- CreateIndex
CREATE INDEX "app_org_id_created_at_id_idx" ON "app"("org_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "app_org_id_id_key" ON "app"("org_id", "id");

-- CreateIndex
CREATE INDEX "hostname_org_id_app_id_idx" ON "hostname"("org_id", "app_id");

-- CreateIndex
CREATE UNIQUE INDEX "release_org_id_id_key" ON "release"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "release_app_id_number_key" ON "release"("app_id", "number");

-- CreateIndex
CREATE INDEX "deployment_org_id_app_id_created_at_idx" ON "deployment"("org_id", "app_id", "created_at");

-- CreateIndex
CREATE INDEX "deployment_state_idx" ON "deployment"("state");

-- CreateIndex
CREATE UNIQUE INDEX "deployment_org_id_id_key" ON "deployment"("org_id", "id");

-- CreateIndex
CREATE INDEX "instance_org_id_app_id_idx" ON "instance"("org_id", "app_id");

-- CreateIndex
CREATE INDEX "instance_node_id_idx" ON "instance"("node_id");

-- CreateIndex
CREATE UNIQUE INDEX "instance_org_id_id_key" ON "instance"("org_id", "id");

-- CreateIndex
CREATE INDEX "log_line_org_id_app_id_id_idx" ON "log_line"("org_id", "app_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "log_line_start_id_seq_key" ON "log_line"("start_id", "seq");

-- CreateIndex
CREATE INDEX "catalog_install_org_id_created_at_idx" ON "catalog_install"("org_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "user_brand_id_email_key" ON "user"("brand_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "organization_network_index_key" ON "organization"("network_index");

-- CreateIndex
CREATE UNIQUE INDEX "organization_brand_id_slug_key" ON "organization"("brand_id", "slug");

-- CreateIndex
CREATE INDEX "membership_user_id_idx" ON "membership"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "price_list_brand_id_plan_key_currency_version_key" ON "price_list"("brand_id", "plan_key", "currency", "version");

-- CreateIndex
CREATE INDEX "subscription_period_end_idx" ON "subscription"("period_end");

-- CreateIndex
CREATE UNIQUE INDEX "allocation_segment_start_id_key" ON "allocation_segment"("start_id");

-- CreateIndex
CREATE INDEX "allocation_segment_org_id_started_at_idx" ON "allocation_segment"("org_id", "started_at");

-- CreateIndex
CREATE INDEX "allocation_segment_instance_id_idx" ON "allocation_segment"("instance_id");

-- CreateIndex
CREATE UNIQUE INDEX "invoice_number_key" ON "invoice"("number");

-- CreateIndex
CREATE INDEX "invoice_org_id_created_at_id_idx" ON "invoice"("org_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "invoice_org_id_id_key" ON "invoice"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "invoice_org_id_period_start_key" ON "invoice"("org_id", "period_start");

-- CreateIndex
CREATE INDEX "payment_attempt_org_id_invoice_id_idx" ON "payment_attempt"("org_id", "invoice_id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_attempt_provider_provider_ref_key" ON "payment_attempt"("provider", "provider_ref");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transaction_business_key_key" ON "ledger_transaction"("business_key");

-- CreateIndex
CREATE INDEX "ledger_entry_brand_id_account_currency_idx" ON "ledger_entry"("brand_id", "account", "currency");

-- CreateIndex
CREATE INDEX "ledger_entry_org_id_idx" ON "ledger_entry"("org_id");

-- AddForeignKey
ALTER TABLE "brand" ADD CONSTRAINT "brand_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "brand"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "brand_host" ADD CONSTRAINT "brand_host_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "node_object" ADD CONSTRAINT "node_object_node_id_fkey" FOREIGN KEY ("node_id") REFERENCES "node"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app" ADD CONSTRAINT "app_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hostname" ADD CONSTRAINT "hostname_org_id_app_id_fkey" FOREIGN KEY ("org_id", "app_id") REFERENCES "app"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_org_id_app_id_fkey" FOREIGN KEY ("org_id", "app_id") REFERENCES "app"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_org_id_app_id_fkey" FOREIGN KEY ("org_id", "app_id") REFERENCES "app"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_org_id_release_id_fkey" FOREIGN KEY ("org_id", "release_id") REFERENCES "release"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "instance" ADD CONSTRAINT "instance_org_id_app_id_fkey" FOREIGN KEY ("org_id", "app_id") REFERENCES "app"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "instance" ADD CONSTRAINT "instance_org_id_release_id_fkey" FOREIGN KEY ("org_id", "release_id") REFERENCES "release"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "instance" ADD CONSTRAINT "instance_org_id_deployment_id_fkey" FOREIGN KEY ("org_id", "deployment_id") REFERENCES "deployment"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user" ADD CONSTRAINT "user_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "password" ADD CONSTRAINT "password_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "email_token" ADD CONSTRAINT "email_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization" ADD CONSTRAINT "organization_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "price_list" ADD CONSTRAINT "price_list_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_attempt" ADD CONSTRAINT "payment_attempt_org_id_invoice_id_fkey" FOREIGN KEY ("org_id", "invoice_id") REFERENCES "invoice"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "ledger_transaction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Rules the database keeps whatever the code does --------------------------------------------------------------------

CREATE UNIQUE INDEX "app_name_live" ON "app" ("org_id", "name") WHERE "deleted_at" IS NULL;
CREATE UNIQUE INDEX "deployment_one_active" ON "deployment" ("app_id") WHERE "state" IN ('queued', 'running');
CREATE UNIQUE INDEX "instance_address_live" ON "instance" ("address") WHERE "ended_at" IS NULL;
CREATE UNIQUE INDEX "one_platform_brand" ON "brand" ((true)) WHERE "parent_id" IS NULL;
ALTER TABLE "app" ADD CONSTRAINT "app_replicas" CHECK ("replicas" BETWEEN 0 AND 1000);
ALTER TABLE "allocation_segment" ADD CONSTRAINT "segment_order" CHECK ("ended_at" IS NULL OR "ended_at" >= "started_at");
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_numbered" CHECK ("state" = 'draft' OR "number" IS NOT NULL);
ALTER TABLE "usage_hour" ADD CONSTRAINT "usage_not_negative" CHECK ("quantity" >= 0);
ALTER TABLE "test_clock" ADD CONSTRAINT "test_clock_one_row" CHECK ("id" = 1 AND "offset_ms" >= 0);
INSERT INTO "test_clock" ("id") VALUES (1);
ALTER TABLE "control_epoch" ADD CONSTRAINT "control_epoch_one_row" CHECK ("id" = 1);
INSERT INTO "control_epoch" ("epoch") VALUES (replace(gen_random_uuid()::text, '-', ''));

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "event_append_only" BEFORE UPDATE OR DELETE ON "event" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ledger_transaction_append_only" BEFORE UPDATE OR DELETE ON "ledger_transaction" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ledger_entry_append_only" BEFORE UPDATE OR DELETE ON "ledger_entry" FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION ledger_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "ledger_entry" WHERE "transaction_id" = NEW."transaction_id" GROUP BY "currency" HAVING sum("amount") <> 0) THEN
    RAISE EXCEPTION 'ledger transaction % does not balance', NEW."transaction_id" USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "ledger_entry_balanced" AFTER INSERT ON "ledger_entry" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION ledger_balanced();

CREATE FUNCTION invoice_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."state" <> 'draft' AND (NEW."number", NEW."currency", NEW."period_start", NEW."period_end", NEW."subtotal", NEW."tax", NEW."total", NEW."snapshot", NEW."org_id", NEW."brand_id")
    IS DISTINCT FROM (OLD."number", OLD."currency", OLD."period_start", OLD."period_end", OLD."subtotal", OLD."tax", OLD."total", OLD."snapshot", OLD."org_id", OLD."brand_id") THEN
    RAISE EXCEPTION 'invoice % is finalised', OLD."id" USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "invoice_immutable" BEFORE UPDATE ON "invoice" FOR EACH ROW EXECUTE FUNCTION invoice_immutable();
CREATE TRIGGER "invoice_kept" BEFORE DELETE ON "invoice" FOR EACH ROW WHEN (OLD."state" <> 'draft') EXECUTE FUNCTION refuse_change();

-- Tenancy, second net: forced row-level security ---------------------------------------------------------------------

CREATE FUNCTION current_org() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT nullif(current_setting('app.org_id', true), '') $$;
CREATE FUNCTION current_brand() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT nullif(current_setting('app.brand_id', true), '') $$;

GRANT USAGE ON SCHEMA public TO shellwego_app, shellwego_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO shellwego_system;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO shellwego_app, shellwego_system;

DO $$
DECLARE t text;
BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY system_all ON %I TO shellwego_system USING (true) WITH CHECK (true)', t);
  END LOOP;
  -- tenants read and write
  FOREACH t IN ARRAY ARRAY['membership', 'app', 'hostname', 'release', 'deployment', 'instance', 'payment_attempt', 'catalog_install', 'subscription'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO shellwego_app', t);
    EXECUTE format('CREATE POLICY tenant ON %I TO shellwego_app USING (org_id = (SELECT current_org())) WITH CHECK (org_id = (SELECT current_org()))', t);
  END LOOP;
  -- tenants read; only the system writes
  FOREACH t IN ARRAY ARRAY['log_line', 'allocation_segment', 'usage_counter', 'usage_hour', 'metric_sample', 'invoice', 'ledger_entry'] LOOP
    EXECUTE format('GRANT SELECT ON %I TO shellwego_app', t);
    EXECUTE format('CREATE POLICY tenant ON %I FOR SELECT TO shellwego_app USING (org_id = (SELECT current_org()))', t);
  END LOOP;
END $$;

GRANT SELECT, INSERT ON "event" TO shellwego_app;
CREATE POLICY tenant ON "event" TO shellwego_app USING (org_id = (SELECT current_org())) WITH CHECK (org_id = (SELECT current_org()));
GRANT SELECT, UPDATE ON "organization" TO shellwego_app;
CREATE POLICY tenant ON "organization" TO shellwego_app USING (id = (SELECT current_org())) WITH CHECK (id = (SELECT current_org()));
GRANT SELECT ON "brand", "price_list" TO shellwego_app;
CREATE POLICY own_brand ON "brand" FOR SELECT TO shellwego_app USING (id = (SELECT current_brand()));
CREATE POLICY own_brand ON "price_list" FOR SELECT TO shellwego_app USING (brand_id = (SELECT current_brand()));
GRANT SELECT ("id", "brand_id", "email", "name", "created_at", "email_verified_at") ON "user" TO shellwego_app;
CREATE POLICY fellow_members ON "user" FOR SELECT TO shellwego_app
  USING (EXISTS (SELECT 1 FROM "membership" m WHERE m."user_id" = "user"."id" AND m."org_id" = (SELECT current_org())));
GRANT SELECT, INSERT, UPDATE ON "idempotency_key" TO shellwego_app;
CREATE POLICY tenant ON "idempotency_key" TO shellwego_app
  USING (starts_with(scope, (SELECT current_org()) || ':')) WITH CHECK (starts_with(scope, (SELECT current_org()) || ':'));
GRANT SELECT ON "test_clock" TO shellwego_app;
CREATE POLICY everyone ON "test_clock" FOR SELECT TO shellwego_app USING (true);
