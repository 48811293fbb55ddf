import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { makeOwner, makeUser } from '../../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import type { LedgerEntry } from '../rules/ledger.ts'
import { setPlainMail } from '../testing/books.ts'
import { postTransaction } from './post-transaction.ts'
import { getLedgerTransaction, listLedgerChecks, listLedgerEntries } from './read-ledger.ts'
import { rebuildLedger } from './rebuild-balances.ts'
import { trialBalance } from './trial-balance.ts'
import { watchOverBooks } from './watch-books.ts'

withRuntime()
beforeAll(setPlainMail)

type Owner = Awaited<ReturnType<typeof makeOwner>>
let keys = 0
const post = (owner: Owner, at: string, entries: LedgerEntry[], { currency = 'USD', entityId = null }: { currency?: string; entityId?: string | null } = {}) => {
  keys += 1
  const transaction = { businessKey: `test:${keys}`, currency, description: 'A test', entries }
  return runtime().databases.asSystem('job', (db) =>
    postTransaction(db, { brandId: owner.brand.id, entityId, orgId: owner.organization.id, at: new Date(at) }, transaction))
}
const sale = (amount: bigint): LedgerEntry[] => [{ account: 'receivable', amount }, { account: 'revenue', amount: -amount }]
const payment = (amount: bigint): LedgerEntry[] => [{ account: 'cash_in_transit:stripe', amount }, { account: 'receivable', amount: -amount }]

test('trial balance: what was booked by an instant, by seller and currency, and its sums', async () => {
  const [owner, staff] = [await makeOwner(), await makeUser({ staff: true })]
  await post(owner, '2031-01-31T12:00:00Z', sale(1000n))
  await post(owner, '2031-02-10T12:00:00Z', payment(400n))
  await post(owner, '2031-02-11T12:00:00Z', sale(900n), { currency: 'NGN', entityId: 'ent_b' })
  const books = async (at?: string) => {
    const { data, totals, balanced } = await staff.call(trialBalance, { organization_id: owner.organization.id, ...(at ? { at } : {}) })
    return {
      balanced, totals: totals.map((t) => [t.entity_id, t.debit.amount, t.credit.amount, t.balance.amount]),
      rows: data.map((row) => [row.account, row.class, row.balance.amount, row.balance.currency]),
    }
  }
  expect(await books('2031-01-31T12:00:00Z')).toEqual({ balanced: true, totals: [[null, 1000, 1000, 0]], rows: [['receivable', 'asset', 1000, 'USD'], ['revenue', 'income', -1000, 'USD']] })
  expect(await books('2030-01-01T00:00:00Z')).toEqual({ balanced: true, totals: [], rows: [] })
  const now = await books()
  expect(now).toEqual(await books('2031-03-01T00:00:00Z'))
  expect(now.rows).toEqual(expect.arrayContaining([['cash_in_transit:stripe', 'asset', 400, 'USD'], ['receivable', 'asset', 600, 'USD'], ['revenue', 'income', -900, 'NGN']]))
  expect(now.totals).toEqual(expect.arrayContaining([['ent_b', 900, 900, 0]]))
})

test('the account page of a customer: entries with running balance, page by page and from a date on', async () => {
  const [owner, staff] = [await makeOwner(), await makeUser({ staff: true })]
  for (const [day, amount] of [['01', 500n], ['02', 300n], ['03', 200n], ['04', 100n]] as const) await post(owner, `2032-01-${day}T00:00:00Z`, sale(amount))
  const filter = { organization_id: owner.organization.id, account: 'receivable', currency: 'USD' }
  const first = await staff.call(listLedgerEntries, { filter, limit: 3 })
  expect(first.data.map((line) => [line.amount.amount, line.balance?.amount])).toEqual([[100, 1100], [200, 1000], [300, 800]])
  const second = await staff.call(listLedgerEntries, { filter, limit: 3, cursor: first.pagination.next_cursor ?? '' })
  expect(second.data.map((line) => [line.amount.amount, line.balance?.amount])).toEqual([[500, 500]])
  const part = await staff.call(listLedgerEntries, { filter, sort: 'id', from: '2032-01-02T00:00:00Z', to: '2032-01-04T00:00:00Z' })
  expect(part.data.map((line) => [line.amount.amount, line.balance?.amount])).toEqual([[300, 800], [200, 1000]])
  const all = await staff.call(listLedgerEntries, { filter: { organization_id: owner.organization.id } })
  expect(all.data).toHaveLength(8)
  expect(all.data[0]?.balance).toBeNull()
  const [line] = first.data
  const transaction = await staff.call(getLedgerTransaction, { transaction_id: line?.transaction_id ?? '' })
  expect(transaction.entries.map((entry) => entry.amount.amount).sort()).toEqual([-100, 100])
  await expect(staff.call(getLedgerTransaction, { transaction_id: 'ltx_none' })).rejects.toMatchObject({ code: 'not_found' })
})

test('balances are rebuilt from the entries, and a wrong one is found and mended', async () => {
  const [owner, staff] = [await makeOwner(), await makeUser({ staff: true })]
  await post(owner, '2033-01-01T00:00:00Z', sale(700n))
  expect((await staff.call(rebuildLedger, {})).differences).toEqual([])
  const { systemPool } = runtime().databases
  await systemPool.query('UPDATE ledger_balance SET balance = balance + 5 WHERE customer = $1 AND account = \'receivable\'', [owner.organization.id])
  expect((await runtime().databases.asSystem('staff', (db) => db.ledgerBalance.findFirst({ where: { customer: owner.organization.id, account: 'receivable' } })))?.balance).toBe(705n)
  const { differences } = await staff.call(rebuildLedger, {})
  expect(differences).toEqual([expect.objectContaining({ account: 'receivable', stored: { amount: 705, currency: 'USD' }, booked: { amount: 700, currency: 'USD' } })])
  expect((await staff.call(rebuildLedger, {})).differences).toEqual([])
})

test('a rebuild among many writers loses nothing', async () => {
  const staff = await makeUser({ staff: true })
  const owners = [await makeOwner(), await makeOwner(), await makeOwner()]
  const writes = Array.from({ length: 30 }, (_, index) => post(owners[index % 3] as Owner, '2034-01-01T00:00:00Z', sale(BigInt(index + 1))))
  await Promise.all([...writes, ...Array.from({ length: 4 }, () => staff.call(rebuildLedger, {}))])
  expect((await staff.call(rebuildLedger, {})).differences).toEqual([])
})

test('the watch names what is broken, tells every operator once a day, and tells when it is whole again', async () => {
  const [owner, staff] = [await makeOwner(), await makeUser({ staff: true })]
  const now = new Date('2035-01-01T10:00:00Z')
  await post(owner, '2035-01-01T00:00:00Z', sale(700n))
  const broken = await watchOverBooks(now)
  expect(broken.map((finding) => finding.rule)).toContain('receivable_equals_invoices')
  await watchOverBooks(new Date('2035-01-01T11:00:00Z'))
  await drainJobs()
  const mails = () => runtime().databases.asSystem('staff', (db) => db.mail.count({ where: { to: staff.actor.email, dedupeKey: { startsWith: 'books-broken' } } }))
  expect(await mails()).toBe(1)
  const events = () => runtime().databases.asSystem('staff', (db) => db.event.findMany({ where: { type: { startsWith: 'ledger.' }, subjectType: 'ledger_check' }, orderBy: { seq: 'asc' } }))
  expect((await events()).map((event) => event.type)).toEqual(['ledger.broken'])
  const [latest] = (await staff.call(listLedgerChecks, { limit: 1 })).data
  expect(latest).toMatchObject({ ok: false, findings: expect.arrayContaining([expect.objectContaining({ rule: 'receivable_equals_invoices' })]) })
  await runtime().databases.asSystem('job', async (db) => {
    for (const { customer: orgId, brandId, currency, balance } of await db.ledgerBalance.findMany({ where: { account: 'receivable' } })) {
      await postTransaction(db, { brandId, orgId, at: now }, { businessKey: `undo:${orgId}:${currency}`, currency, description: 'x', entries: sale(-balance) })
    }
  })
  expect(await watchOverBooks(new Date('2035-01-01T12:00:00Z'))).toEqual([])
  expect((await events()).map((event) => event.type)).toEqual(['ledger.broken', 'ledger.mended'])
})

test('the database refuses what does not balance, and any change', async () => {
  const owner = await makeOwner()
  await expect(post(owner, '2036-01-01T00:00:00Z', [{ account: 'cash', amount: 5n }, { account: 'revenue', amount: -4n }])).rejects.toThrow(/does not balance/)
  await post(owner, '2036-01-01T00:00:00Z', sale(5n))
  const { systemPool } = runtime().databases
  for (const statement of ['UPDATE ledger_entry SET amount = 6', 'DELETE FROM ledger_entry', 'UPDATE ledger_transaction SET at = now()', 'DELETE FROM ledger_transaction']) {
    await expect(systemPool.query(statement)).rejects.toThrow(/append-only/)
  }
})
