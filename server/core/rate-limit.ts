import { DomainError } from './error.ts'

/** Requests at once, and requests in a minute. */
export interface Tier { name: string; burst: number; perMinute: number }
export const TIERS = {
  free: { name: 'free', burst: 20, perMinute: 100 },
  starter: { name: 'starter', burst: 50, perMinute: 1_000 },
  growth: { name: 'growth', burst: 100, perMinute: 5_000 },
  enterprise: { name: 'enterprise', burst: 500, perMinute: 50_000 },
} as const satisfies Record<string, Tier>
/** Webhooks of providers whose signature nobody has seen yet: per address and second. */
export const UNPROVEN_WEBHOOKS: Tier = { name: 'webhooks', burst: 10, perMinute: 6_000 }

const WINDOW_MS = 60_000

export interface Verdict {
  allowed: boolean
  tier: Tier
  /** Left of the minute, and of what may come at once. */
  remaining: number
  burstRemaining: number
  /** Seconds until the minute is over, and until one more may come. */
  resetS: number
  retryAfterS: number
}

/** Counts requests per key. A store that several portals share would implement the same. */
export interface RateLimiter {
  take(key: string, tier: Tier): Verdict | Promise<Verdict>
}

interface Bucket { tokens: number; at: number; windowStart: number; used: number }
const MAX_KEYS = 50_000
/** Fills add up to a whole request only within the precision of a number. */
const ALMOST_ONE = 1 - 1e-9

/**
 * In this process: a bucket of `burst` filled by `perMinute / 60` each second, and a count per minute. Where several portals serve one
 * console each gets an equal share, so that together they allow no more than the tier.
 */
export const createRateLimiter = (options: { portals?: number; now?: () => number } = {}) => {
  const now = options.now ?? (() => performance.now())
  const portals = options.portals ?? 1
  const buckets = new Map<string, Bucket>()

  const bucketOf = (key: string, burst: number): Bucket => {
    const known = buckets.get(key)
    if (known) buckets.delete(key) // put back at the end: the map's order is that of use
    const bucket = known ?? { tokens: burst, at: now(), windowStart: now(), used: 0 }
    buckets.set(key, bucket)
    if (buckets.size > MAX_KEYS) for (const oldest of buckets.keys()) { buckets.delete(oldest); break }
    return bucket
  }

  return {
    take: (key: string, tier: Tier): Verdict => {
      const share = { burst: Math.max(1, Math.floor(tier.burst / portals)), perMinute: Math.max(1, Math.floor(tier.perMinute / portals)) }
      const bucket = bucketOf(key, share.burst)
      const at = now()
      const perMs = share.perMinute / WINDOW_MS
      bucket.tokens = Math.min(share.burst, bucket.tokens + (at - bucket.at) * perMs)
      bucket.at = at
      if (at - bucket.windowStart >= WINDOW_MS) Object.assign(bucket, { windowStart: at, used: 0 })
      const windowLeftMs = bucket.windowStart + WINDOW_MS - at
      const allowed = bucket.tokens >= ALMOST_ONE && bucket.used < share.perMinute
      if (allowed) {
        bucket.tokens = Math.max(0, bucket.tokens - 1)
        bucket.used += 1
      }
      const waitMs = Math.max(bucket.used >= share.perMinute ? windowLeftMs : 0, (1 - bucket.tokens) / perMs)
      return {
        allowed, tier, remaining: share.perMinute - bucket.used, burstRemaining: Math.floor(bucket.tokens), resetS: Math.ceil(windowLeftMs / 1000),
        retryAfterS: Math.max(1, Math.ceil(waitMs / 1000)),
      }
    },
  }
}

/** Both the reference's fields and the `RateLimit` fields of the IETF draft. */
export const limitHeaders = (v: Verdict, nowS = Math.floor(Date.now() / 1000)): Record<string, string> => {
  const fillS = Math.ceil(v.tier.burst / (v.tier.perMinute / 60))
  return {
    'x-ratelimit-limit': String(v.tier.perMinute), 'x-ratelimit-remaining': String(v.remaining), 'x-ratelimit-reset': String(nowS + v.resetS),
    'ratelimit-policy': `"sustained";q=${v.tier.perMinute};w=60, "burst";q=${v.tier.burst};w=${fillS}`,
    'ratelimit': `"sustained";r=${v.remaining};t=${v.resetS}, "burst";r=${v.burstRemaining};t=${v.burstRemaining > 0 ? 0 : v.retryAfterS}`,
    ...(v.allowed ? {} : { 'retry-after': String(v.retryAfterS), 'x-ratelimit-retry-after': String(v.retryAfterS) }),
  }
}

/** The stricter of two, for a caller who is counted twice. */
export const tighter = (a: Verdict, b: Verdict): Verdict =>
  (!a.allowed || (b.allowed && a.remaining / a.tier.perMinute <= b.remaining / b.tier.perMinute) ? a : b)

export const rateLimited = (v: Verdict, who: string): DomainError =>
  new DomainError('rate_limited', `Too many requests by ${who}: ${v.tier.perMinute} a minute, ${v.tier.burst} at once. Try again in ${v.retryAfterS} s.`, { headers: limitHeaders(v) })
