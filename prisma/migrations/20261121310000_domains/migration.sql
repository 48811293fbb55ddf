ALTER TABLE "hostname" ADD COLUMN "held_until" TIMESTAMPTZ(3), ADD COLUMN "skeleton" TEXT;

CREATE TABLE "domain" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "hostname" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "checked_at" TIMESTAMPTZ(3),
    "answer" TEXT[],
    "fault" TEXT,
    "missing_since" TIMESTAMPTZ(3),
    "lost_at" TIMESTAMPTZ(3),
    "points_to" TEXT[],
    "points_here" BOOLEAN,
    "redirect" JSONB,
    "request_headers" JSONB NOT NULL DEFAULT '{"set":{},"remove":[]}',
    "response_headers" JSONB NOT NULL DEFAULT '{"set":{},"remove":[]}',
    "certificate_source" TEXT,
    "certificate_chain" TEXT,
    "certificate_key" TEXT,
    "certificate_names" TEXT[],
    "certificate_issuer" TEXT,
    "certificate_from" TIMESTAMPTZ(3),
    "certificate_until" TIMESTAMPTZ(3),
    "certificate_notice" TEXT,
    "certificate_fault" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "domain_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "domain_hostname" CHECK ("hostname" ~ '^([*][.])?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$' AND length("hostname") <= 253),
    CONSTRAINT "domain_certificate" CHECK (("certificate_chain" IS NULL) = ("certificate_key" IS NULL) AND ("certificate_chain" IS NULL) = ("certificate_until" IS NULL))
);
CREATE UNIQUE INDEX "domain_org_id_id_key" ON "domain"("org_id", "id");
CREATE UNIQUE INDEX "domain_org_id_hostname_key" ON "domain"("org_id", "hostname");
CREATE INDEX "domain_org_id_app_id_idx" ON "domain"("org_id", "app_id");
ALTER TABLE "domain" ADD CONSTRAINT "domain_org_id_app_id_fkey" FOREIGN KEY ("org_id", "app_id") REFERENCES "app"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "domain_path" (
    "domain_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "strip_prefix" BOOLEAN NOT NULL,

    CONSTRAINT "domain_path_pkey" PRIMARY KEY ("domain_id", "path")
);
CREATE UNIQUE INDEX "domain_path_org_id_domain_id_path_key" ON "domain_path"("org_id", "domain_id", "path");
CREATE INDEX "domain_path_org_id_app_id_idx" ON "domain_path"("org_id", "app_id");
ALTER TABLE "domain_path" ADD CONSTRAINT "domain_path_org_id_domain_id_fkey" FOREIGN KEY ("org_id", "domain_id") REFERENCES "domain"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "domain_path" ADD CONSTRAINT "domain_path_org_id_app_id_fkey" FOREIGN KEY ("org_id", "app_id") REFERENCES "app"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "sandbox_dns_record" (
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "values" TEXT[],
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sandbox_dns_record_pkey" PRIMARY KEY ("name", "type")
);

SELECT protect_table('domain', 'write'), protect_table('domain_path', 'write'), protect_table('sandbox_dns_record', 'none');
CREATE POLICY claim_keeper ON "hostname" TO CURRENT_USER USING (true) WITH CHECK (true);

-- Whether somebody else holds this name, a wildcard above it, or a name that this wildcard would cover. A name given up is held for its owner.
CREATE FUNCTION domain_conflict(host text, look text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN h.hostname = host OR h.hostname = '*' || substr(host, strpos(host, '.')) OR (starts_with(host, '*.') AND right(h.hostname, length(host) - 1) = substr(host, 2))
      THEN CASE WHEN h.released_at IS NULL THEN 'taken' ELSE 'held' END
    ELSE 'look_alike' END
  FROM hostname h
  WHERE h.org_id <> (SELECT current_org()) AND (h.released_at IS NULL OR h.held_until IS NULL OR h.held_until > now())
    AND (h.hostname = host OR h.hostname = '*' || substr(host, strpos(host, '.')) OR (starts_with(host, '*.') AND right(h.hostname, length(host) - 1) = substr(host, 2))
      OR (look IS NOT NULL AND (h.skeleton = look OR h.hostname = look)))
  ORDER BY 1 DESC LIMIT 1
$$;

-- One after the other, so that a wildcard and a name below it cannot both be taken by two at once.
CREATE FUNCTION claim_domain(app text, host text, look text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE conflict text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('claim_domain', 0));
  SELECT domain_conflict(host, look) INTO conflict;
  IF conflict IS NOT NULL THEN RETURN conflict; END IF;
  INSERT INTO hostname (hostname, org_id, app_id, skeleton) VALUES (host, current_org(), app, look)
  ON CONFLICT (hostname) DO UPDATE SET org_id = excluded.org_id, app_id = excluded.app_id, skeleton = excluded.skeleton, released_at = NULL, held_until = NULL,
    created_at = CURRENT_TIMESTAMP;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION domain_conflict, claim_domain FROM PUBLIC;
GRANT EXECUTE ON FUNCTION domain_conflict, claim_domain TO shellwego_app;
