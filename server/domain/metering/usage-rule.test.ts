import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CounterDecreased, usageEffect, type Counters, type CounterState, type Dated } from './usage-rule.ts'

const HOUR = 3_600_000
const QUARTER = 900_000
const workload = { orgId: 'o', appId: 'a', instanceId: 'i', vcpu: 2 }
const zero: Counters = { cpu_us: 0, disk_rd: 0, disk_wr: 0, net_rx: 0, net_tx: 0 }
const dated = (seq: number, ms: number, cum: Partial<Counters>, start = 's1'): Dated => ({
  record: { seq, vm_start_id: start, workload_id: 'i', ago_ms: 0, cum: { ...zero, ...cum }, memory_used_mib: 64 }, workload, realMs: ms, businessMs: ms,
})

test('what was sent is charged to the quarter of an hour in which it was counted', () => {
  const effect = usageEffect(new Map(), [dated(1, QUARTER - 1, { net_tx: 100 }), dated(2, QUARTER, { net_tx: 150 }), dated(3, QUARTER + 5, { net_tx: 151 })])
  expect([...effect.egress.values()].map((e) => [e.quarterMs, e.bytes])).toEqual([[0, 100], [QUARTER, 51]])
})

test('what was used is told with the time in which it was, between two records', () => {
  const effect = usageEffect(new Map([['s1', { ...zero, cpu_us: 1_000_000, atMs: 0 }]]), [dated(1, 10_000, { cpu_us: 11_000_000, net_rx: 7, net_tx: 9 })])
  expect(effect.used).toEqual([{
    orgId: 'o', appId: 'a', vcpu: 2, fromMs: 0, toMs: 10_000, cpuUs: 10_000_000, memoryMib: 64, diskRead: 0, diskWrite: 0, netRx: 7, netTx: 9,
  }])
})

test('a counter that fell back is refused with the number of its record', () => {
  expect(() => usageEffect(new Map(), [dated(1, 0, { net_tx: 5 }), dated(2, 1, { net_tx: 4 })])).toThrow(CounterDecreased)
})

test('in whatever portions the records arrive, the charged sum equals the last counters of all starts', () => {
  const step = fc.record({ start: fc.constantFrom('s1', 's2', 's3'), tx: fc.nat(1_000_000), gap: fc.nat(2 * HOUR) })
  fc.assert(fc.property(fc.array(step, { maxLength: 30 }), fc.array(fc.nat(30), { maxLength: 5 }), (steps, cuts) => {
    const totals = new Map<string, number>()
    let now = 0
    const records = steps.map((s, i) => {
      now += s.gap
      totals.set(s.start, (totals.get(s.start) ?? 0) + s.tx)
      return dated(i + 1, now, { net_tx: totals.get(s.start) ?? 0 }, s.start)
    })
    const bounds = [0, ...cuts.filter((c) => c < records.length).sort((a, b) => a - b), records.length]
    const known = new Map<string, CounterState>()
    let charged = 0
    for (const [i, from] of bounds.entries()) {
      const effect = usageEffect(known, records.slice(from, bounds[i + 1]))
      for (const [id, { state }] of effect.counters) known.set(id, state)
      for (const { bytes } of effect.egress.values()) charged += bytes
      if (bounds[i + 1] === undefined) break
    }
    expect(charged).toBe([...totals.values()].reduce((a, b) => a + b, 0))
  }))
})
