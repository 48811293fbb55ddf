import type { ServerResponse } from 'node:http'
import type { Actor, RequestMeta } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { createRateLimiter, limitHeaders, rateLimited, tighter, TIERS, UNPROVEN_WEBHOOKS, type RateLimiter, type Tier, type Verdict } from '../../core/rate-limit.ts'
import { runtime } from '../../core/runtime.ts'

const KNOWN_MS = 30_000
/** So that one token cannot use up what its organization has, and many tokens get no more than this. */
const TOKENS_PER_ORGANIZATION = 3
/** The console asks often and in batches; it is held back only where it runs wild. */
const CONSOLE: Tier = { name: 'console', burst: 300, perMinute: 6_000 }
const TIER_OF_PLAN: Record<string, Tier> = { ...TIERS, development: TIERS.free }

const BEST_PLAN = `SELECT s.plan_key FROM subscription s WHERE s.ended_at IS NULL AND
  (s.org_id = $1 OR s.org_id IN (SELECT org_id FROM membership WHERE user_id = $1 AND suspended_at IS NULL))`

interface Known { tier: Tier; at: number }
const known = new Map<string, Known>()

/** Tier of an organization, or the best of those a person belongs to. Asked of the database twice a minute at most. */
const tierOf = async (id: string): Promise<Tier> => {
  if (runtime().env.SHELLWEGO_MODE === 'sandbox') return TIERS.enterprise
  const remembered = known.get(id)
  if (remembered && performance.now() - remembered.at < KNOWN_MS) return remembered.tier
  const { rows } = await runtime().databases.systemPool.query<{ plan_key: string }>({ name: 'plan-of', text: BEST_PLAN, values: [id] })
  const tiers = rows.map((row) => TIER_OF_PLAN[row.plan_key] ?? TIERS.starter).sort((a, b) => b.perMinute - a.perMinute)
  const tier = tiers[0] ?? TIERS.free
  if (known.size > 10_000) known.clear()
  known.set(id, { tier, at: performance.now() })
  return tier
}

/** Who is counted, by what, and what to call them in a refusal. */
const subjectOf = async (actor: Actor, ip: string | null): Promise<{ key: string; tier: Tier; name: string }> => {
  if (actor.type === 'service_account') return { key: `token:${actor.token.tokenId}`, tier: await tierOf(actor.orgId), name: 'this token' }
  if (actor.type !== 'user') {
    return { key: `address:${ip ?? 'unknown'}`, tier: runtime().env.SHELLWEGO_MODE === 'sandbox' ? TIERS.enterprise : TIERS.free, name: 'this address without a token' }
  }
  const tier = actor.staff ? TIERS.enterprise : await tierOf(actor.userId)
  return actor.token ? { key: `token:${actor.token.tokenId}`, tier, name: 'this token' } : { key: `session:${actor.sessionId}`, tier, name: 'this session' }
}

const ofOrganization = ({ name, burst, perMinute }: Tier): Tier =>
  ({ name, burst: burst * TOKENS_PER_ORGANIZATION, perMinute: perMinute * TOKENS_PER_ORGANIZATION })
const atLeast = (tier: Tier, floor: Tier): Tier => (tier.perMinute >= floor.perMinute ? tier : floor)

let limiter: RateLimiter | null = null
/** Another store for the counts, or none for a process of its own (null). */
export const setRateLimiter = (next: RateLimiter | null): void => { limiter = next }
const theLimiter = (): RateLimiter => (limiter ??= createRateLimiter({ portals: runtime().env.SHELLWEGO_PORTALS ?? 1 }))

const announce = (res: ServerResponse, verdict: Verdict): void => {
  for (const [name, value] of Object.entries(limitHeaders(verdict))) res.setHeader(name, value)
}

/** Counts the request for its token or address now and for its organization as soon as that is known; throws `rate_limited`. */
export const admit = async (res: ServerResponse, meta: RequestMeta, from: 'api' | 'console' = 'api'): Promise<void> => {
  const { key, tier, name } = await subjectOf(meta.actor, meta.ip)
  const own = await theLimiter().take(from === 'console' ? `console:${key}` : key, from === 'console' ? atLeast(tier, CONSOLE) : tier)
  if (from === 'api') announce(res, own)
  if (!own.allowed) throw rateLimited(own, name)
  const counted = new Set<string>()
  if (from === 'console') return
  meta.admit = async (orgId) => {
    if (counted.has(orgId)) return
    counted.add(orgId)
    const ofOrg = await theLimiter().take(`organization:${orgId}`, ofOrganization(await tierOf(orgId)))
    announce(res, tighter(own, ofOrg))
    if (!ofOrg.allowed) throw rateLimited(ofOrg, 'this organization')
  }
}

/** For tokens nobody knows: whoever guesses is counted by address. */
export const admitStranger = async (res: ServerResponse, ip: string | null): Promise<void> => {
  const { key, tier, name } = await subjectOf({ type: 'anonymous' }, ip)
  const verdict = await theLimiter().take(key, tier)
  announce(res, verdict)
  if (!verdict.allowed) throw rateLimited(verdict, name)
}

const PROVEN_MS = 3_600_000
const provenAt = new Map<string, number>()
const heldUntil = new Map<string, number>()
const remember = (map: Map<string, number>, ip: string | null, at: number): void => {
  if (map.size > 10_000) map.clear()
  map.set(ip ?? 'unknown', at)
}
const isProven = (ip: string | null): boolean => performance.now() - (provenAt.get(ip ?? 'unknown') ?? -Infinity) < PROVEN_MS

/** Webhooks are held back by address while their signatures are wrong; an address that signed well may report as fast as it likes. */
export const webhookHeld = (ip: string | null): DomainError | null => {
  const leftS = Math.ceil(((heldUntil.get(ip ?? 'unknown') ?? 0) - performance.now()) / 1000)
  if (leftS <= 0 || isProven(ip)) return null
  return new DomainError('rate_limited', 'Too many webhooks with a wrong signature came from this address.', { headers: { 'retry-after': String(leftS) } })
}
export const webhookProven = (ip: string | null): void => remember(provenAt, ip, performance.now())
export const webhookRefused = async (ip: string | null): Promise<void> => {
  const verdict = await theLimiter().take(`webhook:${ip ?? 'unknown'}`, UNPROVEN_WEBHOOKS)
  if (!verdict.allowed) remember(heldUntil, ip, performance.now() + verdict.retryAfterS * 1000)
}
