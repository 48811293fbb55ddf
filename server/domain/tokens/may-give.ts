import { isAppPermission, may, mayAnywhere, type Permission, type Standing } from '../../contract/permission.ts'
import type { OrgContext, ServiceAccountActor, UserActor } from '../../core/context.ts'
import { DomainError, notFound, ruleViolated } from '../../core/error.ts'
import { runtime } from '../../core/runtime.ts'
import { DAY_MS } from './issue-token.ts'

/** A scope may be given by whoever holds it somewhere: at use it holds only where its holder does. */
export const refuseForeignScopes = (standings: readonly Standing[], scopes: readonly Permission[]): void => {
  const errors = scopes.flatMap((scope, i) => (standings.some((s) => mayAnywhere(s, scope)) ? []
    : [{ pointer: `/scopes/${i}`, code: 'exceeds_yours', message: `You do not have ${scope} yourself.` }]))
  if (errors.length > 0) throw new DomainError('rule_violated', errors.map((e) => e.message).join(' '), { errors })
}

/** A machine works without its maker, so it may get only what the maker may do in the whole organization. */
export const refuseMorePower = (ctx: Pick<OrgContext, 'may'>, permissions: readonly Permission[], pointer: string): void => {
  const beyond = permissions.filter((p) => !ctx.may(p))
  if (beyond.length > 0) throw ruleViolated(pointer, 'exceeds_yours', `That would allow more than you may do yourself: ${beyond.join(', ')}.`)
}

interface MakerLimits { expires_at: Date; ip_allow: string[] }

/** A token made with a token lives no longer and reaches no farther than that one. */
export const withinMaker = async (
  actor: UserActor | ServiceAccountActor, wanted: { expiresAt: Date; ipAllow: readonly string[]; scopes: readonly Permission[] },
): Promise<{ expiresAt: Date; ipAllow: readonly string[] }> => {
  if (!actor.token || actor.token.kind === 'sess') return wanted
  const { rows } = await runtime().databases.systemPool.query<MakerLimits>('SELECT expires_at, ip_allow FROM api_token WHERE id = $1', [actor.token.tokenId])
  const maker = rows[0]
  if (!maker) throw new DomainError('unauthenticated', 'The token you use is gone. Sign in, or use another one.')
  if (actor.token.scopes.length > 0 && wanted.scopes.length === 0) {
    throw ruleViolated('/scopes', 'exceeds_yours', 'The token you use is limited to scopes, so name the scopes of the new one.')
  }
  const foreign = wanted.ipAllow.filter((block) => !maker.ip_allow.includes(block))
  if (maker.ip_allow.length > 0 && foreign.length > 0) {
    throw ruleViolated('/ip_allow', 'exceeds_yours', `The token you use may not be used from there itself: ${foreign.join(', ')}.`)
  }
  return {
    expiresAt: maker.expires_at < wanted.expiresAt ? maker.expires_at : wanted.expiresAt,
    ipAllow: wanted.ipAllow.length > 0 ? wanted.ipAllow : maker.ip_allow,
  }
}

/** Every app must be one the maker sees in that organization. */
export const refuseForeignApps = (standing: Standing, wanted: readonly string[], existing: readonly string[]): void => {
  if (wanted.some((id) => !existing.includes(id) || !may(standing, 'apps:read', id))) throw notFound('app')
}

/** Permissions that mean something on apps must be left when a token is restricted to some. */
export const refuseIdleToken = (scopes: readonly Permission[], appIds: readonly string[]): void => {
  if (appIds.length > 0 && scopes.length > 0 && !scopes.some(isAppPermission)) {
    throw ruleViolated('/scopes', 'nothing_left', 'None of these scopes is about apps, so the token could do nothing with the apps chosen.')
  }
}

export const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS)
