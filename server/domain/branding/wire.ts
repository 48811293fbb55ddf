import type { Brand } from '../../contract/brand.ts'
import { versionOf } from '../../core/etag.ts'
import { toInstant } from '../../contract/time.ts'

interface Row {
  id: string; parentId: string | null; name: string; accent: string; logoUrl: string | null; supportEmail: string; legalName: string
  legalAddress: string; country: string; taxId: string | null; taxRate: string; taxLabel: string; invoicePrefix: string; defaultCurrency: string
  createdAt: Date; hosts: { hostname: string }[]; _count: { orgs: number }
}

export const WITH_HOSTS = { hosts: true, _count: { select: { orgs: true } } } as const

/** Of what an operator may change; how many organizations there are is no part of it. */
export const brandVersion = ({ organizations: _, ...spec }: Brand): string => versionOf(spec)

export const toBrand = (b: Row): Brand => ({
  id: b.id, name: b.name, accent: b.accent, logo_url: b.logoUrl, support_email: b.supportEmail, hostnames: b.hosts.map((h) => h.hostname),
  legal_name: b.legalName, legal_address: b.legalAddress, country: b.country, tax_id: b.taxId, tax_rate: b.taxRate, tax_label: b.taxLabel,
  invoice_prefix: b.invoicePrefix, default_currency: b.defaultCurrency, platform: b.parentId === null, organizations: b._count.orgs,
  created_at: toInstant(b.createdAt),
})
