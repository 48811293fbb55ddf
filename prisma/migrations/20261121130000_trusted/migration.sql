ALTER TABLE "organization" ADD COLUMN "trusted" BOOLEAN NOT NULL DEFAULT false;

-- What an organization may change about itself; quotas, trust, brand and network are the operator's.
REVOKE UPDATE ON "organization" FROM shellwego_app;
GRANT UPDATE ("name", "billing_email", "billing_address", "timezone", "country", "regions", "mfa_required", "audit_retention_days", "delete_after")
  ON "organization" TO shellwego_app;
