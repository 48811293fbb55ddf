/** Above the limit of its currency, whichever way the money goes; where no limit was set, always. */
export const needsApproval = (amount: bigint, currency: string, limits: Readonly<Record<string, bigint>>): boolean => {
  const limit = limits[currency]
  return limit === undefined || (amount < 0n ? -amount : amount) > limit
}
