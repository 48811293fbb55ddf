import { z } from 'zod'
import { PortalBackup, PortalBackupPage } from '../../contract/portal-backup.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import type { SystemDb } from '../../core/db.ts'
import { DomainError, notFound } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { defineList } from '../../core/listing.ts'
import { command, query } from '../../core/operation.ts'
import type { PortalBackup as Row, PortalBackupPlan } from '../../../prisma/generated/client.ts'
import { nameOf } from './name.ts'
import { currentLock, lockKind, placeName, readPlan } from './plan-row.ts'
import { proveBackup, runBackup } from './run-backup.ts'

const BackupId = z.strictObject({ portal_backup_id: z.string().max(60) })
const list = defineList({
  name: 'portal_backups',
  fields: {
    status: { kind: 'enum', column: 'state', values: ['queued', 'running', 'ready', 'failed', 'deleted'], filter: true },
    taken_at: { kind: 'time', column: 'takenAt', range: true, sort: true },
  },
  sort: '-taken_at',
})

export const toView = (row: Row): z.input<typeof PortalBackup> => ({
  id: row.id, name: row.name, kind: row.kind as 'manual', status: row.state as 'ready', place: row.place, progress: row.progress,
  code: row.code as 'failed' | null, reason: row.reason, bytes: row.bytes === null ? null : Number(row.bytes), rows: row.rows === null ? null : Number(row.rows),
  opened_by: row.lock as 'passphrase' | null, proven_at: toInstantOrNull(row.provenAt), proof_fault: row.proofFault, taken_at: toInstant(row.takenAt),
  finished_at: toInstantOrNull(row.finishedAt),
})

const load = async (db: SystemDb, id: string): Promise<Row> => {
  const row = await db.portalBackup.findUnique({ where: { id } })
  if (!row) throw notFound('backup')
  return row
}

export const listPortalBackups = query({
  name: 'portal_backups.list', summary: 'Backups of this installation, newest first', scope: 'staff', input: z.strictObject(list.input), output: PortalBackupPage,
  rest: { method: 'GET', path: '/admin/backups', tag: 'Staff' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const rows = await ctx.db.portalBackup.findMany({ where: { AND: [page.where, { state: { not: 'deleted' } }] }, orderBy: page.orderBy, take: page.take })
    return page.of(rows, toView)
  },
})

export const getPortalBackup = query({
  name: 'portal_backups.get', summary: 'One backup of this installation', scope: 'staff', input: BackupId, output: PortalBackup,
  rest: { method: 'GET', path: '/admin/backups/{portal_backup_id}', tag: 'Staff' }, run: async (ctx, { portal_backup_id: id }) => toView(await load(ctx.db, id)),
})

export const beginBackup = async (db: SystemDb, plan: PortalBackupPlan, kind: 'manual' | 'scheduled', createdBy: string | null): Promise<Row | null> => {
  const takenAt = new Date()
  const lock = lockKind(currentLock())
  if (lock === null) return null
  // One at a time: there may be one under way already.
  const [row] = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO portal_backup (id, name, kind, place, lock, created_by, taken_at) VALUES (${newId('portalBackup')}, ${nameOf(takenAt)}, ${kind}, ${placeName(plan)}, ${lock}, ${createdBy}, ${takenAt})
    ON CONFLICT DO NOTHING RETURNING id`
  return row ? load(db, row.id) : null
}

export const createPortalBackup = command({
  name: 'portal_backups.create', summary: 'Back up this installation now', scope: 'staff', input: z.strictObject({}), output: PortalBackup,
  rest: { method: 'POST', path: '/admin/backups', status: 202, tag: 'Staff' },
  run: async (ctx) => {
    const plan = await readPlan(ctx.db)
    if (!plan) throw new DomainError('state_conflict', 'Say first where backups go.')
    if (currentLock() === null) throw new DomainError('state_conflict', 'There is nothing to encrypt a backup with: set SHELLWEGO_BACKUP_RECIPIENT or SHELLWEGO_BACKUP_PASSPHRASE_FILE and start again.')
    const row = await beginBackup(ctx.db, plan, 'manual', ctx.user.userId)
    if (!row) throw new DomainError('state_conflict', 'A backup is being made already.')
    await ctx.emit('operator.backup_asked', { type: 'portal_backup', id: row.id })
    await ctx.enqueue(runBackup, { id: row.id })
    return toView(row)
  },
})

export const verifyPortalBackup = command({
  name: 'portal_backups.verify', summary: 'Read a backup back from where it lies, decrypt and compare it', scope: 'staff', input: BackupId, output: PortalBackup,
  rest: { method: 'POST', path: '/admin/backups/{portal_backup_id}/verify', status: 202, tag: 'Staff' },
  run: async (ctx, { portal_backup_id: id }) => {
    const row = await load(ctx.db, id)
    if (row.state !== 'ready') throw new DomainError('state_conflict', 'Only a finished backup can be read back.')
    if (row.lock === 'recipient') throw new DomainError('state_conflict', 'Only the holder of the identity can open it: use `shellwego backup verify` where the identity is.')
    await ctx.emit('operator.backup_check_asked', { type: 'portal_backup', id })
    await ctx.enqueue(proveBackup, { id }, { key: `prove:${id}` })
    return toView(row)
  },
})
