import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planAllocation, type AllocationChange, type Segment } from './allocation-rule.ts'

const at = (ms: number) => new Date(ms)
const status = (over: Partial<Parameters<typeof planAllocation>[0]>) => ({ phase: 'running' as const, vm_start_id: 's1', since_ms: 0, running_ms: 0 as number | null, ...over })
const segment = (startId: string, start: number, end: number | null): Segment => ({ startId, startedAt: at(start), endedAt: end === null ? null : at(end) })

test('a segment begins when the process began, not when the report arrived', () => {
  expect(planAllocation(status({ running_ms: 4_000 }), [], at(10_000))).toEqual([{ type: 'open', startId: 's1', at: at(6_000) }])
})

test('a repeated report changes nothing', () => {
  expect(planAllocation(status({ running_ms: 5_000 }), [segment('s1', 6_000, null)], at(11_000))).toEqual([])
})

test.each(['stopped', 'failed', 'backoff', 'absent'] as const)('%s ends the segment when the phase began', (phase) => {
  expect(planAllocation(status({ phase, since_ms: 3_000, running_ms: null }), [segment('s1', 1_000, null)], at(10_000)))
    .toEqual([{ type: 'close', startId: 's1', at: at(7_000) }])
})

test('a VM that is stopping still holds its memory', () => {
  expect(planAllocation(status({ phase: 'stopping' }), [segment('s1', 1_000, null)], at(10_000))).toEqual([])
})

test('a new start ends the one before it, and the two never overlap', () => {
  expect(planAllocation(status({ vm_start_id: 's2', running_ms: 2_000 }), [segment('s1', 1_000, null)], at(10_000)))
    .toEqual([{ type: 'close', startId: 's1', at: at(8_000) }, { type: 'open', startId: 's2', at: at(8_000) }])
  expect(planAllocation(status({ vm_start_id: 's2', running_ms: 9_000 }), [segment('s1', 500, 6_000)], at(10_000)))
    .toEqual([{ type: 'open', startId: 's2', at: at(6_000) }])
})

test('the same start seen again had never stopped', () => {
  expect(planAllocation(status({}), [segment('s1', 1_000, 5_000)], at(10_000))).toEqual([{ type: 'reopen', startId: 's1' }])
})

const applied = (segments: Segment[], changes: AllocationChange[]): Segment[] => changes.reduce((list, change) => {
  if (change.type === 'open') return [...list, { startId: change.startId, startedAt: change.at, endedAt: null }]
  return list.map((s) => (s.startId === change.startId ? { ...s, endedAt: change.type === 'close' ? change.at : null } : s))
}, segments)

test('whatever is reported, segments of an instance have length, lie in the past and do not overlap', () => {
  const report = fc.record({
    phase: fc.constantFrom('running' as const, 'stopping' as const, 'stopped' as const, 'backoff' as const, 'booting' as const), start: fc.nat(2), since_ms: fc.nat(20_000), running_ms: fc.nat(20_000), gap: fc.nat(5_000),
  })
  fc.assert(fc.property(fc.array(report, { maxLength: 20 }), (reports) => {
    let now = 100_000
    let segments: Segment[] = []
    let start = 0
    for (const r of reports) {
      now += r.gap
      start += r.start // starts only go forward
      segments = applied(segments, planAllocation({ phase: r.phase, vm_start_id: `s${start}`, since_ms: r.since_ms, running_ms: r.running_ms }, segments, at(now)))
      expect(segments.filter((s) => !s.endedAt).length).toBeLessThanOrEqual(1)
      const end = (s: Segment) => (s.endedAt ?? at(now)).getTime()
      const sorted = segments.toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime() || end(a) - end(b))
      for (const [i, s] of sorted.entries()) {
        expect(end(s)).toBeGreaterThanOrEqual(s.startedAt.getTime())
        expect((s.endedAt ?? s.startedAt).getTime()).toBeLessThanOrEqual(now)
        const next = sorted[i + 1]
        if (next) expect(next.startedAt.getTime()).toBeGreaterThanOrEqual(end(s))
      }
    }
  }))
})
