-- AlterTable
ALTER TABLE "node_object" ADD COLUMN     "key_id" TEXT,
ADD COLUMN     "sealed_secrets" TEXT;

-- CreateTable
CREATE TABLE "wrapping_key" (
    "id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "wrapping_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_key" (
    "id" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "wrapping_key_id" TEXT NOT NULL,
    "wrapped" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "replaced_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rewrap" (
    "id" TEXT NOT NULL,
    "wrapping_key_id" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "rewrap_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "secret" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "app_id" TEXT,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "expires_at" TIMESTAMPTZ(3),
    "notice" TEXT,
    "last_used_at" TIMESTAMPTZ(3),
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "secret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "secret_version" (
    "org_id" TEXT NOT NULL,
    "secret_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "ciphertext" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "secret_version_pkey" PRIMARY KEY ("org_id","secret_id","version")
);

-- CreateTable
CREATE TABLE "release_secret" (
    "org_id" TEXT NOT NULL,
    "release_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "secret_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "release_secret_pkey" PRIMARY KEY ("org_id","release_id","name")
);

-- CreateIndex
CREATE INDEX "data_key_owner_idx" ON "data_key"("owner");

-- CreateIndex
CREATE INDEX "data_key_wrapping_key_id_idx" ON "data_key"("wrapping_key_id");

-- CreateIndex
CREATE INDEX "secret_org_id_created_at_id_idx" ON "secret"("org_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "secret_org_id_id_key" ON "secret"("org_id", "id");

-- CreateIndex
CREATE INDEX "secret_version_key_id_idx" ON "secret_version"("key_id");

-- CreateIndex
CREATE INDEX "release_secret_org_id_secret_id_version_idx" ON "release_secret"("org_id", "secret_id", "version");

-- CreateIndex
CREATE INDEX "node_object_key_id_idx" ON "node_object"("key_id");

-- AddForeignKey
ALTER TABLE "node_object" ADD CONSTRAINT "node_object_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "data_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_key" ADD CONSTRAINT "data_key_wrapping_key_id_fkey" FOREIGN KEY ("wrapping_key_id") REFERENCES "wrapping_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "secret" ADD CONSTRAINT "secret_org_id_app_id_fkey" FOREIGN KEY ("org_id", "app_id") REFERENCES "app"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "secret_version" ADD CONSTRAINT "secret_version_org_id_secret_id_fkey" FOREIGN KEY ("org_id", "secret_id") REFERENCES "secret"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "secret_version" ADD CONSTRAINT "secret_version_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "data_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_secret" ADD CONSTRAINT "release_secret_org_id_release_id_fkey" FOREIGN KEY ("org_id", "release_id") REFERENCES "release"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_secret" ADD CONSTRAINT "release_secret_org_id_secret_id_version_fkey" FOREIGN KEY ("org_id", "secret_id", "version") REFERENCES "secret_version"("org_id", "secret_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One key to encrypt with, one live secret of a name.
CREATE UNIQUE INDEX "data_key_newest" ON "data_key" ("owner") WHERE "replaced_at" IS NULL;
CREATE UNIQUE INDEX "secret_name" ON "secret" ("org_id", coalesce("app_id", ''), "name") WHERE "deleted_at" IS NULL;
CREATE INDEX "secret_expires_at_idx" ON "secret" ("expires_at") WHERE "deleted_at" IS NULL AND "expires_at" IS NOT NULL;
ALTER TABLE "secret" ADD CONSTRAINT "secret_notice" CHECK ("notice" IN ('expiring', 'expired'));
-- A text says itself which key it needs; the column is for counting and for the reference.
ALTER TABLE "secret_version" ADD CONSTRAINT "secret_version_envelope" CHECK ("ciphertext" LIKE 'e1.' || "key_id" || '.%');
ALTER TABLE "node_object" ADD CONSTRAINT "node_object_envelope" CHECK ("sealed_secrets" IS NULL OR "sealed_secrets" LIKE 'e1.' || "key_id" || '.%');

SELECT protect_table('wrapping_key', 'none'), protect_table('data_key', 'none'), protect_table('rewrap', 'none'),
       protect_table('secret', 'write'), protect_table('secret_version', 'write'), protect_table('release_secret', 'write');
-- What names no app may be seen by who is restricted to some (they refer to it), never changed. Only jobs delete rows.
DROP POLICY visible_apps ON "secret";
CREATE POLICY visible_apps ON "secret" AS RESTRICTIVE TO shellwego_app
  USING ((SELECT every_app()) OR (app_id IS NULL AND (SELECT coalesce(current_setting('app.app_ids', true), '')) <> '') OR app_id = ANY ((SELECT visible_apps())::text[]))
  WITH CHECK ((SELECT every_app()) OR app_id = ANY ((SELECT visible_apps())::text[]));
CREATE POLICY visible_apps ON "secret_version" AS RESTRICTIVE TO shellwego_app
  USING ((SELECT every_app()) OR EXISTS (SELECT FROM "secret" s WHERE s.org_id = "secret_version".org_id AND s.id = "secret_version".secret_id));
CREATE POLICY visible_apps ON "release_secret" AS RESTRICTIVE TO shellwego_app
  USING ((SELECT every_app()) OR EXISTS (SELECT FROM "release" r WHERE r.org_id = "release_secret".org_id AND r.id = "release_secret".release_id));
REVOKE DELETE ON "secret", "secret_version", "release_secret" FROM shellwego_app;
REVOKE UPDATE ON "secret_version", "release_secret" FROM shellwego_app;
