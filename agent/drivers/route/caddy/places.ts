/** Pure: how the requests of a host are divided. A visitor gets one of the places by chance, so whoever has more of them gets more. */
import { SHARE_PLACES } from '../../../../server/contract/canary.ts'
import type { AddressShare } from '../../route.ts'

const distinct = (addresses: readonly string[]): string[] => [...new Set(addresses)].sort()
const inTurn = (addresses: readonly string[], count: number): string[] => Array.from({ length: count }, (_, at) => addresses[at % addresses.length] ?? '')

/** Who has which of the {@link SHARE_PLACES}; just the addresses where one side gets everything, as when nobody of the other can answer. */
export function divide(addresses: readonly string[], { addresses: some, percent }: AddressShare): { all: string[] } | { places: string[] } {
  const [part, rest] = [distinct(some.filter((one) => addresses.includes(one))), distinct(addresses.filter((one) => !some.includes(one)))]
  if (part.length === 0 || rest.length === 0) return { all: distinct(addresses) }
  if (percent >= 100) return { all: part }
  const count = Math.min(SHARE_PLACES - 1, Math.max(1, Math.round((percent * SHARE_PLACES) / 100)))
  return { places: [...inTurn(part, count), ...inTurn(rest, SHARE_PLACES - count)] }
}
