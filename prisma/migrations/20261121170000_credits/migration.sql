-- AlterTable
ALTER TABLE "ledger_transaction" ADD COLUMN     "entity_id" TEXT;

-- CreateTable
CREATE TABLE "credit_grant" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "remaining" BIGINT NOT NULL DEFAULT 0,
    "priority" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "warned_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credit_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_use" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "grant_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "invoice_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credit_use_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coupon" (
    "id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "currency" TEXT,
    "duration" TEXT NOT NULL,
    "periods" INTEGER,
    "max_redemptions" INTEGER,
    "max_per_organization" INTEGER NOT NULL DEFAULT 1,
    "redeemed" INTEGER NOT NULL DEFAULT 0,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_until" TIMESTAMPTZ(3),
    "plan_keys" TEXT[],
    "currencies" TEXT[],
    "first_time_only" BOOLEAN NOT NULL DEFAULT false,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "coupon_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coupon_redemption" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "coupon_id" TEXT NOT NULL,
    "used" INTEGER NOT NULL DEFAULT 0,
    "periods" INTEGER,
    "redeemed_by" TEXT NOT NULL,
    "redeemed_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "coupon_redemption_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coupon_use" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "redemption_id" TEXT NOT NULL,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "invoice_id" TEXT,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "coupon_use_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_balance" (
    "brand_id" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "customer" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "balance" BIGINT NOT NULL,
    "entries" BIGINT NOT NULL,

    CONSTRAINT "ledger_balance_pkey" PRIMARY KEY ("brand_id","entity_id","customer","account","currency")
);

-- CreateTable
CREATE TABLE "ledger_check" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ok" BOOLEAN NOT NULL,
    "findings" JSONB NOT NULL,
    "duration_ms" INTEGER NOT NULL,

    CONSTRAINT "ledger_check_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "credit_grant_key_key" ON "credit_grant"("key");

-- CreateIndex
CREATE INDEX "credit_grant_org_id_created_at_id_idx" ON "credit_grant"("org_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "credit_grant_expires_at_idx" ON "credit_grant"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "credit_grant_org_id_id_key" ON "credit_grant"("org_id", "id");

-- CreateIndex
CREATE INDEX "credit_use_org_id_at_id_idx" ON "credit_use"("org_id", "at", "id");

-- CreateIndex
CREATE INDEX "credit_use_invoice_id_idx" ON "credit_use"("invoice_id");

-- CreateIndex
CREATE UNIQUE INDEX "credit_use_org_id_id_key" ON "credit_use"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "coupon_brand_id_code_key" ON "coupon"("brand_id", "code");

-- CreateIndex
CREATE INDEX "coupon_redemption_org_id_redeemed_at_id_idx" ON "coupon_redemption"("org_id", "redeemed_at", "id");

-- CreateIndex
CREATE INDEX "coupon_redemption_coupon_id_idx" ON "coupon_redemption"("coupon_id");

-- CreateIndex
CREATE UNIQUE INDEX "coupon_redemption_org_id_id_key" ON "coupon_redemption"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "coupon_use_org_id_id_key" ON "coupon_use"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "coupon_use_redemption_id_period_start_key" ON "coupon_use"("redemption_id", "period_start");

-- CreateIndex
CREATE INDEX "ledger_check_at_idx" ON "ledger_check"("at");

-- CreateIndex
CREATE INDEX "ledger_transaction_brand_id_at_idx" ON "ledger_transaction"("brand_id", "at");

-- CreateIndex
CREATE INDEX "ledger_entry_transaction_id_idx" ON "ledger_entry"("transaction_id");

-- AddForeignKey
ALTER TABLE "credit_use" ADD CONSTRAINT "credit_use_org_id_grant_id_fkey" FOREIGN KEY ("org_id", "grant_id") REFERENCES "credit_grant"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coupon_redemption" ADD CONSTRAINT "coupon_redemption_coupon_id_fkey" FOREIGN KEY ("coupon_id") REFERENCES "coupon"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coupon_use" ADD CONSTRAINT "coupon_use_org_id_redemption_id_fkey" FOREIGN KEY ("org_id", "redemption_id") REFERENCES "coupon_redemption"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Rules the database keeps whatever the code does --------------------------------------------------------------------

ALTER TABLE "credit_grant" ADD CONSTRAINT "credit_kind" CHECK ("kind" IN ('paid', 'promotional'));
ALTER TABLE "credit_grant" ADD CONSTRAINT "credit_never_below_zero" CHECK ("remaining" BETWEEN 0 AND "amount" AND "amount" > 0);
ALTER TABLE "credit_use" ADD CONSTRAINT "credit_use_kind" CHECK (
  "amount" <> 0 AND "kind" IN ('granted', 'invoice', 'returned', 'expired', 'revoked') AND ("amount" > 0) = ("kind" IN ('granted', 'returned'))
  AND ("invoice_id" IS NOT NULL) = ("kind" IN ('invoice', 'returned')));
ALTER TABLE "coupon" ADD CONSTRAINT "coupon_limit" CHECK ("redeemed" BETWEEN 0 AND coalesce("max_redemptions", "redeemed"));
ALTER TABLE "coupon" ADD CONSTRAINT "coupon_terms" CHECK (
  ("type" = 'percent' AND "currency" IS NULL OR "type" = 'fixed' AND "currency" IS NOT NULL)
  AND "duration" IN ('once', 'repeating', 'forever') AND ("duration" = 'repeating') = ("periods" IS NOT NULL)
  AND coalesce("periods", 1) > 0 AND coalesce("max_redemptions", 1) > 0 AND "max_per_organization" > 0);
ALTER TABLE "coupon_redemption" ADD CONSTRAINT "coupon_used_up" CHECK ("used" BETWEEN 0 AND coalesce("periods", "used"));
ALTER TABLE "coupon_use" ADD CONSTRAINT "coupon_use_amount" CHECK ("amount" > 0);

-- What is left of a grant is nobody's to write: it is the sum of its movements. The row's own lock and CHECK keep it from going below zero.
CREATE FUNCTION credit_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE credit_grant SET remaining = remaining + NEW.amount WHERE id = NEW.grant_id;
  RETURN NULL;
END $$;
CREATE TRIGGER "credit_use_moves" AFTER INSERT ON "credit_use" FOR EACH ROW EXECUTE FUNCTION credit_move();
CREATE FUNCTION credit_granted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO credit_use (id, org_id, grant_id, kind, amount, at) VALUES ('cru_' || substr(md5(NEW.id), 1, 22), NEW.org_id, NEW.id, 'granted', NEW.amount, NEW.created_at);
  RETURN NULL;
END $$;
CREATE TRIGGER "credit_grant_opens" AFTER INSERT ON "credit_grant" FOR EACH ROW EXECUTE FUNCTION credit_granted();
CREATE TRIGGER "credit_use_append_only" BEFORE UPDATE OR DELETE ON "credit_use" FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION credit_grant_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.org_id, NEW.currency, NEW.kind, NEW.amount, NEW.key, NEW.expires_at) IS DISTINCT FROM (OLD.org_id, OLD.currency, OLD.kind, OLD.amount, OLD.key, OLD.expires_at)
    OR NEW.remaining <> OLD.remaining AND pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'terms of credit % never change', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "credit_grant_terms" BEFORE UPDATE ON "credit_grant" FOR EACH ROW EXECUTE FUNCTION credit_grant_terms();
CREATE TRIGGER "credit_grant_kept" BEFORE DELETE ON "credit_grant" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Redeeming takes the coupon's row first, so that of many at once no more than its limits get through.
CREATE FUNCTION coupon_redeem() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE per_org int;
BEGIN
  UPDATE coupon SET redeemed = redeemed + 1 WHERE id = NEW.coupon_id AND archived_at IS NULL AND redeemed < coalesce(max_redemptions, redeemed + 1)
    RETURNING max_per_organization INTO per_org;
  IF NOT FOUND THEN RAISE EXCEPTION 'coupon_exhausted' USING ERRCODE = 'check_violation'; END IF;
  IF (SELECT count(*) FROM coupon_redemption WHERE coupon_id = NEW.coupon_id AND org_id = NEW.org_id) >= per_org THEN
    RAISE EXCEPTION 'coupon_used_by_organization' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "coupon_redemption_takes" BEFORE INSERT ON "coupon_redemption" FOR EACH ROW EXECUTE FUNCTION coupon_redeem();
CREATE TRIGGER "coupon_redemption_kept" BEFORE DELETE ON "coupon_redemption" FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION coupon_count_use() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE coupon_redemption SET used = used + 1 WHERE id = NEW.redemption_id;
  RETURN NULL;
END $$;
CREATE TRIGGER "coupon_use_counts" AFTER INSERT ON "coupon_use" FOR EACH ROW EXECUTE FUNCTION coupon_count_use();
CREATE TRIGGER "coupon_use_append_only" BEFORE UPDATE OR DELETE ON "coupon_use" FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION coupon_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'redeemed' - 'archived_at' IS DISTINCT FROM to_jsonb(OLD) - 'redeemed' - 'archived_at' THEN
    RAISE EXCEPTION 'terms of coupon % never change', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "coupon_terms" BEFORE UPDATE ON "coupon" FOR EACH ROW EXECUTE FUNCTION coupon_terms();

-- Balances are a projection of the entries. Statement by statement, in one order, so that two writers never wait for each other in a circle.
CREATE FUNCTION ledger_project() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ledger_balance AS b (brand_id, entity_id, customer, account, currency, balance, entries)
  SELECT e.brand_id, coalesce(t.entity_id, ''), coalesce(e.org_id, ''), e.account, e.currency, sum(e.amount), count(*)
  FROM written e JOIN ledger_transaction t ON t.id = e.transaction_id
  GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (brand_id, entity_id, customer, account, currency) DO UPDATE SET balance = b.balance + EXCLUDED.balance, entries = b.entries + EXCLUDED.entries;
  RETURN NULL;
END $$;
CREATE TRIGGER "ledger_entry_projected" AFTER INSERT ON "ledger_entry" REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger_project();

SELECT protect_table('credit_grant', 'read'), protect_table('credit_use', 'read'), protect_table('coupon_use', 'read'),
       protect_table('coupon', 'none'), protect_table('coupon_redemption', 'read'), protect_table('ledger_balance', 'none'), protect_table('ledger_check', 'none');
GRANT SELECT, UPDATE ("redeemed") ON "coupon" TO shellwego_app;
CREATE POLICY own_brand ON "coupon" TO shellwego_app USING (brand_id = (SELECT current_brand())) WITH CHECK (brand_id = (SELECT current_brand()));
GRANT INSERT, UPDATE ("ended_at") ON "coupon_redemption" TO shellwego_app;
CREATE POLICY tenant_redeems ON "coupon_redemption" FOR INSERT TO shellwego_app WITH CHECK (org_id = (SELECT current_org()));
CREATE POLICY tenant_ends ON "coupon_redemption" FOR UPDATE TO shellwego_app USING (org_id = (SELECT current_org())) WITH CHECK (org_id = (SELECT current_org()));

-- What exists already ------------------------------------------------------------------------------------------------

ALTER TABLE ledger_transaction DISABLE TRIGGER ledger_transaction_append_only;
UPDATE ledger_transaction t SET entity_id = e.id FROM legal_entity e WHERE e.brand_id = t.brand_id AND e.is_default;
ALTER TABLE ledger_transaction ENABLE TRIGGER ledger_transaction_append_only;

INSERT INTO ledger_balance (brand_id, entity_id, customer, account, currency, balance, entries)
SELECT e.brand_id, coalesce(t.entity_id, ''), coalesce(e.org_id, ''), e.account, e.currency, sum(e.amount), count(*)
FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id GROUP BY 1, 2, 3, 4, 5;

INSERT INTO credit_grant (id, org_id, brand_id, entity_id, currency, kind, amount, priority, reason, key, created_at)
SELECT 'cgr_' || substr(md5(b.customer || b.brand_id || b.currency), 1, 22), b.customer, b.brand_id, b.entity_id, b.currency, 'paid', -b.balance, 50,
  'Paid above an invoice', 'balance:' || b.customer || ':' || b.brand_id || ':' || b.currency, now()
FROM ledger_balance b WHERE b.account = 'customer_credit_paid' AND b.customer <> '' AND b.balance < 0;
