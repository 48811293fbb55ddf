import type { BackupStatus } from '../../../contract/node-api/backup.ts'
import type { ObjectStatus } from '../../../contract/node-api/v1.ts'
import { recordEvent } from '../../../core/event.ts'
import type { IntakeContext } from '../../nodes/index.ts'
import type { BackupSet, VolumeBackup } from '../../../../prisma/generated/client.ts'
import { mailBackupTrouble } from './mails.ts'
import { judgeBackup } from './rules/judge.ts'

/** Takes over what the agent says of its sets. Returns the ids whose tombstone is confirmed. */
export const takeBackupStatuses = async (context: IntakeContext, statuses: ObjectStatus[]): Promise<string[]> => {
  const gone: string[] = []
  for (const status of statuses) {
    const [locked] = await context.db.$queryRaw<{ generation: number | null; desired: string | null }[]>`
      SELECT o.generation, o.desired FROM backup_set s LEFT JOIN node_object o ON o.node_id = s.node_id AND o.kind = 'backup' AND o.id = s.id
      WHERE s.id = ${status.id} AND s.node_id = ${context.nodeId} FOR UPDATE OF s`
    const set = locked && await context.db.backupSet.findUnique({ where: { id: status.id } })
    if (!locked || !set || status.generation < (locked.generation ?? 0)) continue
    if (status.phase !== 'absent') await takeOne(context, set, status)
    else if (locked.desired === 'absent') {
      gone.push(set.id)
      await context.db.backupSet.update({ where: { id: set.id }, data: { endedAt: context.now, sealedKeys: null, keyId: null } })
    }
  }
  return gone
}

type Data = Record<string, string | number | null>
const tell = ({ db, nodeId }: IntakeContext, orgId: string, type: string, subject: { type: string; id: string }, data: Data): Promise<void> =>
  recordEvent(db, { orgId, type, subject, actor: { type: 'node', nodeId }, requestId: null, data })

const takeOne = async (context: IntakeContext, set: BackupSet, status: ObjectStatus): Promise<void> => {
  const progress = status.backup?.progress ?? null
  const delayed = status.phase === 'backoff' && status.code !== 'volume_not_ready'
  await context.db.backupSet.update({
    where: { id: set.id },
    data: {
      phase: status.phase, code: status.code, reason: delayed ? status.reason : null, progressId: progress?.id ?? null,
      progress: progress && (progress.total === 0 ? 0 : progress.done / progress.total),
    },
  })
  if (delayed && set.code !== status.code) await tell(context, set.orgId, 'backup.delayed', { type: 'volume', id: set.volumeId }, { code: status.code, reason: status.reason })
  if (!status.backup) return
  await takeBackups(context, set, status.backup)
  await takeDrill(context, set, status.backup)
}

/** The list is complete as of this generation. */
const takeBackups = async (context: IntakeContext, set: BackupSet, found: BackupStatus): Promise<void> => {
  for (const backup of await context.db.volumeBackup.findMany({ where: { setId: set.id, deletedAt: null } })) {
    const verdict = judgeBackup(backup, found)
    if (verdict.kind === 'ready') await makeReady(context, backup, verdict)
    else if (verdict.kind === 'gone') await context.db.volumeBackup.update({ where: { id: backup.id }, data: { deletedAt: context.now } })
    else if (verdict.kind === 'failed') {
      await context.db.volumeBackup.update({ where: { id: backup.id }, data: { state: 'failed', reason: verdict.reason, finishedAt: backup.finishedAt ?? context.now } })
      await dropCopy(context, backup)
      await tell(context, set.orgId, 'backup.failed', { type: 'backup', id: backup.id }, { volume_id: set.volumeId, reason: verdict.reason })
      await mailBackupTrouble(context.db, { id: backup.id, volumeId: set.volumeId, trouble: 'backup', detail: verdict.reason })
    }
  }
}

const makeReady = async (context: IntakeContext, backup: VolumeBackup, facts: { sizeMib: number; addedBytes: number; checksum: string }): Promise<void> => {
  const { sizeMib, addedBytes, checksum } = facts
  await context.db.volumeBackup.update({ where: { id: backup.id }, data: { state: 'ready', reason: null, sizeMib, addedBytes: BigInt(addedBytes), checksum, finishedAt: context.now } })
  await dropCopy(context, backup)
  await tell(context, backup.orgId, 'backup.ready', { type: 'backup', id: backup.id }, { volume_id: backup.volumeId, added_bytes: addedBytes })
}

/** The snapshot was only taken to be carried away. */
const dropCopy = async (context: IntakeContext, { snapshotId, orgId, volumeId }: VolumeBackup): Promise<void> => {
  const { count } = await context.db.volumeSnapshot.updateMany({ where: { id: snapshotId, kind: 'backup', deletedAt: null, state: { not: 'deleting' } }, data: { state: 'deleting' } })
  if (count > 0) await tell(context, orgId, 'snapshot.deleted', { type: 'snapshot', id: snapshotId }, { volume_id: volumeId })
}

const takeDrill = async (context: IntakeContext, set: BackupSet, { drill: result }: BackupStatus): Promise<void> => {
  const drill = result && await context.db.restoreDrill.findFirst({ where: { id: result.token, setId: set.id, state: 'running' } })
  if (!result || !drill) return
  const state = result.ok ? 'passed' : 'failed'
  await context.db.restoreDrill.update({
    where: { id: drill.id }, data: { state, detail: result.detail, bytes: BigInt(result.bytes), tookMs: result.took_ms, finishedAt: context.now },
  })
  if (result.ok) await context.db.volumeBackup.update({ where: { id: drill.backupId }, data: { provenAt: context.now } })
  await tell(context, set.orgId, result.ok ? 'drill.passed' : 'drill.failed', { type: 'drill', id: drill.id }, { volume_id: set.volumeId, backup_id: drill.backupId, detail: result.detail })
  if (!result.ok) await mailBackupTrouble(context.db, { id: drill.id, volumeId: set.volumeId, trouble: 'drill', detail: result.detail })
}
