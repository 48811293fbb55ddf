import type { ObjectStatus, StatusReply, StatusRequest } from '../../contract/node-api/v1.ts'
import type { VolumeObjectSpec, VolumeStatus } from '../../contract/node-api/volume.ts'
import { runtime } from '../../core/runtime.ts'
import { drainJobs } from '../../testing/runtime.ts'
import { recordStatus } from '../nodes/index.ts'
import { insertNode, vmStatus } from '../nodes/testing.ts'

const UP_TO_DATE = 1_000_000_000
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows

interface WantedRow { generation: number; desired: string; spec: VolumeObjectSpec | null }
let seq = 0

/** A node that does at once what volumes it is told to hold, and says so; the only one in service. */
export const volumeNode = async () => {
  await sql('UPDATE node SET status = \'unreachable\'')
  const nodeId = await insertNode()
  await sql('UPDATE node SET observed_index = $2, disk_free_mib = 1000000 WHERE id = $1', [nodeId, UP_TO_DATE])
  const restored = new Map<string, string | null>()
  let fencing: StatusRequest['node']['fencing']
  /** What it says of fencing from now on. */
  const speak = (next: StatusRequest['node']['fencing']): void => { fencing = next }
  const report = async (...objects: ObjectStatus[]): Promise<StatusReply> => {
    seq += 1
    const reply = await recordStatus(nodeId, {
      session_id: `ses_${nodeId}`, seq, observed_epoch: '', observed_index: UP_TO_DATE, boot_id: 'boot-1', heartbeat: true, objects,
      node: { load: 0, memory_free_mib: 1, disk_free_mib: 1_000_000, conditions: [], ...(fencing ? { fencing } : {}) },
    })
    await drainJobs()
    return reply
  }
  const wanted = async (volumeId: string): Promise<WantedRow | null> =>
    (await sql<WantedRow>('SELECT generation, desired, spec FROM node_object WHERE node_id = $1 AND kind = \'volume\' AND id = $2', [nodeId, volumeId]))[0] ?? null
  const statusOf = async (id: string, over: Partial<ObjectStatus> = {}, volume: Partial<VolumeStatus> = {}): Promise<ObjectStatus> => {
    const row = await wanted(id)
    const base: ObjectStatus = { ...vmStatus(id, { kind: 'volume', health: null, vm_start_id: null, running_ms: null, generation: row?.generation ?? 1 }) }
    if (!row || row.desired === 'absent') return { ...base, phase: 'absent', ...over }
    if (row.spec?.restore) restored.set(id, row.spec.restore.token)
    const snapshots = (row.spec?.snapshots ?? []).map((snapshot) => ({ id: snapshot, size_mib: row.spec?.size_mib ?? 0, added_bytes: 1_048_576, checksum: `sum-${snapshot}`, age_ms: 0 }))
    return {
      ...base, phase: 'running', ...over,
      volume: { size_mib: row.spec?.size_mib ?? 0, used_mib: 2, used_by: null, restored: restored.get(id) ?? null, snapshots, ...volume },
    }
  }
  /** Every volume as wished. */
  const obey = async (): Promise<void> => {
    await drainJobs()
    const rows = await sql<{ id: string }>('SELECT id FROM node_object WHERE node_id = $1 AND kind = \'volume\' ORDER BY id', [nodeId])
    await report(...await Promise.all(rows.map(({ id }) => statusOf(id))))
  }
  return { nodeId, speak, report, wanted, statusOf, obey }
}
export type VolumeNode = Awaited<ReturnType<typeof volumeNode>>
