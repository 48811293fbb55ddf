import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { SystemDb } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import { makeUser } from '../../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import { decideAdjustment, listAdjustments, requestAdjustment } from '../adjustments/adjustment-operations.ts'
import { grantCredits } from '../credits/operations.ts'
import { getSettings, setSettings } from '../entities/settings-operations.ts'
import { addInvoiceItem } from '../items/add-invoice-item.ts'
import { addItem, removeItem } from '../items/item-operations.ts'
import { findViolations } from '../ledger/check-invariants.ts'
import { closeDuePeriods } from '../periods/close-due-periods.ts'
import { closePeriodsOf } from '../periods/close-period.ts'
import { setGatewayMinimum } from '../periods/gateway-minimum.ts'
import { getStatement } from '../statement/read-statement.ts'
import { addSegment, invoicesOf, makeCustomer, retireCustomers, setPlainMail } from '../testing/books.ts'
import { createInvoice } from './create-invoice.ts'
import { issueCreditNote, previewCreditNote } from './credit-notes/issue-credit-note.ts'
import { finaliseInvoice, voidInvoice, writeOffInvoice } from './end-invoice.ts'
import { issueSale } from './issue-sale.ts'
import { previewInvoice } from './preview-invoice.ts'

vi.setConfig({ testTimeout: 60_000 })
withRuntime()
beforeAll(setPlainMail)
beforeEach(retireCustomers)

const at = (text: string): Date => new Date(text)
const asSystem = <T>(run: (db: SystemDb) => Promise<T>): Promise<T> => runtime().databases.asSystem('job', run)
const violations = () => runtime().databases.asSystem('staff', findViolations)
const balance = async (orgId: string, account: string): Promise<bigint> =>
  (await runtime().databases.asSystem('job', (db) => db.ledgerEntry.aggregate({ where: { orgId, account }, _sum: { amount: true } })))._sum.amount ?? 0n
const setBilling = (brandId: string, data: object) => runtime().databases.asSystem('job', (db) => db.billingSettings.upsert({ where: { brandId }, create: { brandId, ...data }, update: data }))
/** One customer with one invoice of USD 2.00 (no tax). */
const invoiced = async (year: number) => {
  const owner = await makeCustomer({ joinedAt: at(`${year}-01-01T00:00:00Z`) })
  await closePeriodsOf([owner.organization.id], at(`${year}-02-01T00:00:00Z`))
  const [invoice] = await invoicesOf(owner.organization.id)
  if (!invoice) throw new Error('no invoice')
  return { owner, orgId: owner.organization.id, invoice }
}

test('a draft waits for late usage and items, then takes its number; before that nothing is claimed', async () => {
  const owner = await makeCustomer({ joinedAt: at('2051-01-01T00:00:00Z') })
  const { id } = owner.organization
  await setBilling(owner.brand.id, { graceMinutes: 60 })
  await closeDuePeriods(at('2051-02-01T00:00:00Z'))
  expect(await invoicesOf(id)).toMatchObject([{ state: 'draft', number: null, total: 200n, finaliseAt: at('2051-02-01T01:00:00Z') }])
  expect(await balance(id, 'receivable')).toBe(0n)
  await addSegment(id, { startedAt: '2051-01-30T00:00:00Z', endedAt: '2051-01-31T00:00:00Z' })
  await asSystem((db) => addInvoiceItem(db, { orgId: id, currency: 'USD', kind: 'one_off', description: 'Advice', amount: 1000n, key: 'advice' }))
  await closeDuePeriods(at('2051-02-01T00:59:59Z'))
  expect((await invoicesOf(id))[0]?.state).toBe('draft')
  await closeDuePeriods(at('2051-02-01T01:00:00Z'))
  const [invoice] = await invoicesOf(id)
  expect(invoice).toMatchObject({ state: 'finalised', number: 'SWG-2051-000001', total: 1213n })
  expect(await balance(id, 'receivable')).toBe(1213n)
  await setBilling(owner.brand.id, { graceMinutes: 0 })
  expect(await violations()).toEqual([])
})

test('staff may issue a draft early, once', async () => {
  const [owner, staff] = [await makeCustomer({ joinedAt: at('2052-01-01T00:00:00Z') }), await makeUser({ staff: true })]
  await setBilling(owner.brand.id, { graceMinutes: 600 })
  await closePeriodsOf([owner.organization.id], at('2052-02-01T00:00:00Z'))
  await setBilling(owner.brand.id, { graceMinutes: 0 })
  const [draft] = await invoicesOf(owner.organization.id)
  expect(await staff.call(finaliseInvoice, { invoice_id: draft?.id ?? '' })).toMatchObject({ status: 'open' })
  await expect(staff.call(finaliseInvoice, { invoice_id: draft?.id ?? '' })).rejects.toMatchObject({ code: 'state_conflict' })
})

test('void reverses the booking to the unit, gives used credit back, and keeps the number', async () => {
  const [owner, staff] = [await makeCustomer({ joinedAt: at('2055-01-01T00:00:00Z') }), await makeUser({ staff: true })]
  const { id } = owner.organization
  await staff.call(grantCredits, { organization_id: id, amount: '0.50', currency: 'USD', reason: 'Sorry' })
  await closePeriodsOf([id], at('2055-02-01T00:00:00Z'))
  const [invoice] = await invoicesOf(id)
  expect(invoice).toMatchObject({ total: 200n, amountPaid: 50n, state: 'finalised' })
  await expect(staff.call(voidInvoice, { invoice_id: invoice?.id ?? '', reason: 'x' })).rejects.toMatchObject({ code: 'invalid_request' })
  expect(await staff.call(voidInvoice, { invoice_id: invoice?.id ?? '', reason: 'Wrong customer' })).toMatchObject({ status: 'void', number: invoice?.number })
  for (const account of ['receivable', 'revenue', 'tax_payable']) expect(await balance(id, account)).toBe(0n)
  expect(await balance(id, 'customer_credit_promotional')).toBe(-50n)
  await expect(staff.call(voidInvoice, { invoice_id: invoice?.id ?? '', reason: 'Again' })).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await violations()).toEqual([])
})

test('a credit note takes back part of a line with its tax, then the rest; each way of settling has its limit', async () => {
  const staff = await makeUser({ staff: true })
  const owner = await makeCustomer({ joinedAt: at('2056-01-01T00:00:00Z') })
  const { id } = owner.organization
  await asSystem((db) => db.brand.update({ where: { id: owner.brand.id }, data: { taxRate: '0.075' } }))
  await closePeriodsOf([id], at('2056-02-01T00:00:00Z'))
  await asSystem((db) => db.brand.update({ where: { id: owner.brand.id }, data: { taxRate: '0' } }))
  const [invoice] = await invoicesOf(id)
  const invoiceId = invoice?.id ?? ''
  expect(invoice).toMatchObject({ subtotal: 200n, tax: 15n, total: 215n })
  const wanted = { invoice_id: invoiceId, lines: [{ line: 1, amount: 70 }] }
  expect(await staff.call(previewCreditNote, wanted)).toMatchObject({ net: { amount: 70 }, tax: { amount: 5 }, total: { amount: 75 }, settlements: [{ settlement: 'receivable', at_most: { amount: 215 } }] })
  await expect(staff.call(issueCreditNote, { ...wanted, settlement: 'refund', reason: 'Outage' })).rejects.toMatchObject({ errors: [{ pointer: '/settlement', code: 'exceeds_settlement' }] })
  await expect(staff.call(issueCreditNote, { invoice_id: invoiceId, lines: [{ line: 1, amount: 201 }], settlement: 'receivable', reason: 'Outage' })).rejects.toMatchObject({ errors: [{ pointer: '/lines/0/amount', code: 'exceeds_line' }] })
  const first = await staff.call(issueCreditNote, { ...wanted, settlement: 'receivable', reason: 'Outage' })
  expect(first).toMatchObject({ number: 'SWG-CN-2026-000001'.replace('2026', first.number.slice(7, 11)), total: { amount: 75 }, taxes: [{ rate: '0.075', amount: { amount: 5 } }] })
  const rest = await staff.call(issueCreditNote, { invoice_id: invoiceId, settlement: 'receivable', reason: 'All of it' })
  expect(rest).toMatchObject({ net: { amount: 130 }, tax: { amount: 10 }, total: { amount: 140 } })
  expect(await invoicesOf(id)).toMatchObject([{ state: 'paid', amountCredited: 215n, amountPaid: 0n }])
  for (const account of ['receivable', 'revenue', 'tax_payable']) expect(await balance(id, account)).toBe(0n)
  await expect(staff.call(issueCreditNote, { invoice_id: invoiceId, settlement: 'receivable', reason: 'More' })).rejects.toMatchObject({ code: 'rule_violated' })
  await expect(runtime().databases.systemPool.query('UPDATE credit_note SET total = 1 WHERE org_id = $1', [id])).rejects.toThrow(/issued/)
  await drainJobs()
  expect(await violations()).toEqual([])
})

test('what was paid may become credit for later invoices', async () => {
  const [{ orgId, invoice }, staff] = [await invoiced(2057), await makeUser({ staff: true })]
  await asSystem(async (db) => {
    await db.invoice.update({ where: { id: invoice.id }, data: { amountPaid: 200n, state: 'paid' } })
    const { postTransaction } = await import('../ledger/post-transaction.ts')
    const { paymentReceived } = await import('../rules/ledger.ts')
    const attemptId = newId('payment')
    await db.paymentAttempt.create({ data: { id: attemptId, orgId, invoiceId: invoice.id, provider: 'stripe', amount: 200n, currency: 'USD', state: 'succeeded' } })
    await postTransaction(db, { brandId: invoice.brandId, orgId, at: at('2057-02-02T00:00:00Z') }, paymentReceived({ attemptId, provider: 'stripe', currency: 'USD', amount: 200n, due: 200n }))
  })
  await expect(staff.call(voidInvoice, { invoice_id: invoice.id, reason: 'Mistake' })).rejects.toMatchObject({ code: 'state_conflict' })
  await staff.call(issueCreditNote, { invoice_id: invoice.id, lines: [{ line: 1, amount: 120 }], settlement: 'credit', reason: 'Outage' })
  await expect(staff.call(issueCreditNote, { invoice_id: invoice.id, lines: [{ line: 1, amount: 81 }], settlement: 'refund', reason: 'Outage' })).rejects.toMatchObject({ code: 'rule_violated' })
  await staff.call(issueCreditNote, { invoice_id: invoice.id, lines: [{ line: 1, amount: 80 }], settlement: 'refund', reason: 'Outage' })
  expect(await balance(orgId, 'customer_credit_paid')).toBe(-120n)
  expect(await balance(orgId, 'refunds')).toBe(-80n)
  await closePeriodsOf([orgId], at('2057-03-01T00:00:00Z'))
  expect((await invoicesOf(orgId))[1]).toMatchObject({ total: 200n, amountPaid: 120n })
  expect(await violations()).toEqual([])
})

test('what is given up leaves the receivable and stays in the books', async () => {
  const [{ orgId, invoice }, staff] = [await invoiced(2058), await makeUser({ staff: true })]
  expect(await staff.call(writeOffInvoice, { invoice_id: invoice.id, reason: 'Insolvent' })).toMatchObject({ status: 'uncollectible' })
  expect([await balance(orgId, 'receivable'), await balance(orgId, 'write_off')]).toEqual([0n, 200n])
  await expect(staff.call(writeOffInvoice, { invoice_id: invoice.id, reason: 'Insolvent' })).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await violations()).toEqual([])
})

test('single charges: an invoice at once, a pro forma that claims nothing, an item on the next invoice', async () => {
  const [owner, staff] = [await makeCustomer({ joinedAt: at('2059-01-01T00:00:00Z') }), await makeUser({ staff: true })]
  const { id } = owner.organization
  const lines = [{ description: 'Migration', quantity: '2.5', unit_amount: '19.999' }]
  const proForma = await staff.call(createInvoice, { organization_id: id, kind: 'pro_forma', lines })
  expect(proForma).toMatchObject({ kind: 'pro_forma', status: 'issued', total: { amount: 5000 }, amount_due: { amount: 0 } })
  expect(proForma.number).toMatch(/^SWG-PF-\d{4}-000001$/)
  const oneOff = await staff.call(createInvoice, { organization_id: id, lines })
  expect(oneOff).toMatchObject({ kind: 'one_off', status: 'open', total: { amount: 5000 } })
  expect(await balance(id, 'receivable')).toBe(5000n)
  await expect(staff.call(createInvoice, { organization_id: id, lines: [{ description: 'Gift', unit_amount: '-1' }] })).rejects.toMatchObject({ code: 'rule_violated' })
  await expect(staff.call(createInvoice, { organization_id: id, lines: [{ description: 'Odd', unit_amount: '1', from: '2059-02-02', to: '2059-02-02' }] }))
    .rejects.toMatchObject({ errors: [{ pointer: '/lines/0/to', code: 'ends_before_start' }] })
  const item = await staff.call(addItem, { organization_id: id, description: 'Support', unit_amount: '10' })
  const other = await staff.call(addItem, { organization_id: id, description: 'Mistake', unit_amount: '10' })
  await staff.call(removeItem, { invoice_item_id: other.id })
  expect(await owner.call(previewInvoice, {})).toMatchObject({ lines: expect.arrayContaining([expect.objectContaining({ description: 'Support', amount: { amount: 1000, currency: 'USD' } })]) })
  await closePeriodsOf([id], at('2059-02-01T00:00:00Z'))
  expect((await invoicesOf(id)).find((row) => row.kind === 'invoice')).toMatchObject({ total: 1200n })
  await expect(staff.call(removeItem, { invoice_item_id: item.id })).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(runtime().databases.systemPool.query('DELETE FROM invoice_item WHERE id = $1', [item.id])).rejects.toThrow(/billed/)
  expect(await violations()).toEqual([])
})

test('above the limit a second person approves an adjustment; who asked for it cannot', async () => {
  const [owner, asker, other] = [await makeCustomer({ joinedAt: at('2060-01-01T00:00:00Z') }), await makeUser({ staff: true }), await makeUser({ staff: true })]
  const { id } = owner.organization
  const settings = await asker.call(getSettings, { brand_id: owner.brand.id })
  await asker.call(setSettings, { brand_id: owner.brand.id, grace_minutes: 0, payment_term_days: 14, approval_limits: [{ amount: 100, currency: 'USD' }] }, { precondition: { ifMatch: `"${settings.etag}"` } })
  const ask = (amount: number) => asker.call(requestAdjustment, { organization_id: id, amount, currency: 'USD', description: 'Goodwill', reason: 'Outage of 3 May' })
  await expect(asker.call(requestAdjustment, { organization_id: id, amount: 5, currency: 'NGN', description: 'x', reason: 'Wrong money' })).rejects.toMatchObject({ errors: [{ pointer: '/currency' }] })
  expect(await ask(-100)).toMatchObject({ state: 'approved' })
  const large = await ask(-101)
  expect(large).toMatchObject({ state: 'requested' })
  await expect(asker.call(decideAdjustment, { adjustment_id: large.id, approve: true })).rejects.toMatchObject({ code: 'forbidden' })
  await closePeriodsOf([id], at('2060-02-01T00:00:00Z'))
  expect(await invoicesOf(id)).toMatchObject([{ total: 100n }])
  expect(await other.call(decideAdjustment, { adjustment_id: large.id, approve: true })).toMatchObject({ state: 'approved', decided_by: { id: other.actor.userId } })
  await expect(other.call(decideAdjustment, { adjustment_id: large.id, approve: false })).rejects.toMatchObject({ code: 'state_conflict' })
  await closePeriodsOf([id], at('2060-03-01T00:00:00Z'))
  expect((await invoicesOf(id))[1]).toMatchObject({ total: 99n })
  expect((await asker.call(listAdjustments, { filter: { organization_id: id } })).data).toHaveLength(2)
  await setBilling(owner.brand.id, { approvalLimits: {} })
})

test('too little for the gateway joins the next invoice, less than nothing too; the last invoice is asked for as it is', async () => {
  const owner = await makeCustomer({ joinedAt: at('2061-01-01T00:00:00Z') })
  const { id } = owner.organization
  setGatewayMinimum(() => 250n)
  try {
    await closePeriodsOf([id], at('2061-02-01T00:00:00Z'))
    expect(await invoicesOf(id)).toEqual([])
    await closePeriodsOf([id], at('2061-03-01T00:00:00Z'))
    expect(await invoicesOf(id)).toMatchObject([{ total: 400n }])
    await asSystem((db) => addInvoiceItem(db, { orgId: id, currency: 'USD', kind: 'adjustment', description: 'Goodwill', amount: -700n, key: 'goodwill' }))
    await closePeriodsOf([id], at('2061-04-01T00:00:00Z'))
    expect(await invoicesOf(id)).toHaveLength(1)
    await closePeriodsOf([id], at('2061-05-01T00:00:00Z'))
    await closePeriodsOf([id], at('2061-06-01T00:00:00Z'))
    expect(await invoicesOf(id)).toHaveLength(1)
    await closePeriodsOf([id], at('2061-07-01T00:00:00Z'))
    expect(await invoicesOf(id)).toHaveLength(1)
    await closePeriodsOf([id], at('2061-08-01T00:00:00Z'))
    expect((await invoicesOf(id))[1]).toMatchObject({ total: 300n })
  } finally {
    setGatewayMinimum(() => 0n)
  }
  expect(await violations()).toEqual([])
})

test('the statement is the receivable of the books, line by line; what was given up before it is in its opening', async () => {
  const [{ owner, orgId, invoice }, staff] = [await invoiced(2062), await makeUser({ staff: true })]
  await asSystem((db) => issueSale(db, {
    orgId, kind: 'one_off', now: at('2062-02-10T00:00:00Z'), actor: { type: 'job', name: 'test' },
    lines: [{ kind: 'one_off', source: 'manual', description: 'Work', quantity: '1', unit: '', unitAmount: '7', amount: 700n, product: 'services' }],
  }))
  await staff.call(writeOffInvoice, { invoice_id: invoice.id, reason: 'Insolvent' })
  const statement = await owner.call(getStatement, { from: '2062-02-05', to: '2062-02-28' })
  expect(statement).toMatchObject({ opening: { amount: 0 }, closing: { amount: 700 }, rows: [{ type: 'invoice', date: '2062-02-10', amount: { amount: 700 }, balance: { amount: 700 } }] })
  await expect(owner.call(getStatement, { from: '2062-03-01', to: '2062-02-01' })).rejects.toMatchObject({ errors: [{ pointer: '/to' }] })
})
