-- CreateTable
CREATE TABLE "organization_deletion" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "delete_after" TIMESTAMPTZ(3) NOT NULL,
    "stopped_app_ids" TEXT[],
    "undone_by" TEXT,
    "undone_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "organization_deletion_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "organization_deletion_delete_after_idx" ON "organization_deletion"("delete_after");

-- CreateIndex
CREATE UNIQUE INDEX "organization_deletion_org_id_id_key" ON "organization_deletion"("org_id", "id");

-- AddForeignKey
ALTER TABLE "organization_deletion" ADD CONSTRAINT "organization_deletion_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT protect_table('organization_deletion', 'write');

-- One deletion at a time can still be undone.
CREATE UNIQUE INDEX "organization_deletion_open" ON "organization_deletion" ("org_id") WHERE "undone_at" IS NULL AND "completed_at" IS NULL;
CREATE INDEX "organization_delete_after" ON "organization" ("delete_after") WHERE "delete_after" IS NOT NULL AND "deleted_at" IS NULL;
CREATE INDEX "app_org_live" ON "app" ("org_id") WHERE "deleted_at" IS NULL;
ALTER TABLE "organization" ADD CONSTRAINT "organization_audit_retention" CHECK ("audit_retention_days" BETWEEN 30 AND 3650);
