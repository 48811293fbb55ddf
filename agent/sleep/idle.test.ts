import fc from 'fast-check'
import { expect, test } from 'vitest'
import { connectedTo } from './connections.ts'
import { judge, type Candidate } from './idle.ts'

const awake: Candidate = { appId: 'app_1', sleepAfterMs: 60_000, settled: true, asleep: false, sessions: 0, connected: false, awakeMs: 3_600_000 }

test('idle for as long as was asked for, and nobody in the middle of anything: due', () => {
  expect(judge(awake, 60_000)).toBe('due')
  expect(judge(awake, null)).toBe('due')
  expect(judge(awake, 59_999)).toBeNull()
  for (const busy of [{ sessions: 1 }, { connected: true }, { settled: false }, { awakeMs: 59_999 }, { sleepAfterMs: null }]) {
    expect(judge({ ...awake, ...busy }, 999_999)).toBeNull()
  }
})

test('one that sleeps is woken by use of its app, or when it may not sleep any more', () => {
  expect(judge({ ...awake, asleep: true }, 10)).toBe('wake')
  expect(judge({ ...awake, asleep: true }, 60_000)).toBeNull()
  expect(judge({ ...awake, asleep: true }, null)).toBeNull()
  expect(judge({ ...awake, asleep: true, sleepAfterMs: null }, null)).toBe('wake')
})

test('the moment it may sleep never is a moment in which it would be woken', () => {
  fc.assert(fc.property(fc.nat(200_000), fc.nat(200_000), (idleMs, awakeMs) => {
    if (judge({ ...awake, awakeMs }, idleMs) === 'due') expect(judge({ ...awake, asleep: true }, idleMs)).toBeNull()
  }))
})

test('connections are read from the kernel\'s table: ours to that port, open or being opened', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0101400A:9C40 0201400A:2760 01 00000000:00000000 00:00000000 00000000     0        0 1',
    '   1: 0101400A:9C41 0301400A:2760 06 00000000:00000000 00:00000000 00000000     0        0 2',
    '   2: 0101400A:9C42 0401400A:1F90 01 00000000:00000000 00:00000000 00000000     0        0 3',
    '   3: 0101400A:9C43 0501400A:2760 02 00000000:00000000 00:00000000 00000000     0        0 4', '',
  ].join('\n')
  expect([...connectedTo(table, 10080)]).toEqual(['10.64.1.2', '10.64.1.5'])
})
