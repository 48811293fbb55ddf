import type { BackupObjectSpec, BackupStatus } from '../../../contract/node-api/backup.ts'
import type { ObjectStatus } from '../../../contract/node-api/v1.ts'
import { runtime } from '../../../core/runtime.ts'
import { drainJobs } from '../../../testing/runtime.ts'
import { listDesired } from '../../nodes/index.ts'
import { vmStatus } from '../../nodes/testing.ts'
import type { VolumeNode } from '../testing.ts'

type Drill = NonNullable<BackupStatus['drill']>

/** A node that carries to the bucket what it is told to, and proves what it is told to prove. */
export const backupNode = (node: VolumeNode) => {
  const wanted = async (): Promise<{ id: string; generation: number; spec: BackupObjectSpec | null }[]> =>
    (await listDesired(node.nodeId)).objects.flatMap((object) => (object.kind === 'backup' ? [object] : []))
  const checksums = async (): Promise<Map<string, string>> => {
    const { rows } = await runtime().databases.systemPool.query<{ id: string; checksum: string | null }>('SELECT id, checksum FROM volume_snapshot')
    return new Map(rows.map((row) => [row.id, row.checksum ?? '']))
  }
  const report = async (over: Partial<ObjectStatus> = {}, detail: Partial<BackupStatus> = {}, drill: Partial<Drill> = {}): Promise<void> => {
    await node.obey()
    const sums = await checksums()
    const statuses = (await wanted()).map(({ id, generation, spec }): ObjectStatus => {
      const base = vmStatus(id, { kind: 'backup', health: null, vm_start_id: null, running_ms: null, generation })
      if (!spec) return { ...base, phase: 'absent' }
      const backups = spec.backups.map((backup) => ({ id: backup.id, size_mib: 64, checksum: sums.get(backup.snapshot_id) ?? '', added_bytes: 1_048_576 }))
      const proven = spec.drill && { token: spec.drill.token, backup_id: spec.drill.backup_id, ok: true, detail: 'Restored, compared and checked.', bytes: 67_108_864, took_ms: 1_200, ...drill }
      return { ...base, phase: 'running', ...over, backup: { backups, failed: [], progress: null, drill: proven, ...detail } }
    })
    await node.report(...statuses)
    await drainJobs()
  }
  return { wanted, report }
}
