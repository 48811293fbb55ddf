import { z } from 'zod'
import { DRILL_HOURS, DrillView } from '../../../contract/backup.ts'
import { VolumeId, VolumeView } from '../../../contract/volume.ts'
import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { DomainError } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { command } from '../../../core/operation.ts'
import { loadVolume, wireVolume } from '../load-volume.ts'
import { loadReady } from './load-backup.ts'
import { BackupId } from './read-backups.ts'
import { toDrill } from './wire.ts'

const HOUR_MS = 3_600_000
interface OfBackup { id: string; orgId: string; setId: string; volumeId: string }

/** The node of the set carries it out. The caller holds the set's row; one at a time. */
export const beginDrill = (db: SystemDb | TenantDb, backup: OfBackup, kind: 'manual' | 'scheduled', now: Date) =>
  db.restoreDrill.create({ data: { id: newId('drill'), orgId: backup.orgId, setId: backup.setId, volumeId: backup.volumeId, backupId: backup.id, kind, startedAt: now } })

export const drillBackup = command({
  name: 'backups.drill', summary: 'Restore a backup to a place that is thrown away, compare it and check its file system', scope: 'org', permission: 'apps:write',
  input: BackupId, output: DrillView,
  rest: { method: 'POST', path: '/backups/{backup_id}/drill', status: 202, tag: 'Backups' },
  run: async (ctx, input) => {
    const backup = await loadReady(ctx, input.backup_id)
    const running = await ctx.db.restoreDrill.findFirst({ where: { setId: backup.setId, state: 'running' }, select: { id: true } })
    if (running) throw new DomainError('state_conflict', 'A drill with a backup of this volume is under way. Wait for its end.')
    const row = await beginDrill(ctx.db, backup, 'manual', ctx.now)
    await ctx.emit('drill.started', { type: 'drill', id: row.id }, { volume_id: row.volumeId, backup_id: row.backupId })
    return toDrill(row)
  },
})

export const setDrills = command({
  name: 'volumes.set_drills', summary: 'How often the newest backup of a volume is restored to see whether that works', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ volume_id: VolumeId, every_hours: z.literal([...DRILL_HOURS]).nullable().describe('A day, a week, 30 days; null: only by hand') }), output: VolumeView,
  rest: { method: 'POST', path: '/volumes/{volume_id}/drills', tag: 'Backups' },
  run: async (ctx, input) => {
    const volume = await loadVolume(ctx, input.volume_id, { lock: true })
    const hours = input.every_hours
    const nextDrillAt = hours === null ? null : new Date(ctx.now.getTime() + hours * HOUR_MS)
    const { count } = await ctx.db.backupSet.updateMany({ where: { volumeId: volume.id, endedAt: null }, data: { drillEveryHours: hours, nextDrillAt } })
    if (count === 0) throw new DomainError('state_conflict', 'The volume has no backups yet. Make one first.')
    await ctx.emit('volume.schedule_changed', { type: 'volume', id: volume.id }, { drill_every_hours: hours })
    return wireVolume(ctx, volume.id)
  },
})
