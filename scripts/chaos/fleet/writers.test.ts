import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFakeVolumes, FakeVolumeHost } from '../../../agent/drivers/volume/fake.ts'
import { Writers, type Started } from './writers.ts'

let writers: Writers
let disks: FakeVolumeHost
beforeEach(async () => {
  vi.useFakeTimers()
  writers = new Writers()
  disks = new FakeVolumeHost()
  for (const id of ['vol_1', 'vol_2']) await createFakeVolumes(disks).create({ orgId: 'org_1', id }, 64, null)
})
afterEach(() => {
  writers.stop()
  vi.useRealTimers()
})

let starts = 0
const machine = (vmId: string, volumes: string[] = [], node = 'one', on = disks): Started => ({ node, vmId, startId: `start_${starts += 1}`, volumes, disks: on })
const kinds = (): string[] => writers.broken.map((what) => what.slice(0, 2))

test('one after the other is in order, on whatever node, and each finds what was written before it', () => {
  const first = machine('vm_1', ['vol_1'])
  writers.started(first)
  vi.advanceTimersByTime(5_000)
  writers.ended(first)
  writers.started(machine('vm_2', ['vol_1']))
  vi.advanceTimersByTime(2_000)
  expect([writers.writtenTo('vol_1'), writers.starts, writers.broken]).toEqual([7, 2, []])
})

test('the same instance twice, a volume with two writers, and two volumes of which a strict one took the place of the other', () => {
  writers.started(machine('vm_1'))
  writers.started(machine('vm_1', [], 'two'))
  writers.started(machine('vm_2', ['vol_1']))
  writers.started(machine('vm_3', ['vol_1'], 'two'))
  writers.strict('vol_1')
  writers.replaces('vol_2', 'vol_1', 0)
  writers.started(machine('vm_4', ['vol_2'], 'two'))
  expect(kinds()).toEqual(['I1', 'I3', 'I3', 'I3'])
})

test('an operator may give a pinned volume up: its copy has a writer of its own', () => {
  writers.started(machine('vm_1', ['vol_1']))
  writers.replaces('vol_2', 'vol_1', 0)
  writers.started(machine('vm_2', ['vol_2'], 'two'))
  expect(writers.broken).toEqual([])
})

test('a volume that is away, or holds less than was written, or less than was in its backup', () => {
  const first = machine('vm_1', ['vol_1'])
  writers.started(first)
  vi.advanceTimersByTime(5_000)
  writers.ended(first)
  disks.volumes.get('vol_1')?.words.delete(5)
  writers.started(machine('vm_1', ['vol_1']))
  writers.started(machine('vm_2', ['vol_9']))
  writers.replaces('vol_2', 'vol_1', 3)
  writers.started(machine('vm_3', ['vol_2']))
  expect(kinds()).toEqual(['I4', 'I4', 'I4'])
})
