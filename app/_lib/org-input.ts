/** Input of an operation that needs nothing but the organization: its own schema is empty, so the router's type cannot say this. */
export const orgOnly = (organizationId: string): Record<string, never> & { organization_id?: string } =>
  ({ organization_id: organizationId }) as unknown as Record<string, never>
