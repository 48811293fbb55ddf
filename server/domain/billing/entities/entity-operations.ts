import { z } from 'zod'
import type { LegalEntity as EntityRow } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { violatedUnique } from '../../../core/db.ts'
import { DomainError, notFound, ruleViolated } from '../../../core/error.ts'
import { etagOf, versionOf } from '../../../core/etag.ts'
import { newId } from '../../../core/id.ts'
import { command, query } from '../../../core/operation.ts'
import { entityFields, EntityPrefix, LegalEntity } from '../../../contract/invoice.ts'
import { toInstantOrNull } from '../../../contract/time.ts'
import { clearanceProvider } from '../clearance/ports.ts'
import { plainTaxId, taxIdFault } from '../taxes/tax-id.ts'

const wire = (row: EntityRow, organizations: number): LegalEntity => {
  const own = {
    id: row.id, brand_id: row.brandId, name: row.name, address: row.address, country: row.country, region: row.region, tax_id: row.taxId,
      registration_no: row.registrationNo,
    prefix: row.prefix, bank_details: row.bankDetails, default: row.isDefault, clearance_service_id: row.clearanceServiceId,
      archived_at: toInstantOrNull(row.archivedAt),
  }
  return { ...own, organizations, etag: versionOf(own) }
}

const toEntity = async (db: SystemDb, row: EntityRow): Promise<LegalEntity> => wire(row, await db.orgTaxProfile.count({ where: { entityId: row.id } }))

interface Checked { country: string; tax_id: string | null; clearance_service_id: string | null }
const check = ({ country, tax_id: taxId, clearance_service_id: serviceId }: Checked): void => {
  const fault = taxId === null ? null : taxIdFault(country, taxId)
  if (fault) throw ruleViolated('/tax_id', 'malformed', fault)
  if (serviceId !== null && country !== 'NG') throw ruleViolated('/clearance_service_id', 'not_available', 'Clearance is connected for Nigeria only.')
  if (serviceId !== null && !clearanceProvider()) throw ruleViolated('/clearance_service_id', 'not_available', 'No tax authority is connected to this installation.')
}

export const listEntities = query({
  name: 'admin.legal_entities', summary: 'Who issues invoices: the sellers of each brand', scope: 'staff',
  input: z.strictObject({ brand_id: z.string().max(60).optional() }), output: z.object({ data: z.array(LegalEntity) }),
  rest: { method: 'GET', path: '/admin/legal-entities', tag: 'Billing' },
  run: async ({ db }, { brand_id: brandId }) => {
    const rows = await db.legalEntity.findMany({ where: brandId ? { brandId } : {}, orderBy: [{ brandId: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }] })
    const counts = new Map((await db.orgTaxProfile.groupBy({ by: ['entityId'], _count: true })).map((group) => [group.entityId, group._count]))
    return { data: rows.map((row) => wire(row, counts.get(row.id) ?? 0)) }
  },
})

export const createEntity = command({
  name: 'admin.create_legal_entity', summary: 'Add a seller with series of its own', scope: 'staff',
  input: z.strictObject({
    brand_id: z.string().max(60), prefix: EntityPrefix, name: entityFields.name, country: entityFields.country, address: entityFields.address.default(''), region: entityFields.region.default(''),
    tax_id: entityFields.tax_id.default(null), registration_no: entityFields.registration_no.default(null), bank_details: entityFields.bank_details.default(''),
    clearance_service_id: entityFields.clearance_service_id.default(null),
  }),
  output: LegalEntity, rest: { method: 'POST', path: '/admin/legal-entities', status: 201, tag: 'Billing' },
  run: async (ctx, input) => {
    check(input)
    if (!await ctx.db.brand.findUnique({ where: { id: input.brand_id } })) throw notFound('brand')
    if (await ctx.db.legalEntity.findUnique({ where: { prefix: input.prefix } })) throw ruleViolated('/prefix', 'taken', 'Another seller numbers its invoices with this prefix.')
    const row = await ctx.db.legalEntity.create({ data: { id: newId('legalEntity'), brandId: input.brand_id, prefix: input.prefix, ...columnsOf(input) } })
      .catch((error: unknown) => { throw violatedUnique(error) === null ? error : ruleViolated('/prefix', 'taken', 'Another seller numbers its invoices with this prefix.') })
    await ctx.emit('legal_entity.created', { type: 'legal_entity', id: row.id }, { brand_id: row.brandId, prefix: row.prefix })
    return toEntity(ctx.db, row)
  },
})

type Fields = z.output<z.ZodObject<typeof entityFields>>
const columnsOf = (input: Fields) => ({
  name: input.name, address: input.address, country: input.country, region: input.region, taxId: input.tax_id === null ? null : plainTaxId(input.tax_id),
  registrationNo: input.registration_no, bankDetails: input.bank_details, clearanceServiceId: input.clearance_service_id,
})

/** The brand's own seller says what the brand says; both are changed. */
const followBrand = async (db: SystemDb, row: EntityRow): Promise<void> => {
  if (row.id.slice('ent_'.length) !== row.brandId.split('_')[1]) return
  await db.brand.update({ where: { id: row.brandId }, data: { legalName: row.name, legalAddress: row.address, country: row.country, taxId: row.taxId } })
}

export const updateEntity = command({
  name: 'admin.update_legal_entity', summary: 'Change what a seller\'s next invoices say, make it the default of its brand, or archive it', scope: 'staff',
  input: z.strictObject({ legal_entity_id: z.string().max(60), ...entityFields, default: z.boolean(), archived: z.boolean() }),
  output: LegalEntity, rest: { method: 'PUT', path: '/admin/legal-entities/{legal_entity_id}', tag: 'Billing' }, ifMatch: true, etag: etagOf,
  run: async (ctx, { legal_entity_id: id, default: isDefault, archived, ...input }) => {
    const { brandId } = await ctx.db.legalEntity.findUnique({ where: { id } }) ?? {}
    if (brandId === undefined) throw notFound('legal entity')
    await ctx.db.$queryRaw`SELECT id FROM legal_entity WHERE brand_id = ${brandId} ORDER BY id FOR UPDATE`
    const row = await ctx.db.legalEntity.findUniqueOrThrow({ where: { id } })
    ctx.expectVersion((await toEntity(ctx.db, row)).etag)
    check(input)
    if (row.isDefault && !isDefault) throw ruleViolated('/default', 'default_needed', 'Make another seller the default instead.')
    if (archived && isDefault) throw new DomainError('state_conflict', 'The default seller cannot be archived.')
    if (isDefault && !row.isDefault) await ctx.db.legalEntity.updateMany({ where: { brandId, isDefault: true }, data: { isDefault: false } })
    const changed = await ctx.db.legalEntity.update({ where: { id }, data: { ...columnsOf(input), isDefault,
      archivedAt: archived ? row.archivedAt ?? ctx.now : null } })
    await followBrand(ctx.db, changed)
    await ctx.emit('legal_entity.updated', { type: 'legal_entity', id }, { brand_id: brandId })
    return toEntity(ctx.db, await ctx.db.legalEntity.findUniqueOrThrow({ where: { id } }))
  },
})

export const getEntity = query({
  name: 'admin.legal_entity', summary: 'One seller', scope: 'staff', input: z.strictObject({ legal_entity_id: z.string().max(60) }), output: LegalEntity,
  rest: { method: 'GET', path: '/admin/legal-entities/{legal_entity_id}', tag: 'Billing' }, etag: etagOf,
  run: async ({ db }, { legal_entity_id: id }) => {
    const row = await db.legalEntity.findUnique({ where: { id } })
    if (!row) throw notFound('legal entity')
    return toEntity(db, row)
  },
})
