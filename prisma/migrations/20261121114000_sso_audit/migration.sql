-- AlterTable
ALTER TABLE "event" ADD COLUMN     "ip" TEXT,
ADD COLUMN     "user_agent" TEXT;

-- CreateTable
CREATE TABLE "audit_entry" (
    "org_id" TEXT NOT NULL,
    "chain_seq" BIGINT NOT NULL,
    "event_seq" BIGINT NOT NULL,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("org_id","chain_seq")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "org_id" TEXT NOT NULL,
    "chain_seq" BIGINT NOT NULL,
    "prev_hash" TEXT NOT NULL DEFAULT '',
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "audit_checkpoint" (
    "org_id" TEXT NOT NULL,
    "chain_seq" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "removed" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_checkpoint_pkey" PRIMARY KEY ("org_id","chain_seq")
);

-- CreateTable
CREATE TABLE "audit_anchor" (
    "org_id" TEXT NOT NULL,
    "chain_seq" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "mac" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_anchor_pkey" PRIMARY KEY ("org_id","chain_seq")
);

-- CreateTable
CREATE TABLE "impersonation" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "staff_user_id" TEXT NOT NULL,
    "staff_name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "mfa" BOOLEAN NOT NULL DEFAULT false,
    "ticket_hash" TEXT,
    "session_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "impersonation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sso_connection" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "client_secret" TEXT NOT NULL,
    "default_role" TEXT NOT NULL,
    "tested_at" TIMESTAMPTZ(3),
    "enforced_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sso_connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sso_domain" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "checked_at" TIMESTAMPTZ(3),
    "answer" TEXT[],
    "missing_since" TIMESTAMPTZ(3),
    "fault" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sso_domain_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sso_flow" (
    "state_hash" TEXT NOT NULL,
    "connection_id" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "browser_hash" TEXT NOT NULL,
    "nonce" TEXT NOT NULL,
    "verifier" TEXT NOT NULL,
    "redirect_uri" TEXT NOT NULL,
    "next" TEXT NOT NULL,
    "test_user_id" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "sso_flow_pkey" PRIMARY KEY ("state_hash")
);

-- CreateTable
CREATE TABLE "sso_identity" (
    "connection_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sso_identity_pkey" PRIMARY KEY ("connection_id","subject")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_entry_event_seq_key" ON "audit_entry"("event_seq");

-- CreateIndex
CREATE UNIQUE INDEX "impersonation_ticket_hash_key" ON "impersonation"("ticket_hash");

-- CreateIndex
CREATE UNIQUE INDEX "impersonation_session_id_key" ON "impersonation"("session_id");

-- CreateIndex
CREATE UNIQUE INDEX "impersonation_org_id_id_key" ON "impersonation"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "sso_connection_org_id_key" ON "sso_connection"("org_id");

-- CreateIndex
CREATE UNIQUE INDEX "sso_connection_org_id_id_key" ON "sso_connection"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "sso_domain_org_id_id_key" ON "sso_domain"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "sso_domain_org_id_domain_key" ON "sso_domain"("org_id", "domain");

-- CreateIndex
CREATE INDEX "sso_flow_expires_at_idx" ON "sso_flow"("expires_at");

-- CreateIndex
CREATE INDEX "sso_identity_user_id_idx" ON "sso_identity"("user_id");

-- AddForeignKey
ALTER TABLE "sso_flow" ADD CONSTRAINT "sso_flow_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "sso_connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sso_identity" ADD CONSTRAINT "sso_identity_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "sso_connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sso_identity" ADD CONSTRAINT "sso_identity_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Single sign-on --------------------------------------------------------------------------------------------------------

CREATE UNIQUE INDEX "sso_domain_owner" ON "sso_domain" ("brand_id", "domain") WHERE "verified_at" IS NOT NULL;
SELECT protect_table('sso_connection', 'write'), protect_table('sso_domain', 'write'), protect_table('sso_flow', 'none'), protect_table('sso_identity', 'none');

-- Audit chain -----------------------------------------------------------------------------------------------------------

SELECT protect_table('audit_entry', 'read'), protect_table('audit_head', 'read'), protect_table('audit_checkpoint', 'read'),
       protect_table('audit_anchor', 'read'), protect_table('impersonation', 'read');
-- Only the functions below write the chain; even the system role may but read it, and add anchors.
REVOKE INSERT, UPDATE, DELETE ON "audit_entry", "audit_head", "audit_checkpoint" FROM shellwego_system;
REVOKE UPDATE, DELETE ON "audit_anchor" FROM shellwego_system;
REVOKE DELETE ON "impersonation" FROM shellwego_system;
CREATE POLICY chain_writer ON "audit_entry" TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY chain_writer ON "audit_head" TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY chain_writer ON "audit_checkpoint" TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY chain_writer ON "event" TO CURRENT_USER USING (true) WITH CHECK (true);

-- A field with its length in bytes in front (the database is UTF-8), so that no two different entries have one text.
CREATE FUNCTION audit_field(v text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(octet_length(v) || ':' || v, '-') || ','
$$;

-- The text that is hashed. server/domain/audit/chain.ts builds the same from what it reads; the two must agree.
CREATE FUNCTION audit_hash(chain_seq bigint, prev_hash text, e "event") RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to('shellwego-audit-1' || audit_field(e.org_id) || audit_field(chain_seq::text) || audit_field(prev_hash)
    || audit_field(e.seq::text) || audit_field(e.id) || audit_field(e.type) || audit_field(e.subject_type) || audit_field(e.subject_id)
    || audit_field(e.actor::text) || audit_field(e.data::text) || audit_field(e.request_id) || audit_field(e.ip) || audit_field(e.user_agent)
    || audit_field(floor(extract(epoch FROM e.at) * 1000)::bigint::text), 'UTF8')), 'hex')
$$;

-- Notes the organization in the transaction: at the commit all heads are locked in one order, so that two commits never wait for each other.
CREATE FUNCTION audit_note() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE noted text := coalesce(current_setting('app.audit_orgs', true), '');
BEGIN
  IF position(' ' || NEW.org_id || ' ' IN noted) = 0 THEN
    PERFORM set_config('app.audit_orgs', coalesce(nullif(noted, ''), ' ') || NEW.org_id || ' ', true);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION audit_lock_heads(orgs text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_head (org_id, chain_seq, hash)
    SELECT o, 0, repeat('0', 64) FROM unnest(string_to_array(btrim(orgs), ' ')) o
    WHERE NOT EXISTS (SELECT 1 FROM audit_head h WHERE h.org_id = o) ORDER BY o ON CONFLICT DO NOTHING;
  PERFORM 1 FROM audit_head WHERE org_id = ANY (string_to_array(btrim(orgs), ' ')) ORDER BY org_id FOR UPDATE;
END $$;

CREATE FUNCTION audit_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE noted text := coalesce(current_setting('app.audit_orgs', true), '');
BEGIN
  IF noted <> ' ' || NEW.org_id || ' ' AND noted <> '' THEN
    PERFORM audit_lock_heads(noted);
    PERFORM set_config('app.audit_orgs', '', true);
  END IF;
  LOOP
    WITH head AS (
      UPDATE audit_head h SET chain_seq = h.chain_seq + 1, prev_hash = h.hash, hash = audit_hash(h.chain_seq + 1, h.hash, NEW)
      WHERE h.org_id = NEW.org_id RETURNING h.chain_seq, h.prev_hash, h.hash)
    INSERT INTO audit_entry (org_id, chain_seq, event_seq, prev_hash, hash) SELECT NEW.org_id, chain_seq, NEW.seq, prev_hash, hash FROM head;
    EXIT WHEN FOUND;
    PERFORM audit_lock_heads(NEW.org_id);
  END LOOP;
  RETURN NULL;
END $$;

-- Events from before the chain, in their order.
INSERT INTO audit_head (org_id, chain_seq, hash) SELECT DISTINCT org_id, 0, repeat('0', 64) FROM "event" WHERE org_id IS NOT NULL;
DO $$
DECLARE e "event"; head audit_head; next_hash text;
BEGIN
  FOR e IN SELECT * FROM "event" WHERE org_id IS NOT NULL ORDER BY seq LOOP
    SELECT * INTO head FROM audit_head WHERE org_id = e.org_id;
    next_hash := audit_hash(head.chain_seq + 1, head.hash, e);
    INSERT INTO audit_entry (org_id, chain_seq, event_seq, prev_hash, hash) VALUES (e.org_id, head.chain_seq + 1, e.seq, head.hash, next_hash);
    UPDATE audit_head SET chain_seq = head.chain_seq + 1, hash = next_hash WHERE org_id = e.org_id;
  END LOOP;
END $$;

CREATE TRIGGER "event_audit_note" AFTER INSERT ON "event" FOR EACH ROW WHEN (NEW.org_id IS NOT NULL) EXECUTE FUNCTION audit_note();
CREATE CONSTRAINT TRIGGER "event_audit_seal" AFTER INSERT ON "event" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.org_id IS NOT NULL) EXECUTE FUNCTION audit_seal();

-- Retention: what a checkpoint covers may go; nothing else ever.
CREATE FUNCTION refuse_unless_expired() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE at_seq bigint;
BEGIN
  IF TG_TABLE_NAME = 'event' THEN SELECT chain_seq INTO at_seq FROM audit_entry WHERE event_seq = OLD.seq;
  ELSE at_seq := OLD.chain_seq; END IF;
  IF EXISTS (SELECT 1 FROM audit_checkpoint c WHERE c.org_id = OLD.org_id AND c.chain_seq >= at_seq) THEN RETURN OLD; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER "event_append_only" ON "event";
CREATE TRIGGER "event_append_only" BEFORE UPDATE ON "event" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "event_kept" BEFORE DELETE ON "event" FOR EACH ROW EXECUTE FUNCTION refuse_unless_expired();
CREATE TRIGGER "audit_entry_append_only" BEFORE UPDATE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "audit_entry_kept" BEFORE DELETE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION refuse_unless_expired();
CREATE TRIGGER "audit_checkpoint_append_only" BEFORE UPDATE OR DELETE ON "audit_checkpoint" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "audit_anchor_append_only" BEFORE UPDATE OR DELETE ON "audit_anchor" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "audit_head_kept" BEFORE DELETE ON "audit_head" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Removes the oldest entries from before `cutoff`, at most `batch`, behind a new checkpoint. Returns how many.
CREATE FUNCTION audit_expire(org text, cutoff timestamptz, batch int) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE first_seq bigint; last audit_entry;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('audit:' || org, 0));
  SELECT min(chain_seq) INTO first_seq FROM audit_entry WHERE org_id = org;
  SELECT a.* INTO last FROM audit_entry a WHERE a.org_id = org AND a.chain_seq < first_seq + batch
    AND a.chain_seq < coalesce((SELECT min(k.chain_seq) FROM audit_entry k JOIN "event" e ON e.seq = k.event_seq
      WHERE k.org_id = org AND k.chain_seq < first_seq + batch AND e.at >= cutoff), first_seq + batch)
    ORDER BY a.chain_seq DESC LIMIT 1;
  IF last.org_id IS NULL THEN RETURN 0; END IF;
  INSERT INTO audit_checkpoint (org_id, chain_seq, hash, removed) VALUES (org, last.chain_seq, last.hash, last.chain_seq - first_seq + 1);
  DELETE FROM "event" WHERE org_id = org AND seq IN (SELECT event_seq FROM audit_entry WHERE org_id = org AND chain_seq <= last.chain_seq);
  DELETE FROM audit_entry WHERE org_id = org AND chain_seq <= last.chain_seq;
  RETURN last.chain_seq - first_seq + 1;
END $$;
REVOKE ALL ON FUNCTION audit_expire, audit_lock_heads FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_expire TO shellwego_system;
