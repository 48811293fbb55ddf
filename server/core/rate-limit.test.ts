import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRateLimiter, limitHeaders, tighter, TIERS, type Verdict } from './rate-limit.ts'

const startAt = (at: number) => {
  const clock = { at }
  return { clock, now: () => clock.at }
}

test.each(Object.values(TIERS))('%j: as many at once as its burst, then one more after a while', ({ name, burst, perMinute }) => {
  const { clock, now } = startAt(1_000)
  const limiter = createRateLimiter({ now })
  const tier = { name, burst, perMinute }
  for (let i = 0; i < burst; i++) expect(limiter.take('k', tier).allowed).toBe(true)
  expect(limiter.take('k', tier)).toMatchObject({ allowed: false, retryAfterS: 1, burstRemaining: 0, remaining: perMinute - burst })
  clock.at += 60_000 / perMinute + 0.001
  expect(limiter.take('k', tier).allowed).toBe(true)
  expect(limiter.take('k', tier).allowed).toBe(false)
})

test('whatever the times of the requests: never more than the minute allows, nor more at once than the burst, and what is refused is not counted', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 400 })
  fc.assert(fc.property(gaps, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 200 }), (waits, burst, perMinute) => {
    const { clock, now } = startAt(0)
    const limiter = createRateLimiter({ now })
    const tier = { name: 't', burst, perMinute }
    const allowed: number[] = []
    let windowStart = 0
    let inWindow = 0
    let bucket = burst
    let last = 0
    for (const wait of waits) {
      clock.at += wait
      if (clock.at - windowStart >= 60_000) [windowStart, inWindow] = [clock.at, 0]
      bucket = Math.min(burst, bucket + ((clock.at - last) * perMinute) / 60_000)
      last = clock.at
      const verdict = limiter.take('k', tier)
      expect(verdict.allowed).toBe(bucket >= 1 && inWindow < perMinute)
      if (!verdict.allowed) continue
      allowed.push(clock.at)
      inWindow += 1
      bucket -= 1
      expect(verdict.remaining).toBe(perMinute - inWindow)
    }
    const withinASecond = (i: number, at: number) => allowed.slice(i).filter((t) => t - at < 1_000).length
    for (const [i, at] of allowed.entries()) expect(withinASecond(i, at)).toBeLessThanOrEqual(burst + Math.ceil(perMinute / 60) + 1)
  }))
})

test('who waits as long as told is let in', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 100 }), (burst, perMinute) => {
    const { clock, now } = startAt(0)
    const limiter = createRateLimiter({ now })
    const tier = { name: 't', burst, perMinute }
    for (let i = 0; i < 40; i++) {
      const verdict = limiter.take('k', tier)
      if (verdict.allowed) continue
      clock.at += verdict.retryAfterS * 1_000
      expect(limiter.take('k', tier).allowed).toBe(true)
    }
  }), { examples: [[1, 7]], numRuns: 1_000 })
})

test('keys do not share, and several portals share one tier', () => {
  const { now } = startAt(0)
  const one = createRateLimiter({ now, portals: 4 })
  const allowed = (key: string) => Array.from({ length: 30 }, () => one.take(key, TIERS.free).allowed).filter(Boolean).length
  expect([allowed('a'), allowed('b')]).toEqual([5, 5])
})

test('the memory of keys has an end', () => {
  const { now } = startAt(0)
  const limiter = createRateLimiter({ now })
  for (let i = 0; i < 25; i++) limiter.take('mine', TIERS.free)
  for (let i = 0; i < 60_000; i++) limiter.take(`k${i}`, TIERS.free)
  expect(limiter.take('mine', TIERS.free).burstRemaining).toBe(19)
})

const verdict = (over: Partial<Verdict>): Verdict => ({
  allowed: true, tier: TIERS.free, remaining: 50, burstRemaining: 5, resetS: 30, retryAfterS: 1, ...over,
})

test('headers: those of the reference and those of the draft, and when to come back', () => {
  expect(limitHeaders(verdict({}), 1_000)).toEqual({
    'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '50', 'x-ratelimit-reset': '1030',
    'ratelimit-policy': '"sustained";q=100;w=60, "burst";q=20;w=12', 'ratelimit': '"sustained";r=50;t=30, "burst";r=5;t=0',
  })
  expect(limitHeaders(verdict({ allowed: false, retryAfterS: 7, burstRemaining: 0 }), 1_000)).toMatchObject({ 'retry-after': '7', 'x-ratelimit-retry-after': '7', 'ratelimit': '"sustained";r=50;t=30, "burst";r=0;t=7' })
})

test('of two verdicts the refusal, else the one with less left', () => {
  const [full, low, no] = [verdict({}), verdict({ remaining: 3 }), verdict({ allowed: false, remaining: 60 })]
  expect([tighter(full, low), tighter(low, full), tighter(full, no), tighter(no, low)]).toEqual([low, low, no, no])
})
