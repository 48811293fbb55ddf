/** Splits a sum over weights so that the parts add up to it: largest remainder, ties to the earlier part. */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n)
  if (weights.some((weight) => weight < 0n) || sum <= 0n) throw new RangeError('weights must be non-negative and not all zero')
  const sign = total < 0n ? -1n : 1n
  const magnitude = total * sign
  const parts = weights.map((weight) => (magnitude * weight) / sum)
  const rest = Number(magnitude - parts.reduce((a, b) => a + b, 0n))
  if (rest === 0) return parts.map((part) => sign * part)
  const remainders = weights.map((weight, index) => ({ index, remainder: (magnitude * weight) % sum }))
  remainders.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  const extra = new Set(remainders.slice(0, rest).map((entry) => entry.index))
  return parts.map((part, index) => sign * (extra.has(index) ? part + 1n : part))
}
