import { z } from 'zod'
import { BACKUP_STATUSES, BackupPage, BackupView, DrillPage } from '../../../contract/backup.ts'
import { defineList } from '../../../core/listing.ts'
import { query } from '../../../core/operation.ts'
import { loadBackup } from './load-backup.ts'
import { BACKUP_PARTS, toBackup, toDrill } from './wire.ts'

export const BackupId = z.strictObject({ backup_id: z.string().max(60) })

const list = defineList({
  name: 'backups',
  fields: {
    status: { kind: 'enum', values: BACKUP_STATUSES, column: 'state', filter: true },
    volume_id: { kind: 'text', column: 'volumeId', filter: true },
    name: { kind: 'text', column: 'name', filter: true, sort: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
  search: ['name'],
})

export const listBackups = query({
  name: 'backups.list', summary: 'Backups of the organization\'s volumes, newest first; also of volumes that are gone', scope: 'org', permission: 'apps:read',
  input: z.strictObject(list.input), output: BackupPage,
  rest: { method: 'GET', path: '/backups', tag: 'Backups' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const where = { AND: [{ deletedAt: null }, page.where] }
    const rows = await ctx.db.volumeBackup.findMany({ where, include: BACKUP_PARTS, orderBy: page.orderBy, take: page.take })
    return page.of(rows, toBackup)
  },
})

export const getBackup = query({
  name: 'backups.get', summary: 'One backup', scope: 'org', permission: 'apps:read',
  input: BackupId, output: BackupView,
  rest: { method: 'GET', path: '/backups/{backup_id}', tag: 'Backups' },
  run: async (ctx, input) => toBackup(await loadBackup(ctx, input.backup_id)),
})

const drills = defineList({
  name: 'restore_drills',
  fields: {
    status: { kind: 'enum', values: ['running', 'passed', 'failed'], column: 'state', filter: true },
    volume_id: { kind: 'text', column: 'volumeId', filter: true },
    started_at: { kind: 'time', column: 'startedAt', range: true, sort: true },
  },
  search: ['detail'],
  sort: '-started_at',
})

export const listDrills = query({
  name: 'backups.drills', summary: 'Restores that were carried out to see whether they work, newest first', scope: 'org', permission: 'apps:read',
  input: z.strictObject(drills.input), output: DrillPage,
  rest: { method: 'GET', path: '/restore-drills', tag: 'Backups' },
  run: async (ctx, input) => {
    const page = drills.page(ctx, input)
    const rows = await ctx.db.restoreDrill.findMany({ where: page.where, orderBy: page.orderBy, take: page.take })
    return page.of(rows, toDrill)
  },
})
