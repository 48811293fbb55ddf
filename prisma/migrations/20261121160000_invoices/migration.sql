-- Sellers, drafts, items, credit notes, taxes -------------------------------------------------------------------------

-- CreateTable
CREATE TABLE "legal_entity" (
    "id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL DEFAULT '',
    "country" TEXT NOT NULL,
    "region" TEXT NOT NULL DEFAULT '',
    "tax_id" TEXT,
    "registration_no" TEXT,
    "prefix" TEXT NOT NULL,
    "bank_details" TEXT NOT NULL DEFAULT '',
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "clearance_service_id" TEXT,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "legal_entity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "billing_settings" (
    "brand_id" TEXT NOT NULL,
    "grace_minutes" INTEGER,
    "payment_term_days" INTEGER NOT NULL DEFAULT 14,
    "approval_limits" JSONB NOT NULL DEFAULT '{}',
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "billing_settings_pkey" PRIMARY KEY ("brand_id")
);

-- CreateTable
CREATE TABLE "invoice_item" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "quantity" TEXT NOT NULL DEFAULT '1',
    "unit_amount" TEXT,
    "amount" BIGINT NOT NULL,
    "product" TEXT NOT NULL DEFAULT 'services',
    "period_from" TEXT,
    "period_to" TEXT,
    "reason" TEXT,
    "key" TEXT NOT NULL,
    "invoice_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invoice_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_note" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "invoice_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "settlement" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "net" BIGINT NOT NULL,
    "tax" BIGINT NOT NULL,
    "total" BIGINT NOT NULL,
    "lines" JSONB NOT NULL,
    "snapshot" JSONB NOT NULL,
    "pdf_sha256" TEXT,
    "issued_by" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invoice_adjustment" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "description" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "decision_note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invoice_adjustment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tax_rate" (
    "id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "region" TEXT NOT NULL DEFAULT '',
    "product" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "rate" TEXT NOT NULL,
    "inclusive" BOOLEAN NOT NULL DEFAULT false,
    "active_from" TEXT NOT NULL,
    "active_to" TEXT,
    "source" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tax_rate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "org_tax_profile" (
    "org_id" TEXT NOT NULL,
    "business" BOOLEAN NOT NULL DEFAULT false,
    "tax_id" TEXT,
    "region" TEXT NOT NULL DEFAULT '',
    "locale" TEXT,
    "vat_status" TEXT NOT NULL DEFAULT 'none',
    "vat_checked_at" TIMESTAMPTZ(3),
    "vat_reference" TEXT,
    "entity_id" TEXT,
    "exempt" BOOLEAN NOT NULL DEFAULT false,
    "exempt_until" TEXT,
    "exempt_evidence" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "org_tax_profile_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "invoice_clearance" (
    "document_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "irn" TEXT NOT NULL,
    "csid" TEXT,
    "qr" TEXT,
    "state" TEXT NOT NULL,
    "detail" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "cleared_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invoice_clearance_pkey" PRIMARY KEY ("document_id")
);

-- Rows there are: each brand's seller becomes its first legal entity. The owner of the tables sees them while row-level security is not forced.
ALTER TABLE "brand" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "invoice" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "invoice_series" NO FORCE ROW LEVEL SECURITY;
CREATE FUNCTION first_entity(brand "brand") RETURNS void LANGUAGE sql AS $$
  INSERT INTO "legal_entity" ("id", "brand_id", "name", "address", "country", "tax_id", "prefix", "is_default")
  VALUES ('ent_' || substr(brand."id", strpos(brand."id", '_') + 1), brand."id", brand."legal_name", brand."legal_address", brand."country", brand."tax_id", brand."invoice_prefix", true)
$$;
SELECT first_entity(b) FROM "brand" b;

ALTER TABLE "invoice" ADD COLUMN "amount_credited" BIGINT NOT NULL DEFAULT 0, ADD COLUMN "entity_id" TEXT, ADD COLUMN "finalise_at" TIMESTAMPTZ(3),
  ADD COLUMN "held_for" TEXT, ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'invoice', ADD COLUMN "voided_at" TIMESTAMPTZ(3), ADD COLUMN "reminded" TEXT;
UPDATE "invoice" SET "entity_id" = 'ent_' || substr("brand_id", strpos("brand_id", '_') + 1);
ALTER TABLE "invoice" ALTER COLUMN "entity_id" SET NOT NULL;
DROP INDEX "invoice_org_id_period_start_key";
CREATE UNIQUE INDEX "invoice_one_per_period" ON "invoice" ("org_id", "period_start") WHERE "kind" = 'invoice';
CREATE INDEX "invoice_state_finalise_at_idx" ON "invoice"("state", "finalise_at");

ALTER TABLE "invoice_series" ADD COLUMN "entity_id" TEXT;
UPDATE "invoice_series" SET "entity_id" = 'ent_' || substr("brand_id", strpos("brand_id", '_') + 1);
ALTER TABLE "invoice_series" DROP CONSTRAINT "invoice_series_pkey", ADD CONSTRAINT "invoice_series_pkey" PRIMARY KEY ("entity_id", "series");
ALTER TABLE "brand" FORCE ROW LEVEL SECURITY;
ALTER TABLE "invoice" FORCE ROW LEVEL SECURITY;
ALTER TABLE "invoice_series" FORCE ROW LEVEL SECURITY;

-- CreateIndex
CREATE UNIQUE INDEX "legal_entity_prefix_key" ON "legal_entity"("prefix");

-- CreateIndex
CREATE UNIQUE INDEX "legal_entity_brand_id_id_key" ON "legal_entity"("brand_id", "id");

-- CreateIndex
CREATE INDEX "invoice_item_org_id_invoice_id_idx" ON "invoice_item"("org_id", "invoice_id");

-- CreateIndex
CREATE UNIQUE INDEX "invoice_item_org_id_id_key" ON "invoice_item"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "invoice_item_org_id_key_key" ON "invoice_item"("org_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "credit_note_number_key" ON "credit_note"("number");

-- CreateIndex
CREATE INDEX "credit_note_org_id_created_at_id_idx" ON "credit_note"("org_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "credit_note_org_id_invoice_id_idx" ON "credit_note"("org_id", "invoice_id");

-- CreateIndex
CREATE UNIQUE INDEX "credit_note_org_id_id_key" ON "credit_note"("org_id", "id");

-- CreateIndex
CREATE INDEX "invoice_adjustment_state_created_at_idx" ON "invoice_adjustment"("state", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "invoice_adjustment_org_id_id_key" ON "invoice_adjustment"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "tax_rate_brand_id_country_region_product_active_from_key" ON "tax_rate"("brand_id", "country", "region", "product", "active_from");

-- CreateIndex
CREATE INDEX "invoice_clearance_state_created_at_idx" ON "invoice_clearance"("state", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "invoice_clearance_org_id_document_id_key" ON "invoice_clearance"("org_id", "document_id");

-- AddForeignKey
ALTER TABLE "legal_entity" ADD CONSTRAINT "legal_entity_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "billing_settings" ADD CONSTRAINT "billing_settings_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoice_item" ADD CONSTRAINT "invoice_item_org_id_invoice_id_fkey" FOREIGN KEY ("org_id", "invoice_id") REFERENCES "invoice"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_note" ADD CONSTRAINT "credit_note_org_id_invoice_id_fkey" FOREIGN KEY ("org_id", "invoice_id") REFERENCES "invoice"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_note" ADD CONSTRAINT "credit_note_brand_id_entity_id_fkey" FOREIGN KEY ("brand_id", "entity_id") REFERENCES "legal_entity"("brand_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tax_rate" ADD CONSTRAINT "tax_rate_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "invoice" ADD CONSTRAINT "invoice_brand_id_entity_id_fkey" FOREIGN KEY ("brand_id", "entity_id") REFERENCES "legal_entity"("brand_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE UNIQUE INDEX "legal_entity_default" ON "legal_entity" ("brand_id") WHERE "is_default";
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_kind" CHECK ("kind" IN ('invoice', 'pro_forma', 'one_off', 'credit_purchase'));
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_not_overpaid" CHECK ("amount_credited" >= 0 AND "amount_paid" + "amount_credited" <= "total" OR "state" = 'draft');
ALTER TABLE "credit_note" ADD CONSTRAINT "credit_note_sum" CHECK ("net" + "tax" = "total" AND "total" > 0);
ALTER TABLE "credit_note" ADD CONSTRAINT "credit_note_settlement" CHECK ("settlement" IN ('receivable', 'credit', 'refund'));
ALTER TABLE "tax_rate" ADD CONSTRAINT "tax_rate_range" CHECK ("active_to" IS NULL OR "active_to" > "active_from");
ALTER TABLE "invoice_adjustment" ADD CONSTRAINT "adjustment_second_person" CHECK ("state" <> 'approved' OR "decided_by" IS NOT NULL);

-- A brand has a seller from its first moment: the first one follows what the brand says of itself.
CREATE FUNCTION brand_entity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM first_entity(NEW);
  ELSE
    UPDATE "legal_entity" SET "name" = NEW."legal_name", "address" = NEW."legal_address", "country" = NEW."country", "tax_id" = NEW."tax_id", "updated_at" = now()
    WHERE "id" = 'ent_' || substr(NEW."id", strpos(NEW."id", '_') + 1);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "brand_entity" AFTER INSERT OR UPDATE OF "legal_name", "legal_address", "country", "tax_id" ON "brand" FOR EACH ROW EXECUTE FUNCTION brand_entity();

-- What was issued does not change: numbers, sums, snapshot, seller, period. Payment, credit and state go on.
CREATE OR REPLACE FUNCTION invoice_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."state" <> 'draft' AND (NEW."state" = 'draft' OR (NEW."number", NEW."kind", NEW."currency", NEW."period_start", NEW."period_end", NEW."subtotal", NEW."tax", NEW."total", NEW."snapshot",
      NEW."org_id", NEW."brand_id", NEW."entity_id", NEW."issued_at", NEW."due_at")
    IS DISTINCT FROM (OLD."number", OLD."kind", OLD."currency", OLD."period_start", OLD."period_end", OLD."subtotal", OLD."tax", OLD."total", OLD."snapshot",
      OLD."org_id", OLD."brand_id", OLD."entity_id", OLD."issued_at", OLD."due_at")
    OR (OLD."pdf_sha256" IS NOT NULL AND NEW."pdf_sha256" IS DISTINCT FROM OLD."pdf_sha256")) THEN
    RAISE EXCEPTION 'invoice % is finalised', OLD."id" USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION credit_note_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'pdf_sha256' IS DISTINCT FROM to_jsonb(OLD) - 'pdf_sha256' OR OLD."pdf_sha256" IS NOT NULL AND NEW."pdf_sha256" IS DISTINCT FROM OLD."pdf_sha256" THEN
    RAISE EXCEPTION 'credit note % is issued', OLD."id" USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "credit_note_immutable" BEFORE UPDATE ON "credit_note" FOR EACH ROW EXECUTE FUNCTION credit_note_immutable();
CREATE TRIGGER "credit_note_kept" BEFORE DELETE ON "credit_note" FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION invoice_item_billed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "invoice" WHERE "id" = OLD."invoice_id" AND "state" <> 'draft') THEN
    RAISE EXCEPTION 'invoice item % is billed', OLD."id" USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER "invoice_item_billed" BEFORE UPDATE OR DELETE ON "invoice_item" FOR EACH ROW WHEN (OLD."invoice_id" IS NOT NULL) EXECUTE FUNCTION invoice_item_billed();

CREATE FUNCTION clearance_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'document % is cleared', OLD."document_id" USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "clearance_sealed" BEFORE UPDATE OR DELETE ON "invoice_clearance" FOR EACH ROW WHEN (OLD."state" = 'cleared') EXECUTE FUNCTION clearance_sealed();

CREATE FUNCTION tax_rate_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'active_to' IS DISTINCT FROM to_jsonb(OLD) - 'active_to' THEN
    RAISE EXCEPTION 'tax rate % can only be ended', OLD."id" USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "tax_rate_kept" BEFORE UPDATE ON "tax_rate" FOR EACH ROW EXECUTE FUNCTION tax_rate_kept();

SELECT protect_table('legal_entity', 'none'), protect_table('billing_settings', 'none'), protect_table('invoice_adjustment', 'read'), protect_table('tax_rate', 'none'),
       protect_table('invoice_item', 'read'), protect_table('credit_note', 'read'), protect_table('invoice_clearance', 'read'), protect_table('org_tax_profile', 'read');
-- Operations of a customer add items (a plan change) and keep its tax profile; the exemption is not theirs to write.
GRANT INSERT ON "invoice_item" TO shellwego_app;
CREATE POLICY tenant_adds ON "invoice_item" FOR INSERT TO shellwego_app WITH CHECK (org_id = (SELECT current_org()));
GRANT INSERT ("org_id", "business", "tax_id", "region", "locale", "vat_status", "vat_checked_at", "vat_reference", "updated_at"),
      UPDATE ("business", "tax_id", "region", "locale", "vat_status", "vat_checked_at", "vat_reference", "updated_at") ON "org_tax_profile" TO shellwego_app;
CREATE POLICY tenant_adds ON "org_tax_profile" FOR INSERT TO shellwego_app WITH CHECK (org_id = (SELECT current_org()));
CREATE POLICY tenant_changes ON "org_tax_profile" FOR UPDATE TO shellwego_app USING (org_id = (SELECT current_org())) WITH CHECK (org_id = (SELECT current_org()));
