import fc from 'fast-check'
import { expect, test } from 'vitest'
import { waitFor } from './throttle-rule.ts'

test('the limit is allowed and one more is not, wherever the turn of the window falls', () => {
  for (let early = 0; early <= 10; early++) {
    const late = 10 - early
    expect(waitFor({ count: late, before: early, passedS: 1 }, 10, 300)).toBeNull()
    expect(waitFor({ count: late + 1, before: early, passedS: 1 }, 10, 300)).toBeGreaterThan(0)
  }
})

test('whoever waits as long as told may try again, however often they tried before', () => {
  const many = fc.integer({ min: 0, max: 10_000 })
  const part = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
  fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 60, max: 3600 }), many.map((n) => n + 1), many, part,
    (limit, windowS, count, before, passed) => {
      const passedS = passed * windowS
      const wait = waitFor({ count, before, passedS }, limit, windowS)
      if (wait === null) return
      const at = passedS + wait
      expect(at).toBeGreaterThan(windowS)
      if (at < 2 * windowS) expect(waitFor({ count: 1, before: count, passedS: at - windowS }, limit, windowS)).toBeNull()
    }))
})
