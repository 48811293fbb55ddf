import { text } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { beforeAll, expect, test, vi } from 'vitest'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import { makeUser, metaFor } from '../../../testing/actors.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { grantCredits } from '../credits/operations.ts'
import { allInvoicesCsv, invoicesCsv, journalCsv } from '../documents/exports.ts'
import { issueCreditNote } from '../invoices/credit-notes/issue-credit-note.ts'
import { voidInvoice } from '../invoices/end-invoice.ts'
import { issueSale } from '../invoices/issue-sale.ts'
import { postTransaction } from '../ledger/post-transaction.ts'
import { paymentReceived } from '../rules/ledger.ts'
import { makeCustomer, setPlainMail } from '../testing/books.ts'
import { getStatement } from './read-statement.ts'
import { statementCsv, statementPdf } from './statement-files.ts'

vi.setConfig({ testTimeout: 90_000 })
withRuntime()
beforeAll(setPlainMail)

type Customer = Awaited<ReturnType<typeof makeCustomer>>
const at = (time: string): Date => new Date(time)
/** A file as its reader gets it. */
const read = async ({ body }: { body: unknown }): Promise<Buffer> =>
  (Buffer.isBuffer(body) ? body : Buffer.from(await text(Readable.from(body as AsyncIterable<string>))))
const linesOf = async (file: { body: unknown }): Promise<string[][]> =>
  (await read(file)).toString('utf8').trim().split(/\r?\n/).map((line) => line.split(','))

const sell = (owner: Customer, amount: bigint, now: Date) => runtime().databases.asSystem('job', (db) => issueSale(db, {
  orgId: owner.organization.id, kind: 'one_off', now, actor: { type: 'job', name: 'test' },
  lines: [{ kind: 'one_off', source: 'x', description: 'Work', quantity: '1', unit: '', unitAmount: null, amount, product: 'services' }],
}))
const pay = (owner: Customer, invoice: { id: string; brandId: string; entityId: string }, amount: bigint, now: Date) => runtime().databases.asSystem('job', async (db) => {
  const [id, orgId] = [newId('payment'), owner.organization.id]
  await db.paymentAttempt.create({ data: { id, orgId, invoiceId: invoice.id, provider: 'stripe', amount, currency: 'USD', state: 'succeeded', entityId: invoice.entityId } as never })
  await postTransaction(db, { brandId: invoice.brandId, entityId: invoice.entityId, orgId, at: now }, paymentReceived({ attemptId: id, provider: 'stripe', currency: 'USD', amount, due: amount }))
  await db.invoice.update({ where: { id: invoice.id }, data: { amountPaid: amount, state: 'partially_paid' } })
})

/** A customer in Lagos with one of everything: opening balance, invoice, credit used, payment, credit note, void. */
const withHistory = async (year: number) => {
  const [owner, staff] = [await makeCustomer({ timezone: 'Africa/Lagos', joinedAt: at(`${year}-01-01T00:00:00Z`) }), await makeUser({ staff: true })]
  await sell(owner, 1000n, at(`${year}-01-31T22:59:59Z`))
  const second = await sell(owner, 2500n, at(`${year}-01-31T23:00:00Z`))
  await pay(owner, second, 700n, at(`${year}-02-10T12:00:00Z`))
  await staff.call(grantCredits, { organization_id: owner.organization.id, amount: '3.00', currency: 'USD', reason: 'Sorry' })
  const third = await sell(owner, 900n, at(`${year}-02-27T22:00:00Z`))
  await sell(owner, 50n, at(`${year}-02-28T23:00:00Z`))
  return { owner, staff, second, third, february: { from: `${year}-02-01`, to: `${year}-02-28` } }
}

test('the statement: local days, what was open before, each move with the balance after it, and nothing of the day after', async () => {
  const { owner, february, second, third } = await withHistory(2063)
  const statement = await owner.call(getStatement, february)
  expect([statement.opening.amount, statement.closing.amount]).toEqual([1000, 1000 + 2500 - 700 + 900 - 300])
  expect(statement.rows.map(({ date, type, document, amount, balance }) => [date, type, document, amount.amount, balance.amount])).toEqual([
    ['2063-02-01', 'invoice', second.number, 2500, 3500], ['2063-02-10', 'payment', second.number, -700, 2800],
    ['2063-02-27', 'invoice', third.number, 900, 3700], ['2063-02-27', 'credit_used', third.number, -300, 3400],
  ])
  const later = await owner.call(getStatement, { from: '2063-03-01', to: '2063-03-31' })
  expect([later.opening.amount, later.closing.amount, later.rows.length]).toEqual([3400, 3450, 1])
})

test('a void and a credit note are lines of their own; the closing balance is the receivable of the books', async () => {
  const { owner, staff, third } = await withHistory(2064)
  const { id } = owner.organization
  await staff.call(voidInvoice, { invoice_id: third.id, reason: 'Not ordered' })
  const fourth = await sell(owner, 400n, at('2064-03-05T00:00:00Z'))
  await staff.call(issueCreditNote, { invoice_id: fourth.id, lines: [{ line: 1, amount: 40 }], settlement: 'receivable', reason: 'Late' })
  const statement = await owner.call(getStatement, { from: '2020-01-01', to: '2099-01-01' })
  const { _sum } = await runtime().databases.asSystem('job', (db) => db.ledgerEntry.aggregate({ where: { orgId: id, account: 'receivable' }, _sum: { amount: true } }))
  expect(statement.opening.amount).toBe(0)
  expect(BigInt(statement.closing.amount)).toBe(_sum.amount)
  expect(statement.rows.map((row) => row.type)).toEqual(expect.arrayContaining(['void', 'credit_note', 'invoice', 'payment', 'credit_used']))
  let balance = 0
  for (const row of statement.rows) expect(row.balance.amount).toBe(balance += row.amount.amount)
})

test('statement as CSV: the same lines in major units between opening and closing; as PDF a document; both only for members', async () => {
  const { owner, february, second } = await withHistory(2065)
  const meta = metaFor(owner.actor, owner.brand)
  const input = { organization_id: owner.organization.id, ...february }
  const file = await statementCsv.handle(meta, input)
  expect(file.fileName).toBe('statement-2065-02-01-2065-02-28.csv')
  const [header, opening, first, ...rest] = await linesOf(file)
  expect(header).toEqual(['date', 'type', 'document', 'amount', 'balance', 'currency'])
  expect(opening).toEqual(['2065-02-01', 'opening_balance', '', '', '10.00', 'USD'])
  expect(first).toEqual(['2065-02-01', 'invoice', second.number, '25.00', '35.00', 'USD'])
  expect(rest.at(-1)).toEqual(['2065-02-28', 'closing_balance', '', '', '34.00', 'USD'])
  expect((await read(await statementPdf.handle(meta, input))).subarray(0, 5).toString()).toBe('%PDF-')
  const stranger = await makeUser()
  for (const one of [statementCsv, statementPdf]) await expect(one.handle(metaFor(stranger.actor, stranger.brand), input)).rejects.toMatchObject({ code: 'not_found' })
})

test('invoices as CSV: one line each, page after page, only those of the caller; the operator has everybody\'s', async () => {
  const owner = await makeCustomer({ joinedAt: at('2066-01-01T00:00:00Z') })
  for (let n = 1; n <= 103; n++) await sell(owner, BigInt(n), at('2066-01-02T00:00:00Z'))
  const [header, ...rows] = await linesOf(await invoicesCsv.handle(metaFor(owner.actor, owner.brand), { organization_id: owner.organization.id }))
  const column = (name: string): string[] => rows.map((row) => row[header?.indexOf(name) ?? -1] ?? '')
  expect(rows).toHaveLength(103)
  expect(new Set(column('number')).size).toBe(103)
  expect(column('total').map(Number).reduce((a, b) => a + b, 0)).toBeCloseTo(53.56)
  expect(column('total')).toContain('1.03')
  const staff = await makeUser({ staff: true })
  expect((await linesOf(await allInvoicesCsv.handle(metaFor(staff.actor, staff.brand), {}))).length).toBeGreaterThan(104)
  await expect(allInvoicesCsv.handle(metaFor(owner.actor, owner.brand), {})).rejects.toMatchObject({ code: 'forbidden' })
})

test('a name that a spreadsheet would calculate is text in the file', async () => {
  const owner = await makeCustomer({ joinedAt: at('2067-01-01T00:00:00Z') })
  await runtime().databases.asSystem('job', (db) => db.organization.update({ where: { id: owner.organization.id }, data: { name: '=HYPERLINK("http://x","a"),b' } }))
  await sell(owner, 5n, at('2067-01-02T00:00:00Z'))
  const csv = (await read(await invoicesCsv.handle(metaFor(owner.actor, owner.brand), { organization_id: owner.organization.id }))).toString('utf8')
  expect(csv).toContain(`"'=HYPERLINK(""http://x"",""a""),b"`)
})

test('the journal: every entry of the days asked for, debit or credit, and both sides equal', async () => {
  const [{ owner }, staff] = [await withHistory(2068), await makeUser({ staff: true })]
  const meta = metaFor(staff.actor, staff.brand)
  const [header, ...rows] = await linesOf(await journalCsv.handle(meta, { from: '2068-01-31', to: '2068-02-28' }))
  const column = (name: string): string[] => rows.map((row) => row[header?.indexOf(name) ?? -1] ?? '')
  expect(header).toEqual(['date', 'entry', 'transaction', 'cause', 'description', 'brand', 'seller', 'organization', 'account', 'currency', 'debit', 'credit'])
  const cents = (name: string): number => column(name).reduce((sum, value) => sum + Math.round(Number(value) * 100), 0)
  expect(cents('debit')).toBe(1000 + 2500 + 700 + 900 + 50)
  expect(cents('credit')).toBe(cents('debit'))
  for (const row of rows) expect([row.at(-2), row.at(-1)].filter((value) => value !== '')).toHaveLength(1)
  expect(new Set(column('organization'))).toEqual(new Set([owner.organization.id]))
  expect((await linesOf(await journalCsv.handle(meta, { from: '2068-02-01', to: '2068-02-01' }))).length).toBe(1)
  await expect(journalCsv.handle(meta, { from: '2068-02-02', to: '2068-02-01' })).rejects.toMatchObject({ errors: [{ pointer: '/to' }] })
  await expect(journalCsv.handle(metaFor(owner.actor, owner.brand), { from: '2068-02-01', to: '2068-02-02' })).rejects.toMatchObject({ code: 'forbidden' })
})
