-- CreateTable
CREATE TABLE "app_network" (
    "app_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "restricted" BOOLEAN NOT NULL DEFAULT false,
    "rules" JSONB NOT NULL DEFAULT '[]',
    "bandwidth_mbit" INTEGER,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_network_pkey" PRIMARY KEY ("app_id"),
    CONSTRAINT "app_network_bandwidth" CHECK ("bandwidth_mbit" >= 1)
);

-- CreateIndex
CREATE UNIQUE INDEX "app_network_org_id_app_id_key" ON "app_network"("org_id", "app_id");

-- AddForeignKey
ALTER TABLE "app_network" ADD CONSTRAINT "app_network_org_id_app_id_fkey" FOREIGN KEY ("org_id", "app_id") REFERENCES "app"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

SELECT protect_table('app_network', 'write');
