/** Invoice lines and totals from a price list, measured usage and a tax rate. */
import type { Coupon, PriceInput } from '../../../contract/billing-preview.ts'
import { Price } from '../../../contract/billing-preview.ts'
import type { Rational } from './rational.ts'
import { ONE, ZERO, divide, exact, toDecimalString, toMinor, whole } from './rational.ts'
import { dayShare } from './period.ts'
import { charge } from './price.ts'
import type { Totals } from './totals.ts'
import { totals } from './totals.ts'

type DateSpan = { readonly from: string; readonly to: string }

/** A price per `unit`; `meterUnits` meter units make one of it (3600 vCPU seconds -> 1 vCPU hour). */
export type MeterPrice = {
  readonly meter: string; readonly name: string; readonly unit: string; readonly meterUnits: string; readonly price: PriceInput
}
/** Flat charge for the period; `use` narrows it to the days of use. */
export type RecurringPrice = { readonly id: string; readonly name: string; readonly price: PriceInput; readonly use?: DateSpan }

export type PriceList = {
  readonly currency: string
  readonly taxRate: string
  readonly recurring: readonly RecurringPrice[]
  readonly meters: readonly MeterPrice[]
  /** Part of the period it rates the usage of: tiers, included quantities, minimum and maximum count for that part. */
  readonly share?: Rational
}
/** Exact decimal strings in meter units; `events` where the price counts them too, `alreadyBilled…` for corrections of a closed period. */
export type MeterUsage = { readonly quantity: string; readonly events?: number; readonly alreadyBilled?: string; readonly alreadyBilledEvents?: number }

export type InvoiceLine = {
  readonly kind: 'recurring' | 'usage' | 'true_up' | 'correction'
  /** Recurring price id or meter key. */
  readonly source: string
  readonly description: string
  readonly quantity: string
  readonly unit: string
  /** Major units per `unit`, or null where tiers, packages or rates make it depend on the quantity. */
  readonly unitAmount: string | null
  readonly amount: bigint
  readonly taxRate: string
  readonly periodStart: string
  readonly periodEnd: string
}
export type InvoiceInput = {
  readonly priceList: PriceList
  readonly period: { readonly start: string; readonly end: string }
  readonly usage: ReadonlyMap<string, MeterUsage>
  readonly coupons?: readonly Coupon[]
  readonly credits?: bigint
}
export type BuiltInvoice = Totals<InvoiceLine> & { readonly currency: string; readonly periodStart: string; readonly periodEnd: string }

const spanOf = (period: InvoiceInput['period'], use?: DateSpan) => ({ periodStart: use?.from ?? period.start, periodEnd: use?.to ?? period.end })
const unitAmountOf = (price: Price): string | null => (price.model === 'flat' || price.model === 'per_unit' ? price.unit_amount : null)

function recurringLines(input: Pick<InvoiceInput, 'priceList' | 'period'>, recurring: RecurringPrice): InvoiceLine[] {
  const { currency, taxRate } = input.priceList
  const price = Price.parse(recurring.price)
  const share = recurring.use === undefined ? ONE : dayShare(recurring.use, input.period)
  const amount = toMinor(charge(price, { quantity: ONE, events: ZERO }, { share }), currency)
  return [{
    kind: 'recurring', source: recurring.id, description: recurring.name, quantity: toDecimalString(share, 6), unit: 'period',
    unitAmount: unitAmountOf(price), amount, taxRate, ...spanOf(input.period, recurring.use),
  }]
}

/** The usage line and, where a minimum lifts it, the difference as a line of its own. */
function meterLines(input: Pick<InvoiceInput, 'priceList' | 'period'>, meter: MeterPrice, usage: MeterUsage): InvoiceLine[] {
  const { currency, taxRate } = input.priceList
  const price = Price.parse(meter.price)
  const units = (decimal: string): Rational => divide(exact(decimal), exact(meter.meterUnits))
  const { share = ONE } = input.priceList
  const rated = (quantity: Rational, events: number, ignoreMinimum: boolean) =>
    toMinor(charge(price, { quantity: divide(quantity, share), events: divide(whole(events), share) }, { share, ignoreMinimum }), currency)
  const { events = 0, alreadyBilledEvents = 0 } = usage
  const base = { source: meter.meter, unit: meter.unit, unitAmount: unitAmountOf(price), taxRate, ...spanOf(input.period) }
  const quantity = toDecimalString(units(usage.quantity))
  if (usage.alreadyBilled !== undefined) {
    const amount = rated(units(usage.quantity), events, false) - rated(units(usage.alreadyBilled), alreadyBilledEvents, false)
    return amount === 0n ? [] : [{ ...base, kind: 'correction', description: `${meter.name}, correction`, quantity, amount }]
  }
  const plain = rated(units(usage.quantity), events, true)
  const trueUp = rated(units(usage.quantity), events, false) - plain
  const lines: InvoiceLine[] = [{ ...base, kind: 'usage', description: meter.name, quantity, amount: plain }]
  if (trueUp !== 0n) {
    lines.push({ ...base, kind: 'true_up', description: `${meter.name}, up to the minimum`, quantity: '1', unitAmount: null, amount: trueUp })
  }
  return lines.filter((line) => line.amount !== 0n || exact(line.quantity).n !== 0n)
}

/** The lines of a plan and its usage, before discounts and tax. */
export const chargedLines = (input: Pick<InvoiceInput, 'priceList' | 'period' | 'usage'>): InvoiceLine[] => [
  ...input.priceList.recurring.flatMap((recurring) => recurringLines(input, recurring)),
  ...input.priceList.meters.flatMap((meter) => meterLines(input, meter, input.usage.get(meter.meter) ?? { quantity: '0' })),
]

export function buildInvoice(input: InvoiceInput): BuiltInvoice {
  const { priceList, period } = input
  const lines = chargedLines(input)
  const summed = totals(lines, { currency: priceList.currency, coupons: input.coupons ?? [], credits: input.credits ?? 0n })
  return { ...summed, currency: priceList.currency, periodStart: period.start, periodEnd: period.end }
}
