import { z } from 'zod'
import { CreatedToken, Token, TokenName, TokenSettings } from '../../contract/token.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError, notFound } from '../../core/error.ts'
import { command, query } from '../../core/operation.ts'
import { etagOf } from '../../core/etag.ts'
import { heldRole } from '../orgs/index.ts'
import { issueToken, TOKEN_COLUMNS, toToken } from './issue-token.ts'
import { inDays, refuseForeignApps, refuseIdleToken, refuseMorePower, withinMaker } from './may-give.ts'
import { loadServiceAccount } from './service-accounts.ts'

const TAG = 'Service accounts'
const PATH = '/organizations/{organization_id}/service-accounts/{service_account_id}/tokens'
const MOST = 20
const AccountId = { service_account_id: z.string().max(60) }
const TokenId = { ...AccountId, token_id: z.string().max(60) }

export const listServiceAccountTokens = query({
  name: 'service_accounts.tokens', summary: 'Tokens of a service account that are not revoked', scope: 'org', permission: 'tokens:read',
  input: z.strictObject(AccountId), output: z.object({ data: z.array(Token) }),
  rest: { method: 'GET', path: PATH, tag: TAG },
  run: async (ctx, input) => {
    const { id } = await loadServiceAccount(ctx.db, input.service_account_id)
    const rows = await ctx.db.apiToken.findMany({ where: { serviceAccountId: id, revokedAt: null }, select: TOKEN_COLUMNS, orderBy: { createdAt: 'desc' }, take: 100 })
    return { data: rows.map(toToken) }
  },
})

export const getServiceAccountToken = query({
  name: 'service_accounts.token', summary: 'One token of a service account', scope: 'org', permission: 'tokens:read',
  input: z.strictObject(TokenId), output: Token,
  rest: { method: 'GET', path: `${PATH}/{token_id}`, tag: TAG }, etag: etagOf,
  run: async (ctx, input) => toToken(await load(ctx, input)),
})

interface Wanted { name: string; scopes: Token['scopes']; appIds: readonly string[]; ipAllow: readonly string[]; expiresAt: Date }

/** Nobody gives by a machine what they do not have: its role or, where given, the scopes must be theirs in the whole organization. */
const issue = async (ctx: OrgContext, serviceAccountId: string, wanted: Wanted) => {
  const account = await loadServiceAccount(ctx.db, serviceAccountId)
  if (account.disabledAt) throw new DomainError('state_conflict', 'The service account is disabled. Enable it first.')
  const { permissions } = heldRole(account)
  refuseMorePower(ctx, wanted.scopes.length > 0 ? wanted.scopes : permissions, wanted.scopes.length > 0 ? '/scopes' : '/service_account_id')
  refuseIdleToken(wanted.scopes, wanted.appIds)
  const apps = await ctx.db.app.findMany({ where: { id: { in: [...wanted.appIds] }, deletedAt: null }, select: { id: true } })
  refuseForeignApps(ctx.standing, wanted.appIds, apps.map((a) => a.id))
  await refuseTooMany(ctx, account.id)
  const { actor } = ctx
  if (actor.type !== 'user' && actor.type !== 'service_account') throw new DomainError('unauthenticated', 'Sign in first.')
  return issueToken(ctx.db, {
    ...wanted, ...(await withinMaker(actor, wanted)), kind: 'sat', brandId: actor.brandId, holder: { serviceAccountId: account.id }, orgId: ctx.orgId, createdBy: ctx.userId,
  })
}

const refuseTooMany = async (ctx: OrgContext, serviceAccountId: string): Promise<void> => {
  await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`tokens of ${serviceAccountId}`}, 0))`
  const count = await ctx.db.apiToken.count({ where: { serviceAccountId, revokedAt: null, expiresAt: { gt: new Date() } } })
  if (count >= MOST) throw new DomainError('quota_exceeded', `A service account may have ${MOST} tokens. Revoke some that you no longer use.`)
}

export const createServiceAccountToken = command({
  name: 'service_accounts.create_token', summary: 'Make a token for a service account; it is shown once', scope: 'org', permission: 'tokens:write',
  sensitive: true, answersSecret: true,
  input: z.strictObject({ ...AccountId, ...TokenName, ...TokenSettings, expires_in_days: z.int().min(1).max(365).default(90) }), output: CreatedToken,
  rest: { method: 'POST', path: PATH, status: 201, tag: TAG },
  run: async (ctx, input) => {
    const token = await issue(ctx, input.service_account_id, {
      name: input.name, scopes: input.scopes, appIds: input.app_ids, ipAllow: input.ip_allow, expiresAt: inDays(input.expires_in_days),
    })
    await ctx.emit('token.created', { type: 'token', id: token.id }, { kind: 'service_account', name: token.name, service_account_id: input.service_account_id, scopes: token.scopes.join(' ') })
    return token
  },
})

export const rotateServiceAccountToken = command({
  name: 'service_accounts.rotate_token', summary: 'Replace a token of a service account by a new one with the same limits', scope: 'org', permission: 'tokens:write',
  sensitive: true, answersSecret: true,
  input: z.strictObject({ ...TokenId, overlap_minutes: z.int().min(0).max(1440).default(0).describe('How long the old one still works') }), output: CreatedToken,
  rest: { method: 'POST', path: `${PATH}/{token_id}/rotate`, status: 201, tag: TAG },
  run: async (ctx, input) => {
    const old = toToken(await load(ctx, input))
    const lifetime = new Date(old.expires_at).getTime() - new Date(old.created_at).getTime()
    const token = await issue(ctx, input.service_account_id, {
      name: old.name, scopes: old.scopes, appIds: old.app_ids, ipAllow: old.ip_allow, expiresAt: new Date(Date.now() + lifetime),
    })
    await ctx.emit('token.rotated', { type: 'token', id: token.id }, { replaces: old.id, service_account_id: input.service_account_id })
    const ends = new Date(Date.now() + input.overlap_minutes * 60_000)
    if (new Date(old.expires_at) > ends) await revoke(ctx, old.id, ends)
    return token
  },
})

export const renameServiceAccountToken = command({
  name: 'service_accounts.rename_token', summary: 'Rename a token of a service account', scope: 'org', permission: 'tokens:write',
  input: z.strictObject({ ...TokenId, ...TokenName }), output: Token,
  rest: { method: 'PATCH', path: `${PATH}/{token_id}`, tag: TAG }, ifMatch: true, etag: etagOf,
  run: async (ctx, input) => {
    await ctx.db.$executeRaw`SELECT 1 FROM api_token WHERE id = ${input.token_id} FOR UPDATE`
    const row = await load(ctx, input)
    ctx.expectVersion(toToken(row).etag)
    await ctx.db.apiToken.updateMany({ where: { id: row.id }, data: { name: input.name } })
    await ctx.emit('token.updated', { type: 'token', id: row.id }, { name: input.name })
    return toToken({ ...row, name: input.name })
  },
})

export const revokeServiceAccountToken = command({
  name: 'service_accounts.revoke_token', summary: 'Revoke a token of a service account at once', scope: 'org', permission: 'tokens:write',
  input: z.strictObject(TokenId), output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path: `${PATH}/{token_id}`, tag: TAG },
  run: async (ctx, input) => {
    const row = await load(ctx, input)
    await revoke(ctx, row.id, new Date())
    return { ok: true as const }
  },
})

const load = async (ctx: OrgContext, ids: { service_account_id: string; token_id: string }) => {
  const row = await ctx.db.apiToken.findFirst({ where: { id: ids.token_id, serviceAccountId: ids.service_account_id, revokedAt: null }, select: TOKEN_COLUMNS })
  if (!row) throw notFound('token')
  return row
}

const revoke = async (ctx: OrgContext, id: string, at: Date): Promise<void> => {
  await ctx.db.apiToken.updateMany({ where: { id }, data: at <= new Date() ? { revokedAt: at } : { expiresAt: at } })
  await ctx.emit('token.revoked', { type: 'token', id })
}
