import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../../core/runtime.ts'
import { makeOwner, makeUser } from '../../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import { findViolations } from '../ledger/check-invariants.ts'
import { postTransaction } from '../ledger/post-transaction.ts'
import { spendCredits } from '../rules/credits.ts'
import { invoiceFinalised, invoiceVoided } from '../rules/ledger.ts'
import { setPlainMail } from '../testing/books.ts'
import { expireDueCredits, nextExpiryAt } from './expire-credits.ts'
import { grantCredits, revokeCredits } from './grant-credits.ts'
import { addPaidGrant, availableGrants, bookCredits, creditsByKind, returnCredits } from './grants.ts'
import { getCreditBalance, listAllCredits, listCreditHistory, listCredits } from './read-credits.ts'

withRuntime()
beforeAll(setPlainMail)

const DAY_MS = 86_400_000
const inDays = (days: number): string => new Date(runtime().clock.now().getTime() + days * DAY_MS).toISOString().slice(0, 10)
const findings = async () => (await runtime().databases.asSystem('staff', findViolations)).filter((f) => f.rule.includes('credit') || f.rule.includes('balance'))
let made = 0
type Owner = Awaited<ReturnType<typeof makeOwner>>

/** What finalising an invoice does with credit: grants locked, spent in order, booked. Tells how much was covered. */
const spend = (owner: Owner, wanted: bigint, at = runtime().clock.now()) => runtime().databases.asSystem('job', async (db) => {
  made += 1
  const [orgId, brandId, invoiceId] = [owner.organization.id, owner.brand.id, `inv_test${made}`]
  const { uses } = spendCredits((await availableGrants(db, [orgId], at))(orgId, 'USD'), wanted, at)
  await bookCredits(db, uses.map((use) => ({ ...use, orgId, invoiceId, at })))
  const booked = { invoiceId, currency: 'USD', net: wanted, tax: 0n, creditsUsed: creditsByKind(uses) }
  await postTransaction(db, { brandId, orgId, at }, invoiceFinalised(booked))
  return { invoiceId, booked, used: uses.reduce((sum, use) => sum + use.amount, 0n) }
})

const pay = (owner: Owner, amount: bigint, key: string) => runtime().databases.asSystem('job', async (db) => {
  const at = runtime().clock.now()
  const grant = { orgId: owner.organization.id, brandId: owner.brand.id, entityId: 'ent_test', currency: 'USD', amount, reason: 'Paid above', key, at }
  if (!(await addPaidGrant(db, grant))) return false
  return postTransaction(db, { brandId: grant.brandId, orgId: grant.orgId, at }, {
    businessKey: key, currency: 'USD', description: 'x', entries: [{ account: 'cash', amount }, { account: 'customer_credit_paid', amount: -amount }],
  })
})

test('credit is spent by priority, and its history adds up to its balance', async () => {
  const [owner, staff] = [await makeOwner(), await makeUser({ staff: true })]
  expect(await pay(owner, 500n, `payment:a${owner.organization.id}`)).toBe(true)
  expect(await pay(owner, 500n, `payment:a${owner.organization.id}`)).toBe(false)
  const gift = await staff.call(grantCredits, { organization_id: owner.organization.id, amount: '3.00', reason: 'Sorry for the outage', expires_on: inDays(30) })
  expect(gift).toMatchObject({ kind: 'promotional', state: 'active', remaining: { amount: 300, currency: 'USD' }, priority: 10 })
  expect((await spend(owner, 400n)).used).toBe(400n)
  expect(await owner.call(getCreditBalance, {})).toMatchObject({ balance: { amount: 400 }, paid: { amount: 400 }, promotional: { amount: 0 }, expiring: [] })
  const history = (await owner.call(listCreditHistory, {})).data
  expect(history.map((move) => [move.type, move.amount.amount, move.kind])).toEqual(expect.arrayContaining([
    ['granted', 500, 'paid'], ['granted', 300, 'promotional'], ['invoice', -300, 'promotional'], ['invoice', -100, 'paid']]))
  expect(history.reduce((sum, move) => sum + move.amount.amount, 0)).toBe(400)
  expect((await owner.call(listCredits, { filter: { state: 'used' } })).data.map((credit) => credit.id)).toEqual([gift.id])
  expect(await findings()).toEqual([])
})

test('twenty invoices at once never spend the same credit twice, and never more than there is', async () => {
  const [owner, staff] = [await makeOwner(), await makeUser({ staff: true })]
  for (const amount of ['1.00', '2.50', '4.00']) await staff.call(grantCredits, { organization_id: owner.organization.id, amount, reason: 'Welcome' })
  const spent = await Promise.all(Array.from({ length: 20 }, () => spend(owner, 70n)))
  expect(spent.reduce((sum, { used }) => sum + used, 0n)).toBe(750n)
  expect((await owner.call(getCreditBalance, {})).balance.amount).toBe(0)
  expect(await findings()).toEqual([])
})

test('the database lets no grant go below zero, no movement change, no term be rewritten', async () => {
  const [owner, staff] = [await makeOwner(), await makeUser({ staff: true })]
  const { id } = await staff.call(grantCredits, { organization_id: owner.organization.id, amount: '1.00', reason: 'Welcome' })
  const { systemPool } = runtime().databases
  const take = 'INSERT INTO credit_use (id, org_id, grant_id, kind, amount, invoice_id, at) SELECT $1, org_id, id, \'invoice\', -101, \'inv_x\', now() FROM credit_grant WHERE id = $2'
  await expect(systemPool.query(take, ['cru_too_much', id])).rejects.toThrow(/credit_never_below_zero/)
  await expect(systemPool.query('UPDATE credit_use SET amount = 5 WHERE grant_id = $1', [id])).rejects.toThrow(/append-only/)
  await expect(systemPool.query('UPDATE credit_grant SET remaining = 5 WHERE id = $1', [id])).rejects.toThrow(/never change/)
  await expect(systemPool.query('UPDATE credit_grant SET amount = 500 WHERE id = $1', [id])).rejects.toThrow(/never change/)
  await expect(systemPool.query('DELETE FROM credit_grant WHERE id = $1', [id])).rejects.toThrow(/append-only/)
})

test('amounts finer than the currency, in another currency, not positive or absurd are refused with their place', async () => {
  const [owner, staff] = [await makeOwner(), await makeUser({ staff: true })]
  const grant = (over: object) => staff.call(grantCredits, { organization_id: owner.organization.id, amount: '1', reason: 'Welcome', ...over })
  const faults: [object, string, string][] = [
    [{ amount: '1.001' }, '/amount', 'too_fine'], [{ amount: '0' }, '/amount', 'not_positive'], [{ amount: '-3' }, '/amount', 'not_positive'],
    [{ amount: '99999999999999999999' }, '/amount', 'amount_too_large'], [{ currency: 'NGN' }, '/currency', 'currency_mismatch'],
    [{ expires_on: '2020-01-01' }, '/expires_on', 'in_the_past'],
  ]
  for (const [over, pointer, code] of faults) await expect(grant(over)).rejects.toMatchObject({ status: 422, errors: [{ pointer, code }] })
  await expect(grant({ amount: 'NaN' })).rejects.toMatchObject({ status: 400 })
  await expect(grant({ amount: '1e3' })).rejects.toMatchObject({ status: 400 })
  await expect(grant({ organization_id: 'org_nobody' })).rejects.toMatchObject({ code: 'not_found' })
})

test('what is left of promotional credit can be taken back once; paid credit cannot', async () => {
  const [owner, staff] = [await makeOwner(), await makeUser({ staff: true })]
  const { id } = await staff.call(grantCredits, { organization_id: owner.organization.id, amount: '2.00', reason: 'By mistake' })
  await spend(owner, 50n)
  expect(await staff.call(revokeCredits, { credit_id: id, reason: 'Wrong customer' })).toMatchObject({ state: 'revoked', remaining: { amount: 0 } })
  await expect(staff.call(revokeCredits, { credit_id: id, reason: 'Wrong customer' })).rejects.toMatchObject({ code: 'state_conflict' })
  await pay(owner, 70n, `payment:r${owner.organization.id}`)
  const [paid] = (await staff.call(listAllCredits, { filter: { organization_id: owner.organization.id, kind: 'paid' } })).data
  await expect(staff.call(revokeCredits, { credit_id: paid?.id ?? '', reason: 'No reason' })).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await findings()).toEqual([])
})

test('credit ends at local midnight, is announced two weeks before, and what is left is booked as breakage once', async () => {
  const [owner, staff] = [await makeOwner({ timezone: 'Africa/Lagos' }), await makeUser({ staff: true })]
  const day = inDays(60)
  const { id, expires_at: expiresAt } = await staff.call(grantCredits, { organization_id: owner.organization.id, amount: '5.00', reason: 'Welcome', expires_on: day })
  const midnight = new Date(`${day}T00:00:00+01:00`)
  expect(expiresAt).toBe(midnight.toISOString())
  const warnAt = new Date(midnight.getTime() - 14 * DAY_MS)
  expect(await nextExpiryAt(new Date(warnAt.getTime() - 1), midnight)).toEqual(warnAt)
  expect(await expireDueCredits(new Date(warnAt.getTime() - 1))).toBe(0)
  expect(await expireDueCredits(warnAt)).toBe(1)
  expect(await expireDueCredits(warnAt)).toBe(0)
  expect((await spend(owner, 100n, new Date(midnight.getTime() - 1))).used).toBe(100n)
  expect((await spend(owner, 100n, midnight)).used).toBe(0n)
  expect((await Promise.all([expireDueCredits(midnight), expireDueCredits(midnight)])).reduce((a, b) => a + b)).toBe(1)
  await drainJobs()
  const mails = await runtime().databases.asSystem('staff', (db) => db.mail.findMany({ where: { dedupeKey: `credits-expiring:${id}` } }))
  expect(mails).toHaveLength(1)
  const breakage = await runtime().databases.asSystem('staff', (db) => db.ledgerEntry.findMany({ where: { orgId: owner.organization.id, account: 'breakage' } }))
  expect(breakage.map((entry) => entry.amount)).toEqual([-400n])
  expect(await findings()).toEqual([])
})

test('a voided invoice gives back what it used, to where it came from; what came back after its end ends again', async () => {
  const [owner, staff] = [await makeOwner(), await makeUser({ staff: true })]
  await staff.call(grantCredits, { organization_id: owner.organization.id, amount: '2.00', reason: 'Welcome', expires_on: inDays(20) })
  await pay(owner, 300n, `payment:v${owner.organization.id}`)
  const { invoiceId, booked, used } = await spend(owner, 350n)
  expect(used).toBe(350n)
  const later = new Date(runtime().clock.now().getTime() + 30 * DAY_MS)
  await runtime().databases.asSystem('job', async (db) => {
    await returnCredits(db, invoiceId, later)
    await postTransaction(db, { brandId: owner.brand.id, orgId: owner.organization.id, at: later }, invoiceVoided(booked))
  })
  await runtime().databases.asSystem('job', (db) => returnCredits(db, invoiceId, later))
  const credits = async () => (await owner.call(listCredits, {})).data.map((credit) => [credit.kind, credit.remaining.amount]).sort()
  expect(await credits()).toEqual([['paid', 300], ['promotional', 200]])
  await expireDueCredits(later)
  expect(await credits()).toEqual([['paid', 300], ['promotional', 0]])
  expect(await findings()).toEqual([])
})
