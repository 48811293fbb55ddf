import { z } from 'zod'
import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { notFound, ruleViolated } from '../../../core/error.ts'
import { etagOf, versionOf } from '../../../core/etag.ts'
import { command, query } from '../../../core/operation.ts'
import { LocalDate } from '../../../contract/invoice.ts'
import { LOCALES, TaxProfile, taxProfileFields } from '../../../contract/tax.ts'
import { toInstantOrNull } from '../../../contract/time.ts'
import { checkVat } from './check-vat.ts'
import { isEu } from './tax-for.ts'
import { plainTaxId, taxIdFault } from './tax-id.ts'
import { vatStatusOf } from './tax-profile.ts'

const readProfile = async (db: SystemDb | TenantDb, orgId: string): Promise<TaxProfile> => {
  const org = await db.organization.findUnique({ where: { id: orgId }, select: { country: true } })
  if (!org) throw notFound('organization')
  const row = await db.orgTaxProfile.findUnique({ where: { orgId } })
  const changeable = {
    business: row?.business ?? false, tax_id: row?.taxId ?? null, region: row?.region ?? '', document_language: LOCALES.find((locale) => locale === row?.locale) ?? null,
    exempt: row?.exempt ?? false, exempt_until: row?.exemptUntil ?? null, exempt_evidence: row?.exemptEvidence ?? null,
  }
  return {
    ...changeable, country: org.country, vat_status: vatStatusOf(row), vat_checked_at: toInstantOrNull(row?.vatCheckedAt ?? null),
    etag: versionOf({ ...changeable, entity: row?.entityId ?? null }),
  }
}

const route = { path: '/billing/tax-profile', tag: 'Billing' }

export const getTaxProfile = query({
  name: 'billing.tax_profile', summary: 'What the organization is for the tax authority', scope: 'org', permission: 'billing:read',
  input: z.strictObject({}), output: TaxProfile, rest: { method: 'GET', ...route }, etag: etagOf,
  run: ({ db, orgId }) => readProfile(db, orgId),
})

export const setTaxProfile = command({
  name: 'billing.set_tax_profile', summary: 'Say what the organization is for the tax authority. A VAT number of the EU is checked in its register; invoices wait for the answer',
  scope: 'org', permission: 'billing:write',
  input: z.strictObject(taxProfileFields), output: TaxProfile, rest: { method: 'PUT', ...route }, ifMatch: true, etag: etagOf,
  run: async (ctx, input) => {
    const { db, orgId, now } = ctx
    await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`tax-profile:${orgId}`}))`
    const present = await readProfile(db, orgId)
    ctx.expectVersion(present.etag)
    const fault = input.tax_id === null ? null : taxIdFault(present.country, input.tax_id)
    if (fault) throw ruleViolated('/tax_id', 'malformed', fault)
    if (input.business && input.tax_id === null) throw ruleViolated('/tax_id', 'required', 'A business gives its tax number.')
    const taxId = input.tax_id === null ? null : plainTaxId(input.tax_id)
    const asks = input.business && taxId !== null && isEu(present.country)
    const keeps = asks && present.business && present.tax_id === taxId && present.vat_status !== 'none'
    const status = asks ? (keeps ? present.vat_status : 'pending') : 'none'
    await db.$executeRaw`
      INSERT INTO org_tax_profile AS p (org_id, business, tax_id, region, locale, vat_status, updated_at)
      VALUES (${orgId}, ${input.business}, ${taxId}, ${input.region}, ${input.document_language}, ${status}, ${now}::timestamptz)
      ON CONFLICT (org_id) DO UPDATE SET business = EXCLUDED.business, tax_id = EXCLUDED.tax_id, region = EXCLUDED.region, locale = EXCLUDED.locale,
        vat_status = EXCLUDED.vat_status, updated_at = EXCLUDED.updated_at,
        vat_checked_at = CASE WHEN ${keeps} THEN p.vat_checked_at END, vat_reference = CASE WHEN ${keeps} THEN p.vat_reference END`
    if (asks && !keeps) await ctx.enqueue(checkVat, { org_id: orgId, tax_id: taxId })
    await ctx.emit('tax_profile.changed', { type: 'organization', id: orgId }, { business: input.business, vat_status: status })
    return readProfile(db, orgId)
  },
})

const StaffProfile = TaxProfile.extend({ organization_id: z.string(), legal_entity_id: z.string().nullable().describe('The seller that invoices it; null = the brand\'s default') })
const staffRoute = { path: '/admin/organizations/{organization_id}/tax-profile', tag: 'Billing' }

const readStaff = async (db: SystemDb, id: string): Promise<z.output<typeof StaffProfile>> => {
  const row = await db.orgTaxProfile.findUnique({ where: { orgId: id }, select: { entityId: true } })
  return { ...await readProfile(db, id), organization_id: id, legal_entity_id: row?.entityId ?? null }
}

export const getOrgTaxProfile = query({
  name: 'admin.org_tax_profile', summary: 'A customer\'s tax profile, and who invoices it', scope: 'staff',
  input: z.strictObject({ organization_id: z.string().max(60) }), output: StaffProfile, rest: { method: 'GET', ...staffRoute }, etag: etagOf,
  run: ({ db }, { organization_id: id }) => readStaff(db, id),
})

export const setOrgTaxProfile = command({
  name: 'admin.set_org_tax_profile', summary: 'Grant or end a customer\'s exemption from tax, with its evidence, and say which seller invoices it', scope: 'staff',
  input: z.strictObject({
    organization_id: z.string().max(60), exempt: z.boolean(), exempt_until: LocalDate.nullable().default(null),
      exempt_evidence: z.string().trim().max(300).nullable().default(null),
    legal_entity_id: z.string().max(60).nullable().default(null),
  }),
  output: StaffProfile, rest: { method: 'PUT', ...staffRoute }, ifMatch: true, etag: etagOf,
  run: async (ctx, { organization_id: orgId, exempt, ...input }) => {
    const org = await ctx.db.organization.findUnique({ where: { id: orgId } })
    if (!org) throw notFound('organization')
    await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`tax-profile:${orgId}`}))`
    ctx.expectVersion((await readStaff(ctx.db, orgId)).etag)
    if (exempt && !input.exempt_evidence) throw ruleViolated('/exempt_evidence', 'required', 'Say which certificate or law the exemption rests on. Invoices quote it.')
    const entity = input.legal_entity_id === null ? null : await ctx.db.legalEntity.findFirst({ where: { id: input.legal_entity_id,
      brandId: org.brandId, archivedAt: null } })
    if (input.legal_entity_id !== null && !entity) throw ruleViolated('/legal_entity_id', 'unknown', 'This customer\'s brand has no such seller.')
    const data = { exempt, exemptUntil: exempt ? input.exempt_until : null, exemptEvidence: exempt ? input.exempt_evidence : null,
      entityId: input.legal_entity_id }
    await ctx.db.orgTaxProfile.upsert({ where: { orgId }, create: { orgId, ...data }, update: data })
    await ctx.emit('tax_profile.changed', { type: 'organization', id: orgId }, { exempt }, orgId)
    return readStaff(ctx.db, orgId)
  },
})
