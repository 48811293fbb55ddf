import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Clock } from '../runtime/clock.ts'
import { openDatabase } from './database.ts'
import { accumulate, openUsageWal, type Counters, type UsageSample } from './usage-wal.ts'

let dir: string
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'wal-')) })
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const clock: Clock = { monotonicMs: () => 10_000, wallMs: () => 5_000_000, bootId: () => 'boot_1' }
const open = () => openUsageWal(openDatabase(join(dir, 'l.db'), ''), clock)
const counters = (cpu: number): Counters => ({ cpu_us: cpu, disk_rd: 0, disk_wr: 0, net_rx: 0, net_tx: 0 })
const sample = (cpu: number, bootId = 'boot_1'): UsageSample =>
  ({ vmStartId: 's1', workloadId: 'vm_1', raw: counters(cpu), memoryUsedMib: 3, at: { bootId, monotonicMs: 8_000, wallMs: 4_000_000 } })

test('the sum never falls, whatever the source does, and equals all growth', () => {
  fc.assert(fc.property(fc.array(fc.nat(1_000), { minLength: 1, maxLength: 30 }), (raws) => {
    let state: { raw: Counters; cum: Counters } | null = null
    let growth = 0
    let last = 0
    for (const raw of raws) {
      growth += raw >= last ? raw - last : raw
      last = raw
      const cum: Counters = accumulate(state, counters(raw))
      expect(cum.cpu_us).toBe(growth)
      state = { raw: counters(raw), cum }
    }
  }))
})

test('records keep their numbers over a restart until they are acknowledged', () => {
  const wal = open()
  for (const cpu of [10, 20, 30]) wal.append(sample(cpu))
  wal.acked(1)
  const next = open()
  next.append(sample(5))
  expect(next.pending(10).filter((record) => 'cum' in record).map((record) => [record.seq, record.cum.cpu_us])).toEqual([[2, 20], [3, 30], [4, 35]])
})

test('the age of a record is measured without the wall clock within one boot', () => {
  const wal = open()
  wal.append(sample(1))
  wal.append(sample(2, 'boot_0'))
  expect(wal.pending(10).filter((record) => 'cum' in record).map((record) => record.ago_ms)).toEqual([2_000, 1_000_000])
})

test('a new stream begins at one with the records that were still waiting', () => {
  const wal = open()
  for (const cpu of [10, 20, 30]) wal.append(sample(cpu))
  wal.acked(1)
  const before = wal.streamId()
  wal.newStream()
  expect(wal.streamId()).not.toBe(before)
  wal.append(sample(40))
  expect(wal.pending(10).filter((record) => 'cum' in record).map((record) => [record.seq, record.cum.cpu_us])).toEqual([[1, 20], [2, 30], [3, 40]])
})

test('a refused record goes, and the others stay in order', () => {
  const wal = open()
  for (const cpu of [10, 20, 30]) wal.append(sample(cpu))
  wal.discard(2)
  expect(wal.pending(10).filter((record) => 'cum' in record).map((record) => [record.seq, record.cum.cpu_us])).toEqual([[1, 10], [2, 30]])
})

test('what was read of a start that ended meanwhile is left out', () => {
  const wal = open()
  wal.append(sample(500))
  wal.ended('s1')
  wal.append(sample(0))
  expect(wal.pending(10).filter((record) => 'cum' in record).map((record) => record.cum.cpu_us)).toEqual([500])
})
