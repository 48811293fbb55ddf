CREATE TABLE "transfer_account" (
    "id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "bank_name" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "account_number" TEXT NOT NULL,
    "bic" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "transfer_account_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "transfer_account_entity_id_currency_key" ON "transfer_account"("entity_id", "currency");
ALTER TABLE "transfer_account" ADD CONSTRAINT "transfer_account_entity_fkey" FOREIGN KEY ("brand_id", "entity_id") REFERENCES "legal_entity"("brand_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT protect_table('transfer_account', 'none');
GRANT SELECT ON "transfer_account" TO shellwego_app;
CREATE POLICY own_brand ON "transfer_account" FOR SELECT TO shellwego_app USING (brand_id = (SELECT current_brand()));

-- A creditor reference holds an invoice's number without its dashes: what a payer wrote is looked up by it.
CREATE INDEX "invoice_by_reference" ON "invoice" ("entity_id", replace("number", '-', '')) WHERE "number" IS NOT NULL;
