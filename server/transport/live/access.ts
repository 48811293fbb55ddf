import { authorizeOrg } from '../../core/authorize.ts'
import type { RequestMeta } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { runtime } from '../../core/runtime.ts'
import type { Permission } from '../../contract/permission.ts'

export interface Access { orgId: string; brandId: string }

/** The caller's organization, if role and session still stand. Asked again while a stream is open. */
export const requireAccess = async (meta: RequestMeta, organizationId: string | null, permission: Permission): Promise<Access> => {
  const { orgId, brandId } = await authorizeOrg(meta, organizationId, permission, false)
  if (meta.actor.type !== 'user') throw new DomainError('unauthenticated', 'Sign in, or send a valid token.')
  const { rowCount } = await runtime().databases.systemPool.query('SELECT 1 FROM session WHERE id = $1 AND expires_at > now()', [meta.actor.sessionId])
  if (rowCount === 0) throw new DomainError('unauthenticated', 'This session has ended. Sign in again.')
  return { orgId, brandId }
}

const STREAMS_PER_USER = 40
const open = new Map<string, number>()

/** Counts a person's open streams; returns the function that gives the place back. */
export const takePlace = (userId: string): (() => void) => {
  const count = open.get(userId) ?? 0
  if (count >= STREAMS_PER_USER) throw new DomainError('rate_limited', `At most ${STREAMS_PER_USER} live streams may be open. Close some pages.`)
  open.set(userId, count + 1)
  return () => {
    const left = (open.get(userId) ?? 1) - 1
    if (left > 0) open.set(userId, left)
    else open.delete(userId)
  }
}
