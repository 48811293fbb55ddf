ALTER TABLE "organization"
  ADD COLUMN "auto_pay" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "top_up_below" BIGINT,
  ADD COLUMN "top_up_amount" BIGINT,
  ADD CONSTRAINT "organization_top_up" CHECK (("top_up_below" IS NULL) = ("top_up_amount" IS NULL) AND coalesce("top_up_below", 0) >= 0 AND coalesce("top_up_amount", 1) > 0);

CREATE TABLE "payment_method" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_method_ref" TEXT NOT NULL,
    "customer_ref" TEXT,
    "kind" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "last4" TEXT NOT NULL,
    "exp_month" INTEGER,
    "exp_year" INTEGER,
    "country" TEXT,
    "email" TEXT NOT NULL,
    "reusable" BOOLEAN NOT NULL DEFAULT true,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'active',
    "failure_code" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_method_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "payment_method_state" CHECK ("state" IN ('active', 'detached', 'broken') AND NOT ("is_default" AND "state" = 'detached'))
);
CREATE UNIQUE INDEX "payment_method_org_id_id_key" ON "payment_method"("org_id", "id");
CREATE UNIQUE INDEX "payment_method_org_id_provider_provider_method_ref_key" ON "payment_method"("org_id", "provider", "provider_method_ref");
CREATE UNIQUE INDEX "payment_method_default" ON "payment_method"("org_id") WHERE "is_default";

CREATE TABLE "method_setup" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_ref" TEXT,
    "url" TEXT,
    "auto_pay" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'created',
    "method_id" TEXT,
    "started_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "method_setup_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "method_setup_org_id_id_key" ON "method_setup"("org_id", "id");
CREATE UNIQUE INDEX "method_setup_provider_provider_ref_key" ON "method_setup"("provider", "provider_ref");
CREATE INDEX "method_setup_state_created_at_idx" ON "method_setup"("state", "created_at");

ALTER TABLE "payment_attempt"
  ADD COLUMN "brand_id" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "entity_id" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'checkout',
  ADD COLUMN "payment_ref" TEXT,
  ADD COLUMN "instructions" JSONB,
  ADD COLUMN "method_id" TEXT,
  ADD COLUMN "save_method" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "phone" TEXT,
  ADD COLUMN "return_url" TEXT,
  ADD COLUMN "failure_code" TEXT,
  ADD COLUMN "reason" TEXT,
  ADD COLUMN "key" TEXT,
  ADD COLUMN "evidence" TEXT,
  ADD COLUMN "recorded_by" TEXT,
  ADD CONSTRAINT "payment_attempt_kind" CHECK ("kind" IN ('checkout', 'off_session', 'manual', 'transfer')),
  ADD CONSTRAINT "payment_attempt_amount" CHECK ("amount" > 0),
  ADD CONSTRAINT "payment_attempt_org_id_method_id_fkey" FOREIGN KEY ("org_id", "method_id") REFERENCES "payment_method"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
UPDATE "payment_attempt" p SET "brand_id" = i."brand_id", "entity_id" = i."entity_id" FROM "invoice" i WHERE i."id" = p."invoice_id";
CREATE UNIQUE INDEX "payment_attempt_key_key" ON "payment_attempt"("key");
CREATE INDEX "payment_attempt_provider_payment_ref_idx" ON "payment_attempt"("provider", "payment_ref");
CREATE INDEX "payment_attempt_open" ON "payment_attempt"("updated_at") WHERE "state" IN ('created', 'pending', 'requires_action', 'processing');
/* Nobody is there to see two charges: the database allows one at a time per invoice. */
CREATE UNIQUE INDEX "payment_attempt_one_charge" ON "payment_attempt"("invoice_id") WHERE "kind" = 'off_session' AND "state" IN ('created', 'pending', 'processing');

CREATE FUNCTION payment_attempt_seller() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT i.brand_id, i.entity_id INTO NEW.brand_id, NEW.entity_id FROM invoice i WHERE i.id = NEW.invoice_id;
  RETURN NEW;
END $$;
CREATE TRIGGER "payment_attempt_seller" BEFORE INSERT ON "payment_attempt" FOR EACH ROW EXECUTE FUNCTION payment_attempt_seller();

CREATE TABLE "refund" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "attempt_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'requested',
    "provider_refund_id" TEXT,
    "failure" TEXT,
    "credit_note_id" TEXT,
    "requested_by" TEXT,
    "key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refund_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "refund_amount" CHECK ("amount" > 0),
    CONSTRAINT "refund_state" CHECK ("state" IN ('requested', 'pending', 'succeeded', 'failed'))
);
CREATE UNIQUE INDEX "refund_org_id_id_key" ON "refund"("org_id", "id");
CREATE UNIQUE INDEX "refund_key_key" ON "refund"("key");
CREATE INDEX "refund_attempt_id_idx" ON "refund"("attempt_id");
CREATE INDEX "refund_state_created_at_idx" ON "refund"("state", "created_at");
ALTER TABLE "refund" ADD CONSTRAINT "refund_org_id_attempt_id_fkey" FOREIGN KEY ("org_id", "attempt_id") REFERENCES "payment_attempt"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "dispute" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "attempt_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_dispute_id" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "due_by" TIMESTAMPTZ(3),
    "evidence" TEXT,
    "evidence_sent_at" TIMESTAMPTZ(3),
    "fee" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "dispute_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "dispute_state" CHECK ("state" IN ('needs_response', 'under_review', 'won', 'lost'))
);
CREATE UNIQUE INDEX "dispute_org_id_id_key" ON "dispute"("org_id", "id");
CREATE UNIQUE INDEX "dispute_provider_provider_dispute_id_key" ON "dispute"("provider", "provider_dispute_id");
CREATE INDEX "dispute_attempt_id_idx" ON "dispute"("attempt_id");
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_org_id_attempt_id_fkey" FOREIGN KEY ("org_id", "attempt_id") REFERENCES "payment_attempt"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "suspense_item" (
    "id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL DEFAULT '',
    "provider" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "payment_ref" TEXT,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "payer" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "cause" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "matched_attempt_id" TEXT,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "suspense_item_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "suspense_item_amount" CHECK ("amount" > 0),
    CONSTRAINT "suspense_item_state" CHECK ("state" IN ('open', 'matched', 'returning', 'returned'))
);
CREATE UNIQUE INDEX "suspense_item_key_key" ON "suspense_item"("key");
CREATE INDEX "suspense_item_state_created_at_idx" ON "suspense_item"("state", "created_at");

/* Refunds made at providers were known to the books alone until now. */
INSERT INTO "refund" ("id", "org_id", "attempt_id", "provider", "amount", "currency", "reason", "state", "key")
  SELECT 'rfd_' || substr(md5(t."business_key"), 1, 22), p."org_id", p."id", p."provider", e."amount", e."currency", 'Made at the provider', 'succeeded', t."business_key"
  FROM "ledger_transaction" t JOIN "ledger_entry" e ON e."transaction_id" = t."id" AND e."account" = 'refunds'
  JOIN "payment_attempt" p ON p."id" = split_part(t."business_key", ':', 2) WHERE t."business_key" LIKE 'refund:pay\_%';

SELECT protect_table('payment_method', 'read'), protect_table('method_setup', 'read'), protect_table('refund', 'read'), protect_table('dispute', 'read'),
       protect_table('suspense_item', 'none');
GRANT UPDATE ("auto_pay", "top_up_below", "top_up_amount") ON "organization" TO shellwego_app;
GRANT INSERT ON "method_setup" TO shellwego_app;
CREATE POLICY tenant_begins ON "method_setup" FOR INSERT TO shellwego_app WITH CHECK (org_id = (SELECT current_org()));
/* The default and the end of a method are the customer's to say; what it is comes from the provider. */
GRANT UPDATE ("is_default", "state", "updated_at") ON "payment_method" TO shellwego_app;
CREATE POLICY tenant_chooses ON "payment_method" FOR UPDATE TO shellwego_app USING (org_id = (SELECT current_org())) WITH CHECK (org_id = (SELECT current_org()));
