-- What is history is not deleted by tenants; an endpoint takes its deliveries with it by its foreign key.
REVOKE DELETE ON "organization_deletion", "webhook_delivery" FROM shellwego_app;
