import { expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { makeOwner } from '../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { getUsage } from '../billing/index.ts'
import { createVolume, deleteVolume, getVolume, removeSchedule, setSchedule, undeleteVolume } from './index.ts'
import { sweepVolumes } from './sweep.ts'
import { volumeNode } from './testing.ts'

withRuntime()
interface Row { meter: string; size_mib: number; ended_at: Date | null; started_at: Date }
const sql = (text: string, values: unknown[]) => runtime().databases.systemPool.query<Row>(text, values)

/** The clock of the business goes on by so many minutes, as seen by what is due. */
const pass = async (id: string, minutes: number): Promise<void> => {
  await sql('UPDATE volume_schedule SET next_at = next_at - make_interval(mins => $2) WHERE volume_id = $1', [id, minutes])
  await sql('UPDATE volume_snapshot SET expires_at = expires_at - make_interval(mins => $2) WHERE volume_id = $1', [id, minutes])
  await sweepVolumes.run({})
}

test('a schedule takes snapshots by the clock, keeps each for its time, and says who took them', async () => {
  const node = await volumeNode()
  const owner = await makeOwner()
  const { id } = await owner.call(createVolume, { name: 'data' })
  await node.obey()
  const schedule = await owner.call(setSchedule, { volume_id: id, every_minutes: 15, keep_hours: 1 })
  await sweepVolumes.run({})
  expect((await owner.call(getVolume, { volume_id: id })).snapshots).toBe(0)
  for (let quarter = 0; quarter < 8; quarter += 1) {
    await pass(id, 15)
    await node.obey()
  }
  const volume = await owner.call(getVolume, { volume_id: id })
  expect([volume.snapshots, volume.snapshot_list[0]?.kind, volume.schedules.map((s) => s.id)]).toEqual([4, 'scheduled', [schedule.id]])
  await owner.call(removeSchedule, { volume_id: id, schedule_id: schedule.id })
  await pass(id, 600)
  await node.obey()
  expect(await owner.call(getVolume, { volume_id: id })).toMatchObject({ snapshots: 0, schedules: [] })
})

test('hours missed are one snapshot, not many', async () => {
  const node = await volumeNode()
  const owner = await makeOwner()
  const { id } = await owner.call(createVolume, { name: 'late' })
  await node.obey()
  await owner.call(setSchedule, { volume_id: id, every_minutes: 60, keep_hours: 24 })
  await pass(id, 600)
  await pass(id, 0)
  expect((await owner.call(getVolume, { volume_id: id })).snapshots).toBe(1)
  await expect(owner.call(setSchedule, { volume_id: id, every_minutes: 15, keep_hours: 24 * 30 })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/keep_hours' }] })
})

test('what is stored is measured from the moment the node has it until it is deleted, and again when it is brought back', async () => {
  const node = await volumeNode()
  const owner = await makeOwner()
  const { id } = await owner.call(createVolume, { name: 'measured', size: '2g' })
  await drainJobs()
  const segments = async () => (await sql('SELECT meter, size_mib, ended_at, started_at FROM volume_segment WHERE volume_id = $1 ORDER BY started_at', [id])).rows
  expect(await segments()).toEqual([])
  await node.obey()
  expect(await segments()).toMatchObject([{ meter: 'volume_gib_seconds', size_mib: 2048, ended_at: null }])
  await owner.call(deleteVolume, { volume_id: id })
  await drainJobs()
  expect((await segments()).filter((s) => s.ended_at === null)).toEqual([])
  await owner.call(undeleteVolume, { volume_id: id })
  await drainJobs()
  expect((await segments()).filter((s) => s.ended_at === null)).toHaveLength(1)
  await sql('UPDATE volume_segment SET started_at = now() - interval \'2 hours\', ended_at = now() - interval \'1 hour\' WHERE volume_id = $1 AND ended_at IS NOT NULL', [id])
  const usage = await owner.call(getUsage, {})
  expect(JSON.stringify(usage)).toContain('volume_gib_seconds')
})
