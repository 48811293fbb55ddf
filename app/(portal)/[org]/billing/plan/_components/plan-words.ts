import { unitPrice } from '../../../../../_lib/format.ts'
import type { Offer, Subscription } from '../../../../../_lib/wire.ts'
import type { StatusLook } from '../../../../../_ui/status.tsx'

export const intervalWords = { week: 'week', month: 'month', quarter: 'quarter', year: 'year' } as const

export const subscriptionLook: Record<Subscription['status'], StatusLook> = {
  trialing: { tone: 'info', word: 'Trial' },
  active: { tone: 'good', word: 'Active' },
  paused: { tone: 'attention', word: 'Paused' },
  cancelled: { tone: 'idle', word: 'Ended' },
}

type Price = Offer['price']['recurring']

/** A price in words, for those that are no single amount. */
export const priceWords = (price: Price, unit: string, currency: string): string => {
  const each = (amount: string): string => unitPrice(amount, currency)
  switch (price.model) {
    case 'flat': return `${each(price.unit_amount)} in all`
    case 'per_unit': return `${each(price.unit_amount)} per ${unit}`
    case 'graduated': return `from ${each(price.tiers[0]?.unit_amount ?? '0')} per ${unit}, by tier`
    case 'volume': return `from ${each(price.tiers[0]?.unit_amount ?? '0')} per ${unit}, by volume`
    case 'package': return `${each(price.unit_amount)} per ${price.package_size} ${unit}`
    case 'percentage': return `${Number(price.rate) * 100} %`
  }
}

/** What a price includes without charge. */
export const includedWords = (price: Price, unit: string): string | null => {
  if (price.model === 'package' && Number(price.free_units) > 0) return `${price.free_units} ${unit} included`
  if (price.model !== 'graduated' || price.tiers[0]?.up_to === null) return null
  const [first] = price.tiers
  return first && Number(first.unit_amount) === 0 ? `${first.up_to} ${unit} included` : null
}
