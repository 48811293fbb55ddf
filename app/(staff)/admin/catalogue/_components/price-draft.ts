import type { PriceInput } from '../../../../../server/contract/billing-preview.ts'

export const MODELS = ['flat', 'per_unit', 'graduated', 'volume', 'package', 'percentage'] as const
export type Model = (typeof MODELS)[number]
export const modelWords: Record<Model, string> = {
  flat: 'One amount',
  per_unit: 'Per unit',
  graduated: 'By tier: each unit at the price of its tier',
  volume: 'By volume: every unit at the price reached',
  package: 'In packages',
  percentage: 'Percentage of a sum',
}

export type TierDraft = { up_to: string; unit_amount: string; flat_amount: string }
/** What stands in the fields; every model keeps what was typed for it. */
export type PriceDraft = {
  model: Model; unit_amount: string; tiers: TierDraft[]; package_size: string; free_units: string; rate: string; fixed_amount: string; free_events: string
  minimum: string; maximum: string
}

export const emptyPrice: PriceDraft = {
  model: 'flat', unit_amount: '', tiers: [{ up_to: '', unit_amount: '', flat_amount: '0' }], package_size: '1', free_units: '0', rate: '', fixed_amount: '0', free_events: '0',
  minimum: '', maximum: '',
}

const modelOf = (draft: PriceDraft): PriceInput => {
  const { model, unit_amount, tiers } = draft
  switch (model) {
    case 'flat':
    case 'per_unit': return { model, unit_amount }
    case 'graduated':
    // The last tier is open whatever was typed before another one was taken away.
    case 'volume': return { model, tiers: tiers.map((tier, index) => ({ ...tier, up_to: index === tiers.length - 1 ? null : tier.up_to, flat_amount: tier.flat_amount === '' ? '0' : tier.flat_amount })) }
    case 'package': return { model, unit_amount, package_size: draft.package_size, free_units: draft.free_units === '' ? '0' : draft.free_units }
    case 'percentage': return { model, rate: draft.rate, fixed_amount: draft.fixed_amount === '' ? '0' : draft.fixed_amount, free_events: draft.free_events === '' ? '0' : draft.free_events }
  }
}

export const toPrice = (draft: PriceDraft): PriceInput => ({
  ...modelOf(draft), ...(draft.minimum === '' ? {} : { minimum: draft.minimum }), ...(draft.maximum === '' ? {} : { maximum: draft.maximum }),
})

export const toDraft = (price: PriceInput): PriceDraft => {
  const base: PriceDraft = { ...emptyPrice, model: price.model, minimum: price.minimum ?? '', maximum: price.maximum ?? '' }
  switch (price.model) {
    case 'flat':
    case 'per_unit': return { ...base, unit_amount: price.unit_amount }
    case 'graduated':
    case 'volume': return { ...base, tiers: price.tiers.map((tier) => ({ up_to: tier.up_to === null ? '' : String(tier.up_to), unit_amount: tier.unit_amount, flat_amount: tier.flat_amount ?? '0' })) }
    case 'package': return { ...base, unit_amount: price.unit_amount, package_size: String(price.package_size), free_units: String(price.free_units ?? 0) }
    case 'percentage': return { ...base, rate: price.rate, fixed_amount: price.fixed_amount ?? '0', free_events: String(price.free_events ?? 0) }
  }
}
