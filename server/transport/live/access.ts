import { authorizeApp, authorizeOrg } from '../../core/authorize.ts'
import type { Actor, RequestMeta } from '../../core/context.ts'
import type { TenantScope } from '../../core/db.ts'
import { DomainError } from '../../core/error.ts'
import { runtime } from '../../core/runtime.ts'
import type { Permission } from '../../contract/permission.ts'

/** The caller's organization, if role and session or token still stand. Asked again while a stream is open. */
export const requireAccess = async (meta: RequestMeta, organizationId: string | null, permission: Permission, appId?: string): Promise<TenantScope> => {
  const needs = { kind: 'query', permission }
  const member = await authorizeOrg(meta, organizationId, needs)
  if (!await stillStands(meta.actor)) throw new DomainError('unauthenticated', 'This session has ended. Sign in again.')
  await authorizeApp(member, needs, { app_id: appId }, [])
  return { orgId: member.orgId, brandId: member.brandId, appIds: member.appIds }
}

const stillStands = async (actor: Actor): Promise<boolean> => {
  if (actor.type !== 'user' && actor.type !== 'service_account') return false
  const [text, id] = actor.token && actor.token.kind !== 'sess'
    ? ['SELECT 1 FROM api_token WHERE id = $1 AND expires_at > now() AND revoked_at IS NULL', actor.token.tokenId]
    : ['SELECT 1 FROM session WHERE id = $1 AND expires_at > now()', actor.type === 'user' ? actor.sessionId : '']
  return (await runtime().databases.systemPool.query(text, [id])).rowCount === 1
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
