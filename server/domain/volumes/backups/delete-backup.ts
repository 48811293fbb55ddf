import { BackupView } from '../../../contract/backup.ts'
import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { DomainError } from '../../../core/error.ts'
import { command } from '../../../core/operation.ts'
import { loadBackup } from './load-backup.ts'
import { BackupId } from './read-backups.ts'
import { toBackup } from './wire.ts'

/** Backups of a set that something under way still reads: a volume being made from one, or a drill. */
export const neededBackups = async (db: SystemDb | TenantDb, setId: string): Promise<Set<string>> => {
  const own = await db.volumeBackup.findMany({ where: { setId, deletedAt: null }, select: { id: true } })
  const made = { purgedAt: null, actualMib: null, sourceBackupId: { in: own.map(({ id }) => id) } }
  const readers = await db.volume.findMany({ where: made, select: { sourceBackupId: true } })
  const drills = await db.restoreDrill.findMany({ where: { setId, state: 'running' }, select: { backupId: true } })
  return new Set([...readers.flatMap((reader) => reader.sourceBackupId ?? []), ...drills.map((drill) => drill.backupId)])
}

export const deleteBackup = command({
  name: 'backups.delete', summary: 'Delete a backup; others stay whole', scope: 'org', permission: 'apps:write',
  input: BackupId, output: BackupView,
  rest: { method: 'DELETE', path: '/backups/{backup_id}', status: 200, tag: 'Backups' },
  run: async (ctx, input) => {
    const { setId } = await loadBackup(ctx, input.backup_id)
    await ctx.db.$executeRaw`SELECT 1 FROM backup_set WHERE id = ${setId} FOR UPDATE`
    const row = await loadBackup(ctx, input.backup_id)
    if ((await neededBackups(ctx.db, setId)).has(row.id)) throw new DomainError('state_conflict', 'It is being restored right now. Try again when that is done.')
    await ctx.db.volumeBackup.update({ where: { id: row.id }, data: { state: 'deleting' } })
    await ctx.emit('backup.deleted', { type: 'backup', id: row.id }, { volume_id: row.volumeId, name: row.name })
    return toBackup(await loadBackup(ctx, row.id))
  },
})
