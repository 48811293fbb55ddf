-- CreateTable
CREATE TABLE "device_authorization" (
    "id" TEXT NOT NULL,
    "device_code_hash" TEXT NOT NULL,
    "user_code_hash" TEXT NOT NULL,
    "brand_id" TEXT NOT NULL,
    "client_name" TEXT NOT NULL,
    "scopes" TEXT[],
    "ip" TEXT,
    "user_agent" TEXT,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "user_id" TEXT,
    "interval_s" INTEGER NOT NULL DEFAULT 5,
    "polled_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "device_authorization_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "device_authorization_device_code_hash_key" ON "device_authorization"("device_code_hash");

-- CreateIndex
CREATE UNIQUE INDEX "device_authorization_user_code_hash_key" ON "device_authorization"("user_code_hash");

-- CreateIndex
CREATE INDEX "device_authorization_expires_at_idx" ON "device_authorization"("expires_at");

-- AddForeignKey
ALTER TABLE "device_authorization" ADD CONSTRAINT "device_authorization_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "device_authorization" ADD CONSTRAINT "device_authorization_state" CHECK ("state" IN ('pending', 'approved', 'denied', 'used')),
  ADD CONSTRAINT "device_authorization_decided" CHECK (("state" = 'pending') = ("user_id" IS NULL));
SELECT protect_table('device_authorization', 'none');
