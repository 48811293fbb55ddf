import { beforeEach, expect, test } from 'vitest'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import { makeUser, type Caller } from '../../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import { findViolations } from '../../billing/index.ts'
import { makeCustomer, setPlainMail } from '../../billing/testing/books.ts'
import { createBrand } from '../../branding/index.ts'
import { setProviders, settleAttempt } from '../../payments/index.ts'
import { createBankAccount, listLines, listPayouts, reconcileOnce } from '../index.ts'
import { addInvoices, csvLine, importLines, MAPPING } from '../testing/bank.ts'
import { fakeRail, providerPayment, type FakeRail } from '../testing/fake-rail.ts'

withRuntime()

let rail: FakeRail
let count = 0
beforeEach(() => {
  setPlainMail()
  count += 1
  rail = fakeRail(`sharepay${count}`)
  setProviders([rail])
})

/** A reseller who gets nine tenths of what its customers pay by the rail. */
const makeReseller = async (staff: Caller) => {
  const { id } = await staff.call(createBrand, {
    name: `Reseller ${count}`, hostname: `shares${count}.example`, support_email: 'help@example.com', legal_name: 'Reseller Ltd', country: 'NG', invoice_prefix: `SHR${count}`,
    default_currency: 'USD',
  })
  await runtime().databases.asSystem('staff', (db) => db.providerAccount.create({ data: { brandId: id, provider: rail.name, accountRef: 'acct_1', feeShare: '0.1' } }))
  return id
}

const pay = async (sum: number, feeMinor: bigint, brandId?: string) => {
  const { organization: { id: orgId } } = await makeCustomer(brandId === undefined ? {} : { brandId, currency: 'USD' })
  const [invoice] = await addInvoices(orgId, [sum])
  const id = newId('payment')
  await runtime().databases.asSystem('job', (db) => db.paymentAttempt.create({
    data: { id, orgId, invoiceId: invoice?.id ?? '', provider: rail.name, providerRef: `ref_${id}`, amount: BigInt(sum), currency: 'USD', state: 'pending' },
  }))
  const payment = { ...providerPayment({ providerRef: `ref_${id}`, attemptId: id, minor: BigInt(sum) }), feeMinor }
  await settleAttempt(id, payment)
  return { id, payment }
}

/** Of the rail's own accounts and of our parts, seller by seller. */
const balances = async (brandId: string): Promise<Record<string, bigint>> => {
  const { rows } = await runtime().databases.systemPool.query<{ account: string; sum: string }>(
    `SELECT e.account, sum(e.amount)::text AS sum FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id
     WHERE e.brand_id = $1 AND t.entity_id IS NOT NULL AND e.account IN ('cash', 'platform_fees', 'provider_fees', 'cash_in_transit:' || $2, 'connected_account:' || $2)
     GROUP BY 1`, [brandId, rail.name])
  return Object.fromEntries(rows.map(({ account, sum }) => [account.replace(rail.name, 'rail'), BigInt(sum)]))
}

test('a payout with an ordinary and a shared payment, refunded in part, adds up', async () => {
  const staff = await makeUser({ staff: true })
  const brandId = await makeReseller(staff)
  const own = await pay(10_000, 300n)
  const shared = await pay(20_000, 610n, brandId)
  await settleAttempt(shared.id, { ...shared.payment, status: 'partially_refunded', refundedMinor: 5_000n })
  rail.payouts.push({
    id: 'po_1', amount: 10_590n, currency: 'USD', arrivedAt: new Date(), feeMinor: 910n, paymentRefs: [own, shared].map(({ payment }) => payment.providerRef),
  })
  await reconcileOnce()
  const { data: [payout] } = await staff.call(listPayouts, { filter: { provider: rail.name } })
  expect(payout).toMatchObject({ state: 'matched', payments: { amount: 12_000 }, fees: { amount: 910 }, refunds: { amount: 500 }, difference: { amount: 0 } })
  expect(await balances(staff.brand.id)).toEqual({ cash: 10_590n, platform_fees: -1_500n, provider_fees: 910n, 'cash_in_transit:rail': 0n })
  expect(await balances(brandId)).toEqual({ 'connected_account:rail': 13_500n, provider_fees: 1_500n })
})

test('what the rail pays to the reseller is on the reseller\'s statement only, and empties its account there', async () => {
  const staff = await makeUser({ staff: true })
  const brandId = await makeReseller(staff)
  await pay(20_000, 610n, brandId)
  const { id: entityId } = await runtime().databases.asSystem('job', (db) => db.legalEntity.findFirstOrThrow({ where: { brandId, isDefault: true } }))
  const account = await staff.call(createBankAccount, { entity_id: entityId, name: 'Reseller', number: `DE${'7'.repeat(19)}${count}`, currency: 'USD', mapping: MAPPING })
  const day = new Date().toISOString().slice(0, 10)
  await importLines(staff, account.id, [csvLine({ day, amount: '130.00', payer: 'Fakepay Ltd' }), csvLine({ day, amount: '60.00', payer: 'Fakepay Ltd' })])
  await drainJobs()
  const { data } = await staff.call(listLines, { filter: { bank_account_id: account.id } })
  expect(data.map((line) => [line.amount.amount, line.state]).sort()).toEqual([[13_000, 'payout'], [6_000, 'new']])
  expect(await balances(brandId)).toEqual({ 'connected_account:rail': 5_000n, cash: 13_000n, provider_fees: 2_000n })
  expect((await runtime().databases.asSystem('job', (db) => findViolations(db))).filter(({ rule }) => rule.startsWith('transaction_'))).toEqual([])
})
