-- A console's host is nobody's domain, and a customer's is no console's: both are decided under one lock, each seeing what the other took.
CREATE OR REPLACE FUNCTION claim_domain(app text, host text, look text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE conflict text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('claim_domain', 0));
  SELECT domain_conflict(host, look) INTO conflict;
  IF conflict IS NOT NULL THEN RETURN conflict; END IF;
  IF EXISTS (SELECT 1 FROM brand_host b WHERE b.hostname = host OR right(b.hostname, length(host) - 1) = substr(host, 2) AND starts_with(host, '*.') OR right(host, length(b.hostname) + 1) = '.' || b.hostname)
    THEN RETURN 'console'; END IF;
  INSERT INTO hostname (hostname, org_id, app_id, skeleton) VALUES (host, current_org(), app, look)
  ON CONFLICT (hostname) DO UPDATE SET org_id = excluded.org_id, app_id = excluded.app_id, skeleton = excluded.skeleton, released_at = NULL, held_until = NULL,
    created_at = CURRENT_TIMESTAMP;
  RETURN NULL;
END $$;

-- Who may not have a console there: the organization that serves the name, all names it is one of, or held it not long ago.
CREATE FUNCTION console_conflict(host text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('claim_domain', 0));
  RETURN EXISTS (SELECT 1 FROM hostname h WHERE h.hostname IN (host, '*' || substr(host, strpos(host, '.'))) AND (h.released_at IS NULL OR h.held_until IS NULL OR h.held_until > now()));
END $$;
REVOKE ALL ON FUNCTION console_conflict FROM PUBLIC;
GRANT EXECUTE ON FUNCTION console_conflict TO shellwego_system;
CREATE POLICY claim_keeper ON "brand_host" FOR SELECT TO CURRENT_USER USING (true);
