/** Which failures are worth another try with the same means of payment, and when. */

export interface LastFailure { code: string | null; provider: string; methodId: string | null }
export interface Method { id: string; provider: string }

const DEAD: ReadonlySet<string> = new Set(['expired_card', 'lost_or_stolen', 'invalid_method'])
/** This means of payment will never pay again, whatever for. */
export const isDead = (code: string): boolean => DEAD.has(code)
/** The issuer will not change its mind, or somebody has to act first. */
const FINAL: ReadonlySet<string> = new Set([...DEAD, 'authentication_required', 'cancelled_by_payer'])
/** Money may be there later: tries lie twice as far apart. */
const PATIENT: ReadonlySet<string> = new Set(['insufficient_funds', 'limit_exceeded'])

/** Card schemes fine a merchant who tries too often; rails that report failures late get fewer tries. */
const MOST_TRIES: Readonly<Record<string, number>> = { stripe: 8, paystack: 4, flutterwave: 4 }
const MOST_TRIES_ELSEWHERE = 3

/** Days past due on which this method is tried, in order; none where a try would fail for certain. */
export const retryDaysFor = (days: readonly number[], method: Method | null, failure: LastFailure | null): number[] => {
  if (method === null) return []
  const same = failure !== null && failure.methodId === method.id
  if (same && failure.code !== null && FINAL.has(failure.code)) return []
  const spread = same && failure.code !== null && PATIENT.has(failure.code) ? 2 : 1
  return days.slice(0, MOST_TRIES[method.provider] ?? MOST_TRIES_ELSEWHERE).map((day) => day * spread)
}
