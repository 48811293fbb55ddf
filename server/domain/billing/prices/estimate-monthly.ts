import { toMoney, type Money } from '../../../contract/money.ts'
import { buildInvoice } from '../rules/invoice.ts'
import { charge } from '../rules/price.ts'
import { ONE, toMinor, ZERO } from '../rules/rational.ts'
import { recurringOf, type PriceListRow } from './current-price-list.ts'
import { enginePriceList } from './engine-price-list.ts'

/** A month as the industry counts it: 365 days x 24 hours / 12. */
export const HOURS_OF_A_MONTH = 730

export interface AppSize { vcpu: number; memory_mib: number; replicas: number }
export interface MonthlyEstimate { app: Money; plan: Money; total: Money; hours: number }

/** What an app of that size costs when it runs a whole month, before tax and traffic; the plan's fee is that of one period. */
export const estimateMonthly = (row: PriceListRow, size: AppSize): MonthlyEstimate => {
  const seconds = BigInt(HOURS_OF_A_MONTH) * 3600n * BigInt(size.replicas)
  const invoice = buildInvoice({
    priceList: { ...enginePriceList(row, '0'), recurring: [] },
    period: { start: '2000-01-01', end: '2000-02-01' },
    usage: new Map([
      ['vcpu_seconds', { quantity: String(seconds * BigInt(size.vcpu)) }], ['memory_mib_seconds', { quantity: String(seconds * BigInt(size.memory_mib)) }],
    ]),
  })
  const plan = toMinor(charge(recurringOf(row), { quantity: ONE, events: ZERO }), row.currency)
  const money = (amount: bigint): Money => toMoney(amount, row.currency)
  return { app: money(invoice.subtotal), plan: money(plan), total: money(invoice.subtotal + plan), hours: HOURS_OF_A_MONTH }
}
