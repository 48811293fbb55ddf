import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextToLeave, type Drained } from './drained.ts'

const anyInstance: fc.Arbitrary<Drained> = fc.record({
  id: fc.uuid(), appId: fc.constantFrom('a', 'b', 'c', 'd'), appName: fc.constant('app'), orgId: fc.constant('org'), desired: fc.constantFrom('running', 'running', 'absent'),
  leaving: fc.constantFrom(null, null, 'moving'), releaseId: fc.constant('rel'), pinned: fc.boolean(),
})

test('never more than the batch are under way, never two more of one app, never what is pinned; and it comes to an end', () => {
  fc.assert(fc.property(fc.uniqueArray(anyInstance, { maxLength: 12, selector: (i) => i.id }), fc.integer({ min: 1, max: 5 }), (start, batch) => {
    let now = start
    for (let round = 0; round < 40; round += 1) {
      const next = nextToLeave(now, batch)
      const before = now.filter((i) => !i.pinned && (i.leaving !== null || i.desired !== 'running'))
      expect(next.length).toBeLessThanOrEqual(Math.max(0, batch - before.length))
      const chosen = now.filter((i) => next.includes(i.id))
      expect(new Set(chosen.map((i) => i.appId)).size).toBe(chosen.length)
      expect(chosen.some((i) => i.pinned || before.some((b) => b.appId === i.appId))).toBe(false)
      now = now.map((i) => (next.includes(i.id) ? { ...i, leaving: 'moving' } : i)).filter((i) => i.pinned || (i.leaving === null && i.desired === 'running'))
    }
    expect(now.every((i) => i.pinned)).toBe(true)
  }))
})
