import { expect, test } from 'vitest'
import { creditorReference } from '../../../contract/creditor-reference.ts'
import { makeUser } from '../../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import { setPlainMail } from '../../billing/testing/books.ts'
import { runtime } from '../../../core/runtime.ts'
import { acceptProposal, closeWorkItem, getStatement, importStatement, listBankAccounts, listLines, listStatements, listWorkItems, previewStatement, updateBankAccount } from '../index.ts'
import { bookBankLines } from '../lines/book-bank-lines.ts'
import { matchSuspense } from '../../payments/index.ts'
import { addInvoices, balance, csvLine, HEAD, importLines, invoice, makeAccount, makeInvoices, MAPPING } from '../testing/bank.ts'

withRuntime()

const staffer = () => {
  setPlainMail()
  return makeUser({ staff: true })
}
const openWork = async (staff: Awaited<ReturnType<typeof staffer>>) => (await staff.call(listWorkItems, { limit: 100, filter: { state: 'open', kind: 'unmatched_money' } })).data

test('a statement pays by reference and by number, splits, credits what is above, and keeps the rest in suspense', async () => {
  const staff = await staffer()
  const account = await makeAccount(staff)
  const { orgId, invoices: [first, second, third, fourth] } = await makeInvoices([1_000, 2_000, 3_000, 4_000])
  const cash = await balance('cash')
  const imported = await importLines(staff, account.id, [
    csvLine({ amount: '10.00', text: `thanks ${creditorReference(first?.number ?? '')}` }),
    csvLine({ amount: '50.00', text: `${second?.number ?? ''} and ${third?.number ?? ''}` }),
    csvLine({ amount: '45.00', text: creditorReference(fourth?.number ?? '') }),
    csvLine({ amount: '7.00', text: 'RF99WRONG', payer: 'Nobody we know' }),
    csvLine({ amount: '-3.00', text: 'bank fee' }),
  ])
  expect(imported).toMatchObject({ lines: 5, duplicates: 0, fault_count: 0, state: 'booking', repeated: false })
  await drainJobs()
  expect(await staff.call(getStatement, { bank_statement_id: imported.id })).toMatchObject({ state: 'done', results: { new: 0, booked: 3, suspense: 1, payout: 0, outgoing: 1 } })
  for (const one of [first, second, third, fourth]) expect(await invoice(one?.id ?? '')).toMatchObject({ state: 'paid' })
  const credit = await runtime().databases.asSystem('job', (db) => db.creditGrant.findFirstOrThrow({ where: { orgId } }))
  expect(credit).toMatchObject({ amount: 500n, kind: 'paid' })
  expect(await balance('cash') - cash).toBe(11_200n)
  const [item] = (await openWork(staff)).filter((one) => one.facts.reason === 'wrong_reference')
  expect(item).toMatchObject({ title: 'USD 7.00 from Nobody we know', state: 'open' })
})

test('the same file twice, and in two halves that overlap, is the same money', async () => {
  const staff = await staffer()
  const account = await makeAccount(staff)
  const { invoices } = await makeInvoices([1_000, 2_000, 3_000])
  const lines = invoices.map((one, index) => csvLine({ amount: `${index + 1}0.00`, text: one.number, ref: `R${index}` }))
  const whole = await importLines(staff, account.id, lines)
  await drainJobs()
  const before = await balance('cash')
  expect(await importLines(staff, account.id, lines, 'again.csv')).toMatchObject({ id: whole.id, repeated: true, lines: 3 })
  expect(await importLines(staff, account.id, lines.slice(0, 2))).toMatchObject({ lines: 0, duplicates: 2, repeated: false })
  expect(await importLines(staff, account.id, [...lines.slice(1), csvLine({ amount: '5.00', text: 'new' })])).toMatchObject({ lines: 1, duplicates: 2 })
  await drainJobs()
  expect(await balance('cash') - before).toBe(500n)
  expect(await runtime().databases.asSystem('job', (db) => db.paymentAttempt.count({ where: { invoiceId: { in: invoices.map((one) => one.id) } } }))).toBe(3)
})

test('a line twice in one file is one, and named, unless the bank tells them apart', async () => {
  const staff = await staffer()
  const account = await makeAccount(staff)
  const same = { amount: '10.00', text: 'rent', payer: 'P' }
  const imported = await importLines(staff, account.id, [csvLine({ ...same, ref: '' }), csvLine({ ...same, ref: '' }), csvLine({ ...same, ref: 'A' }), csvLine({ ...same, ref: 'B' })])
  expect(imported).toMatchObject({ lines: 3, duplicates: 1, faults: [{ line: 3, code: 'repeated' }] })
})

test('bad rows are named by line and the good ones count; a mapping is asked once', async () => {
  const staff = await staffer()
  const account = await makeAccount(staff)
  const imported = await importLines(staff, account.id, [csvLine({ day: '2026-02-30' }), csvLine(), csvLine({ amount: '1.234' }), 'x\n'])
  expect(imported).toMatchObject({ lines: 1, fault_count: 3, faults: [{ line: 2, code: 'bad_date' }, { line: 4, code: 'bad_amount' }, { line: 5, code: 'bad_date' }] })
  const cleared = await staff.call(updateBankAccount, { bank_account_id: account.id, name: 'No mapping', mapping: null, archived: false }, { precondition: { ifMatch: `"${account.etag}"` } })
  const stale = staff.call(updateBankAccount, { bank_account_id: account.id, name: 'Stale', mapping: null, archived: false }, { precondition: { ifMatch: `"${account.etag}"` } })
  await expect(stale).rejects.toMatchObject({ code: 'precondition_failed' })
  const file = { bank_account_id: account.id, file_name: 'x.csv', content: HEAD + csvLine() }
  await expect(staff.call(importStatement, file)).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/mapping', code: 'required' }] })
  expect(await staff.call(previewStatement, { bank_account_id: account.id, content: file.content })).toMatchObject({ guessed: true, mapping: { columns: { date: 'Date', amount: 'Amount' } }, lines: 1 })
  await staff.call(importStatement, { ...file, mapping: MAPPING })
  expect((await staff.call(listBankAccounts, {})).data.find((one) => one.id === account.id)).toMatchObject({ mapping: MAPPING })
  expect(cleared.mapping).toBeNull()
  await expect(staff.call(importStatement, { ...file, content: '<Document/>' })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ code: 'no_statement' }] })
  await expect(staff.call(importStatement, { ...file, content: 'a,b\n1,2\n' })).rejects.toMatchObject({ errors: [{ code: 'column_missing' }] })
  await drainJobs()
})

test('imported at the same time by many, every line is there once and booked once', async () => {
  const staff = await staffer()
  const account = await makeAccount(staff)
  const { invoices } = await makeInvoices(Array.from({ length: 12 }, () => 1_000))
  const lines = invoices.map((one, index) => csvLine({ text: one.number, ref: `P${index}` }))
  const halves = [lines, lines.toReversed(), lines.slice(0, 8), lines.slice(4), lines, lines.slice(4).toReversed()]
  const before = await balance('cash')
  await Promise.all(halves.map((half, index) => importLines(staff, account.id, half, `${index}.csv`)))
  await Promise.all([drainJobs(), drainJobs()])
  expect(await runtime().databases.asSystem('job', (db) => db.bankLine.groupBy({ by: ['state'], where: { accountId: account.id }, _count: true }))).toEqual([{ state: 'booked', _count: 12 }])
  expect(await balance('cash') - before).toBe(12_000n)
  expect((await staff.call(listStatements, { filter: { bank_account_id: account.id } })).data.reduce((sum, one) => sum + one.lines, 0)).toBe(12)
})

test('booked by several workers at once, each line is decided once', async () => {
  const staff = await staffer()
  const account = await makeAccount(staff)
  const { invoices } = await makeInvoices([1_000, 1_000, 1_000])
  const { id } = await importLines(staff, account.id, [...invoices.map((one) => csvLine({ text: one.number })), csvLine({ amount: '3.00' }), csvLine({ amount: '4.00' })])
  await Promise.all([1, 2, 3].map(() => bookBankLines.run({ statement_id: id })))
  expect(await staff.call(getStatement, { bank_statement_id: id })).toMatchObject({ state: 'done', results: { new: 0, booked: 3, suspense: 2 } })
  expect(await runtime().databases.asSystem('job', (db) => db.suspenseItem.count({ where: { key: { startsWith: 'bank:' }, amount: { in: [300n, 400n] } } }))).toBe(2)
  await drainJobs()
})

test('two lines for one invoice: the second is more than was owed, and waits', async () => {
  const staff = await staffer()
  const account = await makeAccount(staff)
  const { invoices: [one] } = await makeInvoices([1_000])
  await importLines(staff, account.id, [csvLine({ text: one?.number ?? '' }), csvLine({ text: one?.number ?? '' })])
  await drainJobs()
  const { data } = await staff.call(listLines, { filter: { bank_account_id: account.id } })
  expect(data.map((line) => line.state).sort()).toEqual(['booked', 'suspense'])
})

test('a person accepts what the rules propose, in one act, and the work closes by itself', async () => {
  const staff = await staffer()
  const account = await makeAccount(staff)
  const { orgId, invoices: [first, second] } = await makeInvoices([1_000, 2_500])
  const name = (await runtime().databases.asSystem('job', (db) => db.organization.findUniqueOrThrow({ where: { id: orgId } }))).name
  await importLines(staff, account.id, [csvLine({ amount: '35.00', payer: `${name} Ltd`, account: 'NG123' })])
  await drainJobs()
  const { data: [line] } = await staff.call(listLines, { filter: { bank_account_id: account.id } })
  expect(line).toMatchObject({
    state: 'suspense', decided: false, reason: 'payer_known',
    proposals: [{ rule: 'payer_and_amount', confidence: 'likely', shares: [{ number: first?.number, amount: { amount: 1_000 } }, { number: second?.number, amount: { amount: 2_500 } }] }],
  })
  const [work] = (await openWork(staff)).filter((one) => one.facts.bank_line_id === line?.id)
  await expect(staff.call(closeWorkItem, { work_item_id: work?.id ?? '', outcome: 'done', note: 'looked at it' })).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await staff.call(acceptProposal, { bank_line_id: line?.id ?? '' })).toMatchObject({ decided: true })
  await drainJobs()
  expect([await invoice(first?.id ?? ''), await invoice(second?.id ?? '')]).toMatchObject([{ state: 'paid' }, { state: 'paid' }])
  expect((await openWork(staff)).filter((one) => one.facts.bank_line_id === line?.id)).toEqual([])
  await expect(staff.call(acceptProposal, { bank_line_id: line?.id ?? '' })).rejects.toMatchObject({ code: 'state_conflict' })
  await addInvoices(orgId, [700])
  await importLines(staff, account.id, [csvLine({ amount: '7.00', payer: 'other words', account: 'NG123' })])
  await drainJobs()
  expect((await staff.call(listLines, { filter: { bank_account_id: account.id, state: 'suspense' } })).data.find((one) => one.amount.amount === 700))
    .toMatchObject({ reason: 'payer_known', proposals: [{ rule: 'payer_and_amount' }] })
})

test('matched by hand, the item closes; bank lines and their facts stay', async () => {
  const staff = await staffer()
  const account = await makeAccount(staff)
  const { invoices: [one] } = await makeInvoices([990])
  await importLines(staff, account.id, [csvLine({ amount: '9.90', text: 'hello' })])
  await drainJobs()
  const { data: [line] } = await staff.call(listLines, { filter: { bank_account_id: account.id } })
  await staff.call(matchSuspense, { suspense_id: line?.suspense_ids[0] ?? '', invoice_id: one?.id ?? '', note: 'They called' })
  await drainJobs()
  expect(await invoice(one?.id ?? '')).toMatchObject({ state: 'paid' })
  expect((await staff.call(listWorkItems, { filter: { subject_id: line?.suspense_ids[0] ?? '' } })).data).toMatchObject([{ state: 'done', done_by: null }])
  const { systemPool } = runtime().databases
  await expect(systemPool.query('UPDATE bank_line SET amount = 1 WHERE id = $1', [line?.id])).rejects.toThrow(/never changes/)
  await expect(systemPool.query('DELETE FROM bank_line WHERE id = $1', [line?.id])).rejects.toThrow(/append-only/)
})
