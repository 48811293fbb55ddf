import { runtime } from '../core/runtime.ts'
import { addItem, createEntity, issueCreditNote, listTaxRates, applyPreset, requestAdjustment, setTaxProfile } from '../domain/billing/index.ts'
import { makeUser, type Caller } from './actors.ts'

let made = 0

/** What hangs on an invoice, and what the next one will say. */
export const makeBilling = async (owner: Caller, orgId: string, invoiceId: string, marker: string) => {
  made += 1
  const staff = await makeUser({ staff: true })
  const note = await staff.call(issueCreditNote, { invoice_id: invoiceId, lines: [{ line: 1, amount: 1 }], settlement: 'receivable', reason: marker })
  const item = await staff.call(addItem, { organization_id: orgId, description: marker, unit_amount: '1' })
  const adjustment = await staff.call(requestAdjustment, { organization_id: orgId, amount: 1, currency: 'USD', description: marker, reason: marker })
  const entity = await staff.call(createEntity, { brand_id: owner.brand.id, prefix: `EST${made}`, name: marker, country: 'NG' })
  await staff.call(applyPreset, { brand_id: owner.brand.id, country: 'GH' })
  const rate = (await staff.call(listTaxRates, { brand_id: owner.brand.id })).data[0]
  await owner.call(setTaxProfile, { business: true, tax_id: '01234567-0001', region: marker.slice(0, 60) })
  await runtime().databases.asSystem('job', (db) => db.invoiceClearance.create({ data: { documentId: note.id, orgId, kind: 'credit_note', irn: marker, state: 'pending', detail: marker } }))
  return { credit_note_id: note.id, invoice_item_id: item.id, adjustment_id: adjustment.id, legal_entity_id: entity.id, tax_rate_id: rate?.id ?? '' }
}
