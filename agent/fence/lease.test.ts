import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { silentLogger } from '../runtime/log.ts'
import { dueVms } from './due.ts'
import { Lease } from './lease.ts'
import { currentBootId, fenceFiles, readWhole, writeWhole, type LeaseFile } from './lease-file.ts'

let folder: string
let now: number
beforeEach(() => { [folder, now] = [mkdtempSync(join(tmpdir(), 'lease-')), 1_000_000] })
afterEach(() => rmSync(folder, { recursive: true }))

const lease = (): Lease => new Lease({ folder, log: silentLogger, now: () => now })
const onFile = (): LeaseFile | null => readWhole<LeaseFile>(fenceFiles(folder).lease)
const vm = (vmId: string) => ({ vmId, argument: `shellwego-${vmId}-start_1`, cgroups: [] })
const beat = (atMs: number, bootId = currentBootId()): void => writeWhole(fenceFiles(folder).beat, { pid: 1, bootId, atMs })

test('it counts from when a report was sent, however late the answer came', () => {
  const mine = lease()
  const sentAt = mine.now()
  now += 15_000
  mine.renewed(sentAt, 40)
  expect(mine.lapsed()).toBeNull()
  now = sentAt + 40_000 - 2_000
  expect(mine.lapsed()).toMatch(/no lease/)
})

test('what is to end is on file before the one who asked goes on, with the deadline that counts', () => {
  const mine = lease()
  mine.renewed(now, 40)
  expect(onFile()).toBeNull()
  mine.protect([vm('a')])
  expect(onFile()).toMatchObject({ deadlineMs: now + 40_000, vms: [{ vmId: 'a' }] })
  now += 500
  mine.renewed(now, 40)
  expect(onFile()?.deadlineMs).toBe(1_040_000)
  now += 600
  mine.renewed(now, 40)
  expect(onFile()?.deadlineMs).toBe(1_041_100)
  mine.protect([])
  expect(onFile()?.vms).toEqual([])
})

test('a shorter lease counts from the next answer on: the portal goes by the last it told', () => {
  const mine = lease()
  mine.protect([vm('a')])
  mine.renewed(now, 120)
  mine.renewed(now + 1_000, 40)
  expect(onFile()?.deadlineMs).toBe(now + 41_000)
})

test('an agent that was restarted goes on with the lease of the one before, and after a reboot with none', () => {
  const before = lease()
  before.protect([vm('a')])
  before.renewed(now, 40)
  expect(lease().lapsed()).toBeNull()
  now += 40_000
  expect(lease().lapsed()).toMatch(/no lease/)
  writeWhole(fenceFiles(folder).lease, { bootId: 'another', deadlineMs: now + 40_000, vms: [vm('a')] })
  expect(lease().lapsed()).toMatch(/no lease/)
})

test('without a fence process that was alive just now nothing strict may start', () => {
  const mine = lease()
  expect(mine.fault()).toMatch(/does not run/)
  beat(now)
  expect(mine.fault()).toBeNull()
  now += 5_001
  expect(mine.fault()).toMatch(/does not run/)
  beat(now, 'another boot')
  expect(mine.fault()).toMatch(/does not run/)
})

test('the fence process ends what is due, again and again, and nothing of an earlier boot', () => {
  const file = { bootId: 'b', deadlineMs: 1_000, vms: [vm('a'), vm('b')] }
  expect(dueVms(file, { bootId: 'b', bootMs: 999 })).toEqual([])
  expect(dueVms(file, { bootId: 'b', bootMs: 1_000 })).toHaveLength(2)
  expect(dueVms(file, { bootId: 'b', bootMs: 900_000 })).toHaveLength(2)
  expect([dueVms(file, { bootId: 'c', bootMs: 9_000 }), dueVms(null, { bootId: 'b', bootMs: 9_000 })]).toEqual([[], []])
})
