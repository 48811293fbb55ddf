/** How long a proven domain is served without its record: a day, less the hour between two looks. */
const GRACE_MS = 23 * 3_600_000
const HOUR_MS = 3_600_000

export interface Standing { missingSince: Date | null }
export type Verdict = 'proven' | 'recovered' | 'failing' | 'still_failing' | 'lost' | 'unknown'

/** What one more look at a proven domain's record comes to. A resolver that does not answer proves nothing. */
export const judge = ({ missingSince }: Standing, found: { present: boolean; unreachable: boolean }, now: Date): Verdict => {
  if (found.present) return missingSince ? 'recovered' : 'proven'
  if (found.unreachable) return 'unknown'
  if (!missingSince) return 'failing'
  return now.getTime() - missingSince.getTime() >= GRACE_MS ? 'lost' : 'still_failing'
}

export const givenUpAt = (missingSince: Date): Date => new Date(missingSince.getTime() + GRACE_MS + HOUR_MS)

export interface Pointing { pointsHere: boolean | null; pointsTo: string[] }

/** Whether a name leads to us: by a CNAME to the app's own name, or to an address of ours. */
export const judgePointing = (target: string, found: { cname: readonly string[]; addresses: readonly string[]; ours: readonly string[] }): Pointing => {
  const cname = found.cname.map((name) => name.toLowerCase().replace(/\.$/, ''))
  const pointsTo = [...cname, ...found.addresses].slice(0, 20)
  if (cname.includes(target) || found.addresses.some((address) => found.ours.includes(address))) return { pointsHere: true, pointsTo }
  if (found.addresses.length === 0 && cname.length === 0) return { pointsHere: false, pointsTo }
  return { pointsHere: found.ours.length > 0 ? false : null, pointsTo }
}
