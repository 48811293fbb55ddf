import { versionOf } from '../../core/etag.ts'
import { STANDINGS } from '../../contract/dunning.ts'
import type { Standing } from '../../contract/permission.ts'
import type { Organization } from '../../contract/organization.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'

interface Row { id: string; name: string; slug: string; currency: string; timezone: string; country: string; billingEmail: string;
  billingAddress: string; regions: string[]; mfaRequired: boolean; auditRetentionDays: number; deleteAfter: Date | null;
  standing: string; createdAt: Date }

export const toOrganization = (o: Row, standing: Standing): Organization => ({
  id: o.id, name: o.name, slug: o.slug, currency: o.currency, timezone: o.timezone, country: o.country, billing_email: o.billingEmail,
  billing_address: o.billingAddress, settings: { regions: o.regions, mfa_required: o.mfaRequired, audit_retention_days: o.auditRetentionDays },
  delete_after: toInstantOrNull(o.deleteAfter), payment_standing: STANDINGS.find((one) => one === o.standing) ?? 'good', ...standing, created_at: toInstant(o.createdAt), etag: versionOfRow(o),
})

/** Of what PATCH changes. */
const versionOfRow = (o: Row): string =>
  versionOf([o.name, o.billingEmail, o.billingAddress, o.timezone, o.country, o.regions, o.mfaRequired, o.auditRetentionDays])
