/** Prepaid credit grants: which are spent first, what expires, and never more than there is. */
export type CreditGrant = {
  readonly id: string
  readonly kind: 'paid' | 'promotional'
  readonly priority: number
  readonly remaining: bigint
  readonly createdAt: Date
  /** Local midnight as an instant; the grant is worth nothing from then on. */
  readonly expiresAt: Date | null
}
export type CreditUse = { readonly grantId: string; readonly kind: CreditGrant['kind']; readonly amount: bigint }

const expiry = (grant: CreditGrant): number => grant.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY
const byNumber = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1)

export const isExpired = (grant: CreditGrant, now: Date): boolean => expiry(grant) <= now.getTime()

/** Lower priority number, then earlier expiry, then earlier creation; the id settles what is left. */
export const burnOrder = (grants: readonly CreditGrant[]): CreditGrant[] =>
  [...grants].sort((a, b) => byNumber(a.priority, b.priority) || byNumber(expiry(a), expiry(b))
    || byNumber(a.createdAt.getTime(), b.createdAt.getTime()) || (a.id < b.id ? -1 : 1))

export function spendCredits(grants: readonly CreditGrant[], wanted: bigint, now: Date): { readonly uses: CreditUse[]; readonly uncovered: bigint } {
  const uses: CreditUse[] = []
  let uncovered = wanted > 0n ? wanted : 0n
  for (const grant of burnOrder(grants)) {
    if (uncovered === 0n || isExpired(grant, now) || grant.remaining <= 0n) continue
    const amount = grant.remaining < uncovered ? grant.remaining : uncovered
    uses.push({ grantId: grant.id, kind: grant.kind, amount })
    uncovered -= amount
  }
  return { uses, uncovered }
}

/** What expires by `now`, to be booked as breakage. */
export const breakage = (grants: readonly CreditGrant[], now: Date): CreditUse[] =>
  grants.filter((grant) => isExpired(grant, now) && grant.remaining > 0n)
    .map((grant) => ({ grantId: grant.id, kind: grant.kind, amount: grant.remaining }))
