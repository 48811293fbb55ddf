import { ExpiringMap } from './expiring-map.ts'

/** A revocation holds within a second everywhere, and from the next request on in the process that made it. */
const FRESH_MS = 1_000
const MAX_ENTRIES = 10_000

const entries = new ExpiringMap<unknown>(FRESH_MS, MAX_ENTRIES)

/** Who a token is, or what a member may do, as `read` found it less than a second ago. What was not found is not kept. */
export const remembered = async <T>(key: readonly (string | null)[], read: () => Promise<T | null>): Promise<T | null> => {
  const name = JSON.stringify(key)
  const known = entries.get(name)
  if (known !== undefined) return known as T
  const askedAt = Date.now()
  const found = await read()
  if (found !== null) entries.set(name, found, askedAt)
  return found
}

/** After each change made in this process, whatever it was: reading again costs little, and no list of what matters can be too short. */
export const forgetAccess = (): void => entries.clear()
