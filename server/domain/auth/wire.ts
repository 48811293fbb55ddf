import type { PasskeyInfo } from '../../contract/sign-in.ts'
import type { User } from '../../contract/user.ts'
import { versionOf } from '../../core/etag.ts'
import { toInstant } from '../../contract/time.ts'

export const toUser = (row: { id: string; email: string; name: string; staff: boolean; emailVerifiedAt: Date | null; createdAt: Date }): User => ({
  id: row.id, email: row.email, name: row.name, staff: row.staff, email_verified: row.emailVerifiedAt !== null, created_at: toInstant(row.createdAt),
  etag: versionOf(row.name),
})

interface PasskeyRow { id: string; name: string; rpId: string; backedUp: boolean; createdAt: Date; lastUsedAt: Date | null }

export const toPasskey = (row: PasskeyRow, here: string): PasskeyInfo => ({
  id: row.id, name: row.name, host: row.rpId, usable_here: row.rpId === here, backed_up: row.backedUp, created_at: toInstant(row.createdAt),
  last_used_at: row.lastUsedAt && toInstant(row.lastUsedAt), etag: versionOf(row.name),
})
