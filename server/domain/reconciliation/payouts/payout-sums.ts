/** Payout = payments - fees - refunds. Pure: what is known of it, and what that leaves unexplained. */
export interface PaidOut { entityId: string; brandId: string; amount: bigint; bookedFee: bigint }
export interface PayoutFacts {
  amount: bigint
  fees: bigint
  payments: readonly PaidOut[]
  /** Went back or is withheld at the provider, and is in no earlier payout. */
  unsettled: bigint
  /** Fees that are booked already and belong to no payment: those of disputes since the last payout. */
  otherFees: bigint
}
export interface PayoutSums {
  payments: bigint
  refunds: bigint
  difference: bigint
  /** Fees that nobody told us payment by payment. */
  extraFees: bigint
  /** What arrives for each seller; the one with most takes what cannot be told apart. */
  shares: readonly { brandId: string; entityId: string; amount: bigint }[]
}

const sum = (list: readonly bigint[]): bigint => list.reduce((total, one) => total + one, 0n)
const between = (value: bigint, least: bigint, most: bigint): bigint => (value < least ? least : value > most ? most : value)

export const payoutSums = ({ amount, fees, payments, unsettled, otherFees }: PayoutFacts): PayoutSums => {
  const gross = sum(payments.map((one) => one.amount))
  const refunds = between(gross - fees - amount, 0n, unsettled > 0n ? unsettled : 0n)
  const extra = fees - sum(payments.map((one) => one.bookedFee)) - otherFees
  return { payments: gross, refunds, difference: amount - (gross - fees - refunds), extraFees: extra > 0n ? extra : 0n, shares: sharesOf(amount, payments) }
}

const sharesOf = (amount: bigint, payments: readonly PaidOut[]): PayoutSums['shares'] => {
  const sellers = [...Map.groupBy(payments, (one) => one.entityId).values()]
    .flatMap((own) => (own[0] ? [{ brandId: own[0].brandId, entityId: own[0].entityId, amount: sum(own.map((one) => one.amount - one.bookedFee)) }] : []))
    .sort((a, b) => (a.amount === b.amount ? (a.entityId < b.entityId ? -1 : 1) : a.amount > b.amount ? -1 : 1))
  const [most, ...others] = sellers
  if (!most) return []
  const told = others.filter((one) => one.amount > 0n)
  const rest = amount - sum(told.map((one) => one.amount))
  return rest > 0n ? [{ ...most, amount: rest }, ...told] : [{ ...most, amount }]
}
