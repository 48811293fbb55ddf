import type { Role } from '../../contract/permission.ts'
import type { Organization } from '../../contract/organization.ts'
import { toInstant } from '../../contract/time.ts'

interface Row { id: string; name: string; slug: string; currency: string; timezone: string; country: string; billingEmail: string;
  billingAddress: string; createdAt: Date }

export const toOrganization = (o: Row, role: Role): Organization => ({
  id: o.id, name: o.name, slug: o.slug, currency: o.currency, timezone: o.timezone, country: o.country, billing_email: o.billingEmail,
  billing_address: o.billingAddress, role, created_at: toInstant(o.createdAt),
})
