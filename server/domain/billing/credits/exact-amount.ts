import { ruleViolated } from '../../../core/error.ts'
import { currencyExponent, MAX_MINOR } from '../../../contract/money.ts'
import { exact, toMinorExactly } from '../rules/rational.ts'

/** A sum that changes hands, from major units: positive, no finer than the currency, and such that every client can hold it. */
export const exactAmount = (pointer: string, value: string, currency: string): bigint => {
  const minor = toMinorExactly(exact(value), currency)
  if (minor === null) {
    throw ruleViolated(pointer, 'too_fine', `${currency} has ${currencyExponent(currency)} decimals; write the amount with no more.`)
  }
  if (minor <= 0n) throw ruleViolated(pointer, 'not_positive', 'Write an amount above zero.')
  if (minor > MAX_MINOR) throw ruleViolated(pointer, 'amount_too_large', 'The amount is beyond what can be booked.')
  return minor
}
