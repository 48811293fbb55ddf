import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { SystemDb } from '../../../core/db.ts'
import { runtime } from '../../../core/runtime.ts'
import { createFakeClearance, createFakeVatChecker } from '../../../adapters/tax/fake-tax-authorities.ts'
import { makeUser } from '../../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import { setClearanceProvider } from '../clearance/ports.ts'
import { printable, renderStored } from '../documents/documents.ts'
import { getEntity, updateEntity } from '../entities/entity-operations.ts'
import { createInvoice } from '../invoices/create-invoice.ts'
import { findViolations } from '../ledger/check-invariants.ts'
import { closeDuePeriods } from '../periods/close-due-periods.ts'
import { closePeriodsOf } from '../periods/close-period.ts'
import { invoicesOf, makeCustomer, retireCustomers, setPlainMail } from '../testing/books.ts'
import { setVatChecker } from './ports.ts'
import { getOrgTaxProfile, getTaxProfile, setOrgTaxProfile, setTaxProfile } from './profile-operations.ts'
import { addTaxRate, applyPreset, endTaxRate, listTaxRates } from './rate-operations.ts'
import { taxAffected } from './tax-affected.ts'

vi.setConfig({ testTimeout: 60_000 })
withRuntime()
beforeAll(() => {
  setPlainMail()
  setVatChecker(createFakeVatChecker())
})
beforeEach(async () => {
  await retireCustomers()
  await runtime().databases.systemPool.query('DELETE FROM tax_rate')
})

const at = (text: string): Date => new Date(text)
const asSystem = <T>(run: (db: SystemDb) => Promise<T>): Promise<T> => runtime().databases.asSystem('job', run)
const moveTo = (orgId: string, country: string) => asSystem((db) => db.organization.update({ where: { id: orgId }, data: { country } }))
const sellFrom = (brandId: string, country: string, taxRate: string) => asSystem((db) => db.brand.update({ where: { id: brandId }, data: { country,
  taxRate } }))
interface Taxed { taxes: { category: string; rate: string; amount: number; wording: string | null }[] }
const snapshot = async (orgId: string): Promise<Taxed[]> => (await invoicesOf(orgId)).map((row) => row.snapshot as unknown as Taxed)

test('a business of another member state: the invoice waits for the register, then carries reverse charge', async () => {
  const owner = await makeCustomer({ joinedAt: at('2051-01-01T00:00:00Z') })
  const { id } = owner.organization
  await sellFrom(owner.brand.id, 'DE', '0.19')
  await moveTo(id, 'FR')
  const { etag } = await owner.call(getTaxProfile, {})
  const save = (tax_id: string, ifMatch = etag) => owner.call(setTaxProfile, { business: true, tax_id }, { precondition: { ifMatch: `"${ifMatch}"` } })
  await expect(save('DE12')).rejects.toMatchObject({ errors: [{ pointer: '/tax_id', code: 'malformed' }] })
  expect(await save('FR 12 345678901')).toMatchObject({ tax_id: 'FR12345678901', vat_status: 'pending' })
  await expect(save('FR12345678902')).rejects.toMatchObject({ code: 'precondition_failed' })
  await closeDuePeriods(at('2051-02-01T00:00:00Z'))
  expect(await invoicesOf(id)).toMatchObject([{ state: 'draft', heldFor: 'tax_check', number: null }])
  await expect((await makeUser({ staff: true })).call(createInvoice, { organization_id: id, lines: [{ description: 'Work', unit_amount: '1' }] })).rejects.toMatchObject({ code: 'state_conflict' })
  await drainJobs()
  expect(await owner.call(getTaxProfile, {})).toMatchObject({ vat_status: 'valid' })
  await closeDuePeriods(at('2051-02-01T00:01:00Z'))
  expect(await invoicesOf(id)).toMatchObject([{ state: 'finalised', total: 200n, tax: 0n }])
  expect(await snapshot(id)).toMatchObject([{ taxes: [{ category: 'AE', rate: '0', wording: expect.stringContaining('Article 196') as string }] }])
  await sellFrom(owner.brand.id, 'NG', '0')
})

test('a number the register does not know is charged like a person; a register that does not answer leaves the draft waiting', async () => {
  const owner = await makeCustomer({ joinedAt: at('2052-01-01T00:00:00Z') })
  const { id } = owner.organization
  await sellFrom(owner.brand.id, 'DE', '0.19')
  await moveTo(id, 'FR')
  const save = async (tax_id: string) => owner.call(setTaxProfile, { business: true, tax_id }, { precondition: { ifMatch: `"${(await owner.call(getTaxProfile, {})).etag}"` } })
  await save('FR12345678999')
  await drainJobs()
  await closeDuePeriods(at('2052-02-01T00:00:00Z'))
  expect(await invoicesOf(id)).toMatchObject([{ state: 'draft', heldFor: 'tax_check' }])
  await save('FR12345678900')
  await drainJobs()
  await closeDuePeriods(at('2052-02-01T00:10:00Z'))
  expect(await invoicesOf(id)).toMatchObject([{ state: 'finalised', tax: 38n, total: 238n }])
  await sellFrom(owner.brand.id, 'NG', '0')
  expect(await runtime().databases.asSystem('staff', findViolations)).toEqual([])
})

test('rates: presets with their dates, no overlap, an end, inclusive prices, and who is affected', async () => {
  const [owner, staff] = [await makeCustomer({ joinedAt: at('2053-01-01T00:00:00Z') }), await makeUser({ staff: true })]
  const [{ id }, brandId] = [owner.organization, owner.brand.id]
  await staff.call(applyPreset, { brand_id: brandId, country: 'KE' })
  await staff.call(applyPreset, { brand_id: brandId, country: 'KE' })
  expect((await staff.call(listTaxRates, { brand_id: brandId })).data.map((r) => [r.rate, r.active_from, r.active_to])).toEqual([['0.16', '2021-01-01', null], ['0.14', '2020-04-01', '2021-01-01']])
  const rate = { brand_id: brandId, country: 'NG', name: 'VAT', rate: '0.075', inclusive: true, active_from: '2020-02-01' }
  const first = await staff.call(addTaxRate, rate)
  await expect(staff.call(addTaxRate, { ...rate, rate: '0.1', active_from: '2053-03-01' })).rejects.toMatchObject({ errors: [{ pointer: '/active_from', code: 'overlaps' }] })
  await expect(staff.call(addTaxRate, { ...rate, rate: '1.5' })).rejects.toMatchObject({ code: 'invalid_request' })
  await staff.call(addTaxRate, { ...rate, rate: '0.1', inclusive: false, active_from: '2053-02-15', ends_present: true })
  await expect(staff.call(endTaxRate, { tax_rate_id: first.id, active_to: null }, { precondition: { ifMatch: '*' } })).rejects.toMatchObject({ errors: [{ pointer: '/active_to', code: 'overlaps' }] })
  await closeDuePeriods(at('2053-03-01T00:00:00Z'))
  expect((await invoicesOf(id)).map(({ subtotal, tax, total }) => [subtotal, tax, total])).toEqual([[186n, 14n, 200n], [200n, 20n, 220n]])
  const mine = (await staff.call(taxAffected, { brand_id: brandId })).data.find(({ examples }) => examples.some((org) => org.id === id))
  expect(mine).toMatchObject({ country: 'NG', category: 'S', rate: '0.075' })
  await expect(runtime().databases.systemPool.query('UPDATE tax_rate SET rate = \'0\'')).rejects.toThrow(/only be ended/)
})

test('an exemption is the seller\'s to grant, with its evidence, and ends with its day', async () => {
  const [owner, staff] = [await makeCustomer({ joinedAt: at('2054-01-01T00:00:00Z') }), await makeUser({ staff: true })]
  const { id } = owner.organization
  await sellFrom(owner.brand.id, 'NG', '0.075')
  const grant = async (input: object) => staff.call(setOrgTaxProfile, { organization_id: id, exempt: true, ...input }, { precondition: { ifMatch: `"${(await staff.call(getOrgTaxProfile, { organization_id: id })).etag}"` } })
  await expect(grant({})).rejects.toMatchObject({ errors: [{ pointer: '/exempt_evidence', code: 'required' }] })
  await expect(grant({ exempt_evidence: 'x', legal_entity_id: 'ent_nobody' })).rejects.toMatchObject({ errors: [{ pointer: '/legal_entity_id' }] })
  await grant({ exempt_evidence: 'Certificate 77', exempt_until: '2054-02-10' })
  await expect(owner.call(setOrgTaxProfile, { organization_id: id, exempt: true })).rejects.toMatchObject({ code: 'forbidden' })
  await closeDuePeriods(at('2054-03-01T00:00:00Z'))
  expect((await snapshot(id)).map(({ taxes }) => taxes.map((tax) => [tax.category, tax.amount, tax.wording]))).toEqual([[['E', 0, 'Exempt from VAT: Certificate 77']], [['S', 15, null]]])
  await sellFrom(owner.brand.id, 'NG', '0')
})

test('clearance: reference number, stamp and code join the document; the mail waits for them; a cleared document never changes', async () => {
  const [owner, staff] = [await makeCustomer({ joinedAt: at('2055-01-01T00:00:00Z') }), await makeUser({ staff: true })]
  const { id } = owner.organization
  const entityId = await asSystem(async (db) => (await db.legalEntity.findFirstOrThrow({ where: { brandId: owner.brand.id, isDefault: true } })).id)
  const connect = async (clearance_service_id: string | null) => {
    const { etag, ...entity } = await staff.call(getEntity, { legal_entity_id: entityId })
    const { name, address, country, region, tax_id, registration_no, bank_details, default: isDefault } = entity
    return staff.call(updateEntity, { legal_entity_id: entityId, name, address, country, region, tax_id, registration_no, bank_details,
      clearance_service_id, default: isDefault, archived: false },
      { precondition: { ifMatch: `"${etag}"` } })
  }
  setClearanceProvider(null)
  await expect(connect('94ND90NR')).rejects.toMatchObject({ errors: [{ pointer: '/clearance_service_id', code: 'not_available' }] })
  setClearanceProvider(createFakeClearance())
  await connect('94ND90NR')
  await closePeriodsOf([id], at('2055-02-01T00:00:00Z'))
  const [row] = await invoicesOf(id)
  if (!row) throw new Error('no invoice')
  const clearance = () => asSystem((db) => db.invoiceClearance.findUniqueOrThrow({ where: { documentId: row.id } }))
  expect(await clearance()).toMatchObject({ state: 'pending', irn: 'SWG2055000001-94ND90NR-20550201' })
  const early = await asSystem((db) => printable(db, row, 'invoice'))
  expect(early.sealed).toBe(false)
  await renderStored(early)
  await drainJobs()
  const cleared = await clearance()
  expect(cleared).toMatchObject({ state: 'cleared', csid: expect.any(String) as string, qr: expect.stringContaining('irn=SWG2055000001') as string })
  const document = await asSystem(async (db) => printable(db, await db.invoice.findUniqueOrThrow({ where: { id: row.id } }), 'invoice'))
  expect(document).toMatchObject({ sealed: true, pdfSha256: null, snapshot: { clearance: { irn: cleared.irn, csid: cleared.csid } } })
  const [one, two] = [await renderStored(document), await renderStored(document)]
  expect(one.equals(two)).toBe(true)
  expect(await asSystem((db) => db.mail.count({ where: { dedupeKey: `invoice-finalised:${row.id}` } }))).toBe(1)
  await expect(runtime().databases.systemPool.query('UPDATE invoice_clearance SET csid = \'x\' WHERE document_id = $1', [row.id])).rejects.toThrow(/cleared/)
  await staff.call(createInvoice, { organization_id: id, note: 'refuse clearance', lines: [{ description: 'Work', unit_amount: '9' }] })
  await drainJobs()
  expect(await asSystem((db) => db.invoiceClearance.findMany({ where: { orgId: id, state: 'rejected' } }))).toHaveLength(1)
  await connect(null)
})
