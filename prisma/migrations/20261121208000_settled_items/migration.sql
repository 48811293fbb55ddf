-- Items that a coupon took altogether: there is nothing to invoice, and they are not asked for again.
ALTER TABLE "invoice_item" ADD COLUMN "settled_at" TIMESTAMPTZ(3);
ALTER TABLE "invoice_item" ADD CONSTRAINT "invoice_item_settled" CHECK ("settled_at" IS NULL OR "invoice_id" IS NULL);
CREATE INDEX "invoice_item_waiting" ON "invoice_item" ("org_id") WHERE "invoice_id" IS NULL AND "settled_at" IS NULL;
CREATE FUNCTION invoice_item_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'invoice item % is settled', OLD."id" USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "invoice_item_settled" BEFORE UPDATE OR DELETE ON "invoice_item" FOR EACH ROW WHEN (OLD."settled_at" IS NOT NULL)
  EXECUTE FUNCTION invoice_item_settled();

-- A use of a coupon stays for good; when its invoice is voided it is marked, once, and counts no more.
ALTER TABLE "coupon_use" ADD COLUMN "returned_at" TIMESTAMPTZ(3);
CREATE FUNCTION coupon_return_use() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD."returned_at" IS NOT NULL OR NEW."returned_at" IS NULL
    OR to_jsonb(NEW) - 'returned_at' <> to_jsonb(OLD) - 'returned_at' THEN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  UPDATE coupon_redemption SET used = used - 1 WHERE id = OLD.redemption_id;
  RETURN NEW;
END $$;
DROP TRIGGER "coupon_use_append_only" ON "coupon_use";
CREATE TRIGGER "coupon_use_returns" BEFORE UPDATE OR DELETE ON "coupon_use" FOR EACH ROW EXECUTE FUNCTION coupon_return_use();
