CREATE TABLE "provider_account" (
    "brand_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "account_ref" TEXT NOT NULL,
    "fee_share" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provider_account_pkey" PRIMARY KEY ("brand_id", "provider"),
    CONSTRAINT "provider_account_fee_share" CHECK ("fee_share" ~ '^(0(\.[0-9]{1,6})?|1)$')
);
ALTER TABLE "provider_account" ADD CONSTRAINT "provider_account_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "payment_attempt"
  ADD COLUMN "split_account" TEXT,
  ADD COLUMN "split_fee" BIGINT,
  ADD CONSTRAINT "payment_attempt_split" CHECK (("split_account" IS NULL) = ("split_fee" IS NULL) AND coalesce("split_fee", 0) BETWEEN 0 AND "amount");

-- Fixed with the attempt: a repeated call must carry the same parameters under the same key, whatever the account is by then.
-- Fires after payment_attempt_seller, which says whose payment it is.
CREATE FUNCTION payment_attempt_split() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  SELECT a.account_ref, round(NEW.amount * a.fee_share::numeric) INTO NEW.split_account, NEW.split_fee
    FROM provider_account a WHERE a.brand_id = NEW.brand_id AND a.provider = NEW.provider AND NEW.kind IN ('checkout', 'off_session');
  RETURN NEW;
END $$;
CREATE TRIGGER "payment_attempt_split" BEFORE INSERT ON "payment_attempt" FOR EACH ROW EXECUTE FUNCTION payment_attempt_split();

SELECT protect_table('provider_account', 'none');
CREATE POLICY split_reader ON "provider_account" FOR SELECT TO CURRENT_USER USING (true);
