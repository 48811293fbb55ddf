/** The price models, in exact major units of the currency; nothing here rounds. */
import type { Price, PriceTier } from '../../../contract/billing-preview.ts'
import type { Rational } from './rational.ts'
import { ONE, ZERO, add, ceiling, compare, divide, exact, greater, lesser, multiply, subtract, whole } from './rational.ts'

export type Usage = { readonly quantity: Rational; readonly events: Rational }

const atLeastZero = (value: Rational): Rational => greater(value, ZERO)

/** Each tier's units at its own rate plus its fee once entered; the first fee is due even at 0. */
function graduated(tiers: readonly PriceTier[], quantity: Rational): Rational {
  let total = ZERO
  let below = ZERO
  for (const [index, tier] of tiers.entries()) {
    if (index > 0 && compare(quantity, below) <= 0) break
    const upTo = tier.up_to === null ? quantity : lesser(quantity, exact(tier.up_to))
    total = add(total, add(multiply(subtract(upTo, below), exact(tier.unit_amount)), exact(tier.flat_amount)))
    below = tier.up_to === null ? quantity : exact(tier.up_to)
  }
  return total
}

/** All units at the rate of the tier reached, plus that tier's fee. */
function volume(tiers: readonly PriceTier[], quantity: Rational): Rational {
  const reached = tiers.find((tier) => tier.up_to === null || compare(quantity, exact(tier.up_to)) <= 0)
  if (reached === undefined) throw new RangeError('the last tier must be open-ended')
  return add(multiply(quantity, exact(reached.unit_amount)), exact(reached.flat_amount))
}

/** What the model alone asks, before minimum, maximum and proration. */
export function modelAmount(price: Price, usage: Usage): Rational {
  switch (price.model) {
    case 'flat': return exact(price.unit_amount)
    case 'per_unit': return multiply(usage.quantity, exact(price.unit_amount))
    case 'graduated': return graduated(price.tiers, usage.quantity)
    case 'volume': return volume(price.tiers, usage.quantity)
    case 'package': {
      const billable = atLeastZero(subtract(usage.quantity, exact(price.free_units)))
      return multiply(whole(ceiling(divide(billable, exact(price.package_size)))), exact(price.unit_amount))
    }
    case 'percentage': {
      const billableEvents = atLeastZero(subtract(usage.events, exact(price.free_events)))
      return add(multiply(exact(price.rate), usage.quantity), multiply(exact(price.fixed_amount), billableEvents))
    }
  }
}

export type ChargeOptions = { readonly share?: Rational; readonly ignoreMinimum?: boolean }

/** F(q) = share x clamp(model(q), minimum, maximum). */
export function charge(price: Price, usage: Usage, { share = ONE, ignoreMinimum = false }: ChargeOptions = {}): Rational {
  let amount = modelAmount(price, usage)
  if (price.minimum !== undefined && !ignoreMinimum) amount = greater(amount, exact(price.minimum))
  if (price.maximum !== undefined) amount = lesser(amount, exact(price.maximum))
  return multiply(share, amount)
}
