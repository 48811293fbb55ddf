-- AlterTable
ALTER TABLE "session" ADD COLUMN     "mfa_at" TIMESTAMPTZ(3),
ADD COLUMN     "proven_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "audit_retention_days" INTEGER NOT NULL DEFAULT 365,
ADD COLUMN     "delete_after" TIMESTAMPTZ(3),
ADD COLUMN     "mfa_required" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "quotas" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "regions" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "membership" ADD COLUMN     "app_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "role_id" TEXT,
ADD COLUMN     "suspended_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "api_token" (
    "id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "user_id" TEXT,
    "service_account_id" TEXT,
    "org_id" TEXT,
    "scopes" TEXT[],
    "app_ids" TEXT[],
    "ip_allow" TEXT[],
    "created_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ip" TEXT,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_account" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "role_id" TEXT,
    "created_by" TEXT NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "custom_role" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "permissions" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "custom_role_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "grant" (
    "org_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "permissions" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "grant_pkey" PRIMARY KEY ("org_id","user_id","app_id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "role_id" TEXT,
    "app_ids" TEXT[],
    "token_hash" TEXT NOT NULL,
    "invited_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "accepted_by" TEXT,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_token_token_hash_key" ON "api_token"("token_hash");

-- CreateIndex
CREATE INDEX "api_token_user_id_idx" ON "api_token"("user_id");

-- CreateIndex
CREATE INDEX "api_token_org_id_service_account_id_idx" ON "api_token"("org_id", "service_account_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_org_id_id_key" ON "api_token"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "service_account_org_id_id_key" ON "service_account"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "service_account_org_id_name_key" ON "service_account"("org_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "custom_role_org_id_id_key" ON "custom_role"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "custom_role_org_id_name_key" ON "custom_role"("org_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_org_id_created_at_idx" ON "invitation"("org_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_org_id_id_key" ON "invitation"("org_id", "id");

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_org_id_service_account_id_fkey" FOREIGN KEY ("org_id", "service_account_id") REFERENCES "service_account"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_account" ADD CONSTRAINT "service_account_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_account" ADD CONSTRAINT "service_account_org_id_role_id_fkey" FOREIGN KEY ("org_id", "role_id") REFERENCES "custom_role"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "custom_role" ADD CONSTRAINT "custom_role_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant" ADD CONSTRAINT "grant_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "membership"("org_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_org_id_role_id_fkey" FOREIGN KEY ("org_id", "role_id") REFERENCES "custom_role"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Every row of a tenant is reached by organization and key.
DROP INDEX "event_org_id_seq_idx", "ledger_entry_org_id_idx", "log_line_org_id_app_id_id_idx";
CREATE UNIQUE INDEX "event_org_id_seq_key" ON "event"("org_id", "seq");
CREATE UNIQUE INDEX "ledger_entry_org_id_id_key" ON "ledger_entry"("org_id", "id");
CREATE UNIQUE INDEX "log_line_org_id_app_id_id_key" ON "log_line"("org_id", "app_id", "id");
CREATE UNIQUE INDEX "hostname_org_id_hostname_key" ON "hostname"("org_id", "hostname");
CREATE UNIQUE INDEX "usage_counter_org_id_start_id_key" ON "usage_counter"("org_id", "start_id");
CREATE UNIQUE INDEX "allocation_segment_org_id_id_key" ON "allocation_segment"("org_id", "id");
CREATE UNIQUE INDEX "catalog_install_org_id_id_key" ON "catalog_install"("org_id", "id");
CREATE UNIQUE INDEX "payment_attempt_org_id_id_key" ON "payment_attempt"("org_id", "id");

ALTER TABLE "membership" ADD CONSTRAINT "membership_custom_role" CHECK (("role" = 'custom') = ("role_id" IS NOT NULL));
ALTER TABLE "service_account" ADD CONSTRAINT "service_account_custom_role" CHECK (("role" = 'custom') = ("role_id" IS NOT NULL));
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_holder" CHECK (("user_id" IS NULL) <> ("service_account_id" IS NULL) AND ("service_account_id" IS NULL OR "org_id" IS NOT NULL));
CREATE UNIQUE INDEX "invitation_open" ON "invitation" ("org_id", "email") WHERE "accepted_at" IS NULL AND "revoked_at" IS NULL;

/* Callers restricted to some apps: app.app_ids is '*' or their ids. Never set means no app, so that a forgotten setting shows nothing. */
CREATE FUNCTION every_app() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT coalesce(current_setting('app.app_ids', true) = '*', false) $$;
CREATE FUNCTION visible_apps() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT string_to_array(current_setting('app.app_ids', true), ',') $$;
CREATE FUNCTION restrict_to_apps(t text, app_column text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE POLICY visible_apps ON %I AS RESTRICTIVE TO shellwego_app USING ((SELECT every_app()) OR %I = ANY ((SELECT visible_apps())::text[]))', t, app_column);
END $$;

/* Row-level security for a table made after the spine; one with a column app_id is restricted to visible apps too. `access`: 'none' (system only), 'read' or 'write' (tenants, their own rows by org_id). */
CREATE FUNCTION protect_table(t text, access text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO shellwego_system', t);
  EXECUTE format('CREATE POLICY system_all ON %I TO shellwego_system USING (true) WITH CHECK (true)', t);
  IF access = 'read' THEN
    EXECUTE format('GRANT SELECT ON %I TO shellwego_app', t);
    EXECUTE format('CREATE POLICY tenant ON %I FOR SELECT TO shellwego_app USING (org_id = (SELECT current_org()))', t);
  ELSIF access = 'write' THEN
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO shellwego_app', t);
    EXECUTE format('CREATE POLICY tenant ON %I TO shellwego_app USING (org_id = (SELECT current_org())) WITH CHECK (org_id = (SELECT current_org()))', t);
  ELSIF access <> 'none' THEN
    RAISE EXCEPTION 'protect_table: access must be none, read or write, not %', access;
  END IF;
  IF access <> 'none' AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = format('%I', t)::regclass AND attname = 'app_id' AND NOT attisdropped) THEN
    PERFORM restrict_to_apps(t, 'app_id');
  END IF;
END $$;

SELECT protect_table('service_account', 'write'), protect_table('custom_role', 'write'), protect_table('grant', 'write'),
       protect_table('invitation', 'write'), protect_table('api_token', 'none');
SELECT restrict_to_apps('app', 'id');
SELECT restrict_to_apps(t, 'app_id') FROM unnest(ARRAY['hostname', 'release', 'deployment', 'instance', 'log_line', 'allocation_segment', 'usage_counter', 'usage_hour',
  'metric_sample']) AS t;
-- An install holds several apps, and an event says what happened to one: reading them is for who may see that.
CREATE POLICY visible_apps ON "catalog_install" AS RESTRICTIVE TO shellwego_app USING ((SELECT every_app()));
CREATE POLICY visible_apps ON "event" AS RESTRICTIVE FOR SELECT TO shellwego_app
  USING ((SELECT every_app()) OR (subject_type = 'app' AND subject_id = ANY ((SELECT visible_apps())::text[])) OR data->>'app_id' = ANY ((SELECT visible_apps())::text[]));
GRANT DELETE ON "membership" TO shellwego_app;
-- A tenant sees and makes the tokens of its service accounts; it can write a hash, never read one.
GRANT SELECT ("id", "kind", "name", "hint", "service_account_id", "org_id", "scopes", "app_ids", "ip_allow", "created_by", "expires_at", "last_used_at", "last_used_ip", "revoked_at", "created_at"),
      INSERT, UPDATE ("name", "expires_at", "revoked_at") ON "api_token" TO shellwego_app;
CREATE POLICY tenant ON "api_token" TO shellwego_app
  USING (org_id = (SELECT current_org()) AND service_account_id IS NOT NULL) WITH CHECK (org_id = (SELECT current_org()) AND service_account_id IS NOT NULL);
