import { RETRY_DELAYS_S } from '../../contract/webhook.ts'

const LONGEST_WAIT_S = 86_400
const LONGEST_PAUSE_S = 3_600

/** Seconds until the next attempt after `tries` failed ones; null when the schedule is used up. `chance` from 0 to 1 spreads by a tenth either way. */
export const retryDelay = (tries: number, chance: number, retryAfter: number | null): number | null => {
  const delay = RETRY_DELAYS_S[tries - 1]
  if (delay === undefined) return null
  return Math.max(delay * (0.9 + 0.2 * chance), Math.min(retryAfter ?? 0, LONGEST_WAIT_S))
}

/** `Retry-After` in seconds, given as such or as a date; null when there is none that means something. */
export const retryAfterSeconds = (header: string | undefined, now: Date): number | null => {
  if (!header) return null
  const seconds = /^\d{1,9}$/.test(header) ? Number(header) : (Date.parse(header) - now.getTime()) / 1000
  return Number.isNaN(seconds) ? null : Math.max(0, seconds)
}

const BUSY = new Set([429, 502, 503, 504])

/** How long the whole endpoint is left alone after that answer; null = not at all. */
export const pauseSeconds = (status: number | null, retryAfter: number | null): number | null =>
  status !== null && BUSY.has(status) && retryAfter !== null && retryAfter > 0 ? Math.min(retryAfter, LONGEST_PAUSE_S) : null

export type Verdict = 'delivered' | 'gone' | 'failed'
/** Only 2xx is success; a redirect is not. */
export const verdictOf = (status: number | null): Verdict => (status === null ? 'failed' : status >= 200 && status < 300 ? 'delivered' : status === 410 ? 'gone' : 'failed')

export const errorOf = (status: number): string | null => {
  const verdict = verdictOf(status)
  if (verdict === 'delivered') return null
  return verdict === 'gone' ? 'gone' : status >= 300 && status < 400 ? 'redirect' : 'refused_status'
}
