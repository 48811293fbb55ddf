import type { User } from '../../contract/user.ts'
import { toInstant } from '../../contract/time.ts'

export const toUser = (row: { id: string; email: string; name: string; staff: boolean; emailVerifiedAt: Date | null; createdAt: Date }): User => ({
  id: row.id, email: row.email, name: row.name, staff: row.staff, email_verified: row.emailVerifiedAt !== null, created_at: toInstant(row.createdAt),
})
