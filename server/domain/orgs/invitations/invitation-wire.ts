import type { TenantDb } from '../../../core/db.ts'
import type { Invitation } from '../../../contract/member.ts'
import { toInstant } from '../../../contract/time.ts'
import { roleName } from '../roles.ts'

interface Row { id: string; email: string; role: string; roleId: string | null; appIds: string[]; invitedBy: string; expiresAt: Date; createdAt: Date }

export const toInvitations = async (db: TenantDb, rows: readonly Row[]): Promise<Invitation[]> => {
  const ids = rows.flatMap((row) => (row.roleId ? [row.roleId] : []))
  const names = new Map((await db.customRole.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })).map((r) => [r.id, r.name]))
  return rows.map((row) => ({
    id: row.id, email: row.email, role: roleName(row.role), role_id: row.roleId, role_name: names.get(row.roleId ?? '') ?? null, app_ids: row.appIds,
    invited_by: row.invitedBy, expires_at: toInstant(row.expiresAt), expired: row.expiresAt <= new Date(), created_at: toInstant(row.createdAt),
  }))
}

export const toInvitation = async (db: TenantDb, row: Row): Promise<Invitation> => {
  const [invitation] = await toInvitations(db, [row])
  if (!invitation) throw new Error('one row gives one invitation')
  return invitation
}
