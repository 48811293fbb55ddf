import { expect, test } from 'vitest'
import { creditorReference } from '../../../contract/creditor-reference.ts'
import { runtime } from '../../../core/runtime.ts'
import { makeUser } from '../../../testing/actors.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { setPlainMail } from '../../billing/testing/books.ts'
import { getStatement } from '../index.ts'
import { csvLine, importLines, makeAccount, makeInvoices } from '../testing/bank.ts'
import { match } from '../rules/match.ts'
import { loadBook } from './load-book.ts'

withRuntime()

const LINES = 10_000
const INVOICES = 2_000

test('a statement of 10,000 lines is imported within one request, and read twice it is known', { timeout: 120_000 }, async () => {
  setPlainMail()
  const staff = await makeUser({ staff: true })
  const account = await makeAccount(staff)
  const { invoices } = await makeInvoices(Array.from({ length: INVOICES }, (_, index) => 1_000 + index))
  const lines = Array.from({ length: LINES }, (_, index) => {
    const one = invoices[index % INVOICES]
    const said = ['order', one?.number ?? '', creditorReference(one?.number ?? 'X1'), `RF00${index}`, ''][Math.floor(index / INVOICES)] ?? ''
    return csvLine({ amount: `${(1_000 + (index % INVOICES)) / 100}`, text: `${said} some words that banks add, and more of them ${index}`, payer: `Payer ${index % 700}`, ref: `R${index}` })
  })
  const started = performance.now()
  const imported = await importLines(staff, account.id, lines)
  const importMs = performance.now() - started
  expect(imported).toMatchObject({ lines: LINES, duplicates: 0, fault_count: 0 })
  expect(await importLines(staff, account.id, [...lines, csvLine()])).toMatchObject({ lines: 1, duplicates: LINES })
  const book = await runtime().databases.asSystem('job', (db) => loadBook(db, { id: account.id, entityId: account.entity_id, currency: 'USD' }))
  const rows = await runtime().databases.asSystem('job', (db) => db.bankLine.findMany({ where: { statementId: imported.id } }))
  const from = performance.now()
  const certain = rows.filter((row) => match(row, book).book !== null).length
  const matchMs = performance.now() - from
  expect(certain).toBe(2 * INVOICES)
  expect(importMs).toBeLessThan(20_000)
  expect(matchMs).toBeLessThan(5_000)
  expect(await staff.call(getStatement, { bank_statement_id: imported.id })).toMatchObject({ state: 'booking', results: { new: LINES } })
})
