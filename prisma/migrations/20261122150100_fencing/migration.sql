ALTER TABLE "volume" ADD COLUMN "mode" TEXT NOT NULL DEFAULT 'pinned',
  ADD COLUMN "least_fence" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "replaces_id" TEXT,
  ADD CONSTRAINT "volume_mode" CHECK ("mode" IN ('pinned', 'strict')),
  ADD CONSTRAINT "volume_fences" CHECK ("least_fence" <= "fence");
ALTER TABLE "node" ADD COLUMN "fencing" JSONB,
  ADD COLUMN "has_fences" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "lease_s" INTEGER NOT NULL DEFAULT 40,
  ADD COLUMN "declared_dead_at" TIMESTAMPTZ(3),
  ADD COLUMN "declared_dead_reason" TEXT;
ALTER TABLE "instance" ADD COLUMN "fenced_at" TIMESTAMPTZ(3);

-- A fence never falls, and another node never holds a volume under the fence of the one before.
CREATE FUNCTION fence_rises() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."fence" < OLD."fence" OR NEW."least_fence" < OLD."least_fence" THEN
    RAISE EXCEPTION 'the fence of volume % cannot fall', NEW."id" USING ERRCODE = 'check_violation';
  END IF;
  IF NEW."node_id" <> OLD."node_id" AND NEW."fence" = OLD."fence" THEN
    RAISE EXCEPTION 'volume % cannot change its node under the same fence', NEW."id" USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "volume_fence_rises" BEFORE UPDATE OF "fence", "least_fence", "node_id" ON "volume" FOR EACH ROW EXECUTE FUNCTION fence_rises();
