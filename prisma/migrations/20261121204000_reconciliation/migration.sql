CREATE TABLE "bank_account" (
    "id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "mapping" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),
    CONSTRAINT "bank_account_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "bank_statement" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "line_count" INTEGER NOT NULL,
    "duplicates" INTEGER NOT NULL,
    "faults" JSONB NOT NULL,
    "fault_count" INTEGER NOT NULL,
    "first_day" TEXT,
    "last_day" TEXT,
    "state" TEXT NOT NULL,
    "imported_by" TEXT NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    CONSTRAINT "bank_statement_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "bank_line" (
    "id" TEXT NOT NULL,
    "statement_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "line_no" INTEGER NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "booked_on" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "payer" TEXT NOT NULL,
    "payer_account" TEXT NOT NULL,
    "bank_ref" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'new',
    "proposals" JSONB NOT NULL DEFAULT '{}',
    "suspense_ids" TEXT[],
    "booked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "bank_line_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payout" (
    "id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_ref" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "fees" BIGINT NOT NULL,
    "payments" BIGINT NOT NULL,
    "refunds" BIGINT NOT NULL,
    "payment_count" INTEGER NOT NULL,
    "difference" BIGINT NOT NULL,
    "arrived_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "bank_line_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "payout_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "work_item" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "customer_id" TEXT,
    "title" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL DEFAULT 'open',
    "due_at" TIMESTAMPTZ(3),
    "done_by" TEXT,
    "done_at" TIMESTAMPTZ(3),
    "note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "work_item_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "reconciliation_run" (
    "id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "progress" JSONB NOT NULL DEFAULT '{}',
    "figures" JSONB NOT NULL DEFAULT '{}',
    CONSTRAINT "reconciliation_run_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "provider_health" (
    "provider" TEXT NOT NULL,
    "ok" BOOLEAN NOT NULL,
    "detail" TEXT NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "down_since" TIMESTAMPTZ(3),
    "compared_to" TIMESTAMPTZ(3),
    CONSTRAINT "provider_health_pkey" PRIMARY KEY ("provider")
);

CREATE UNIQUE INDEX "bank_account_entity_id_number_currency_key" ON "bank_account"("entity_id", "number", "currency");
CREATE UNIQUE INDEX "bank_statement_account_id_sha256_key" ON "bank_statement"("account_id", "sha256");
CREATE INDEX "bank_statement_imported_at_id_idx" ON "bank_statement"("imported_at", "id");
CREATE UNIQUE INDEX "bank_line_account_id_dedupe_key_key" ON "bank_line"("account_id", "dedupe_key");
CREATE INDEX "bank_line_statement_id_line_no_idx" ON "bank_line"("statement_id", "line_no");
CREATE INDEX "bank_line_state_id_idx" ON "bank_line"("state", "id");
CREATE INDEX "bank_line_suspense_ids" ON "bank_line" USING gin ("suspense_ids");
CREATE UNIQUE INDEX "payout_bank_line_id_key" ON "payout"("bank_line_id");
CREATE UNIQUE INDEX "payout_provider_provider_ref_key" ON "payout"("provider", "provider_ref");
CREATE INDEX "payout_arrived_at_id_idx" ON "payout"("arrived_at", "id");
CREATE UNIQUE INDEX "work_item_key_key" ON "work_item"("key");
CREATE INDEX "work_item_state_created_at_id_idx" ON "work_item"("state", "created_at", "id");
CREATE INDEX "work_item_kind_state_idx" ON "work_item"("kind", "state");
CREATE INDEX "reconciliation_run_started_at_idx" ON "reconciliation_run"("started_at");

ALTER TABLE "bank_statement" ADD CONSTRAINT "bank_statement_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "bank_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "bank_line" ADD CONSTRAINT "bank_line_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "bank_statement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "bank_line" ADD CONSTRAINT "bank_line_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "bank_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Rules the database keeps whatever the code does --------------------------------------------------------------------

ALTER TABLE "bank_account" ADD CONSTRAINT "bank_account_seller" FOREIGN KEY ("brand_id", "entity_id") REFERENCES "legal_entity"("brand_id", "id") ON DELETE RESTRICT;
ALTER TABLE "bank_statement" ADD CONSTRAINT "bank_statement_kind" CHECK ("format" IN ('csv', 'camt053') AND "state" IN ('booking', 'done') AND "duplicates" >= 0 AND "fault_count" >= 0);
ALTER TABLE "bank_line" ADD CONSTRAINT "bank_line_state" CHECK ("state" IN ('new', 'booked', 'suspense', 'payout', 'outgoing') AND "amount" <> 0);
ALTER TABLE "payout" ADD CONSTRAINT "payout_state" CHECK ("state" IN ('matched', 'mismatch'));
ALTER TABLE "payout" ADD CONSTRAINT "payout_adds_up" CHECK ("amount" = "payments" - "fees" - "refunds" + "difference");
ALTER TABLE "work_item" ADD CONSTRAINT "work_item_state" CHECK (
  "state" IN ('open', 'done', 'dismissed') AND ("state" = 'open') = ("done_at" IS NULL)
  AND "kind" IN ('unmatched_money', 'amount_mismatch', 'provider_only_payment', 'ledger_only_payment', 'dispute_due', 'refund_failed', 'provider_down', 'payout_mismatch'));
ALTER TABLE "reconciliation_run" ADD CONSTRAINT "reconciliation_run_state" CHECK (("state" = 'done') = ("finished_at" IS NOT NULL) AND "state" IN ('running', 'done'));
-- One comparison at a time: the next one goes on with it.
CREATE UNIQUE INDEX "reconciliation_run_running" ON "reconciliation_run"("state") WHERE "state" = 'running';

-- What the bank wrote is evidence.
CREATE FUNCTION bank_line_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'state' - 'proposals' - 'suspense_ids' - 'booked_at' IS DISTINCT FROM to_jsonb(OLD) - 'state' - 'proposals' - 'suspense_ids' - 'booked_at' THEN
    RAISE EXCEPTION 'bank line % never changes', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "bank_line_facts" BEFORE UPDATE ON "bank_line" FOR EACH ROW EXECUTE FUNCTION bank_line_facts();
CREATE TRIGGER "bank_line_kept" BEFORE DELETE ON "bank_line" FOR EACH ROW EXECUTE FUNCTION refuse_change();

SELECT protect_table('bank_account', 'none'), protect_table('bank_statement', 'none'), protect_table('bank_line', 'none'), protect_table('payout', 'none'),
       protect_table('work_item', 'none'), protect_table('reconciliation_run', 'none'), protect_table('provider_health', 'none');
