import { z } from 'zod'
import { pageOf } from '../../contract/page.ts'
import { CreatedToken, Token, TokenName, TokenSettings } from '../../contract/token.ts'
import { MEMBER_PARTS, ownMemberships, refuseOlderThanSso, standingOf } from '../../core/authorize.ts'
import type { UserContext } from '../../core/context.ts'
import type { SystemDb } from '../../core/db.ts'
import { wake } from '../../core/event.ts'
import { DomainError, notFound, ruleViolated } from '../../core/error.ts'
import { etagOf } from '../../core/etag.ts'
import { defineList } from '../../core/listing.ts'
import { command, query } from '../../core/operation.ts'
import { issueToken, TOKEN_COLUMNS, toToken } from './issue-token.ts'
import { inDays, refuseForeignApps, refuseForeignScopes, refuseIdleToken } from './may-give.ts'

const TAG = 'Tokens'
const MOST = 50
const TokenId = { token_id: z.string().max(60) }

const list = defineList({
  name: 'tokens',
  fields: {
    name: { kind: 'text', column: 'name', filter: true, sort: true },
    organization_id: { kind: 'text', column: 'orgId', filter: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
    expires_at: { kind: 'time', column: 'expiresAt', range: true, sort: true },
  },
  search: ['name'],
})

/** A person's own, also those of one sitting: temporary ones. */
const mine = (ctx: UserContext) => ({ userId: ctx.user.userId, revokedAt: null })

export const listTokens = query({
  name: 'tokens.list', summary: 'Your personal tokens that are not revoked', scope: 'user', unverified: true,
  input: z.strictObject(list.input), output: pageOf(Token),
  rest: { method: 'GET', path: '/tokens', tag: TAG },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const where = { AND: [mine(ctx), page.where] }
    return page.of(await ctx.db.apiToken.findMany({ where, select: TOKEN_COLUMNS, orderBy: page.orderBy, take: page.take }), toToken)
  },
})

export const getToken = query({
  name: 'tokens.get', summary: 'One of your personal tokens', scope: 'user', unverified: true,
  input: z.strictObject(TokenId), output: Token,
  rest: { method: 'GET', path: '/tokens/{token_id}', tag: TAG }, etag: etagOf,
  run: async (ctx, input) => toToken(await loadToken(ctx, input.token_id)),
})

export const createToken = command({
  name: 'tokens.create', summary: 'Make a personal token; it is shown once', scope: 'user', sensitive: true, sessionOnly: true, answersSecret: true,
  input: z.strictObject({
    ...TokenName, ...TokenSettings,
    organization_id: z.string().max(60).optional().describe('Works in this organization only'),
    expires_in_days: z.int().min(1).max(365).default(365),
  }),
  output: CreatedToken,
  rest: { method: 'POST', path: '/tokens', status: 201, tag: TAG },
  run: async (ctx, input) => {
    await refuseTooMany(ctx)
    const orgId = input.organization_id ?? null
    await refuseBeyondOwn(ctx, { orgId, scopes: input.scopes, appIds: input.app_ids })
    const token = await issueToken(ctx.db, {
      kind: 'pat', name: input.name, brandId: ctx.user.brandId, holder: { userId: ctx.user.userId }, orgId, scopes: input.scopes, appIds: input.app_ids,
      ipAllow: input.ip_allow, createdBy: ctx.user.userId, expiresAt: inDays(input.expires_in_days),
    })
    await ctx.emit('token.created', { type: 'token', id: token.id }, { kind: 'personal', name: token.name, scopes: token.scopes.join(' ') }, orgId ?? undefined)
    return token
  },
})

const refuseTooMany = async (ctx: UserContext): Promise<void> => {
  await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`tokens of ${ctx.user.userId}`}, 0))`
  const count = await ctx.db.apiToken.count({ where: { ...mine(ctx), kind: 'pat', expiresAt: { gt: new Date() } } })
  if (count >= MOST) throw new DomainError('quota_exceeded', `You may have ${MOST} personal tokens. Revoke some that you no longer use.`)
}

const refuseBeyondOwn = async (ctx: UserContext, wanted: { orgId: string | null; scopes: Token['scopes']; appIds: readonly string[] }): Promise<void> => {
  const where = { AND: [ownMemberships(ctx.user), wanted.orgId ? { orgId: wanted.orgId } : {}] }
  const rows = await ctx.db.membership.findMany({ where, include: MEMBER_PARTS })
  if (wanted.orgId && rows.length === 0) throw notFound('organization')
  const standings = rows.map((row) => standingOf(row, ctx.user.token))
  refuseForeignScopes(standings, wanted.scopes)
  refuseIdleToken(wanted.scopes, wanted.appIds)
  if (wanted.appIds.length === 0) return
  const [standing] = standings
  if (!wanted.orgId || !standing) throw ruleViolated('/app_ids', 'organization_required', 'Name the organization whose apps these are.')
  const apps = await ctx.db.app.findMany({ where: { orgId: wanted.orgId, id: { in: [...wanted.appIds] }, deletedAt: null }, select: { id: true } })
  refuseForeignApps(standing, wanted.appIds, apps.map((a) => a.id))
}

export const createTemporaryToken = command({
  name: 'tokens.create_temporary', summary: 'Make a token for one purpose that ends after 15 minutes', scope: 'user', answersSecret: true,
  input: z.strictObject({
    organization_id: z.string().max(60), scope: TokenSettings.scopes.unwrap().element.describe('The one permission it has'), app_id: z.string().max(60).optional(),
  }),
  output: CreatedToken,
  rest: { method: 'POST', path: '/tokens/temporary', status: 201, tag: TAG },
  run: async (ctx, input) => {
    const appIds = input.app_id ? [input.app_id] : []
    await refuseOlderThanSso(ctx.user, input.organization_id)
    await refuseBeyondOwn(ctx, { orgId: input.organization_id, scopes: [input.scope], appIds })
    const token = await issueToken(ctx.db, {
      kind: 'temp', name: input.scope, brandId: ctx.user.brandId, holder: { userId: ctx.user.userId }, orgId: input.organization_id, scopes: [input.scope],
      appIds, ipAllow: [], createdBy: ctx.user.userId, expiresAt: new Date(Date.now() + 15 * 60_000),
    })
    await ctx.emit('token.created', { type: 'token', id: token.id }, { kind: 'temporary', name: token.name }, input.organization_id)
    return token
  },
})

export const updateToken = command({
  name: 'tokens.update', summary: 'Rename a personal token', scope: 'user',
  input: z.strictObject({ ...TokenId, ...TokenName }), output: Token,
  rest: { method: 'PATCH', path: '/tokens/{token_id}', tag: TAG }, ifMatch: true, etag: etagOf,
  run: async (ctx, input) => {
    await ctx.db.$executeRaw`SELECT 1 FROM api_token WHERE id = ${input.token_id} FOR UPDATE`
    const row = await loadToken(ctx, input.token_id)
    ctx.expectVersion(toToken(row).etag)
    await ctx.db.apiToken.update({ where: { id: row.id }, data: { name: input.name }, select: { id: true } })
    await ctx.emit('token.updated', { type: 'token', id: row.id }, { name: input.name }, row.orgId ?? undefined)
    return toToken({ ...row, name: input.name })
  },
})

const Done = z.object({ ok: z.literal(true) })

export const revokeToken = command({
  name: 'tokens.revoke', summary: 'Revoke a personal token at once', scope: 'user', unverified: true,
  input: z.strictObject(TokenId), output: Done,
  rest: { method: 'DELETE', path: '/tokens/{token_id}', tag: TAG },
  run: async (ctx, input) => {
    const row = await loadToken(ctx, input.token_id)
    await revoke(ctx, row, new Date())
    return { ok: true as const }
  },
})

export const rotateToken = command({
  name: 'tokens.rotate', summary: 'Replace a personal token by a new one with the same limits', scope: 'user', sensitive: true, sessionOnly: true, answersSecret: true,
  input: z.strictObject({ ...TokenId, overlap_minutes: z.int().min(0).max(1440).default(0).describe('How long the old one still works') }),
  output: CreatedToken,
  rest: { method: 'POST', path: '/tokens/{token_id}/rotate', status: 201, tag: TAG },
  run: async (ctx, input) => {
    const old = toToken(await loadToken(ctx, input.token_id))
    if (old.kind !== 'personal') throw notFound('token')
    const lifetime = new Date(old.expires_at).getTime() - new Date(old.created_at).getTime()
    const token = await issueToken(ctx.db, {
      kind: 'pat', name: old.name, brandId: ctx.user.brandId, holder: { userId: ctx.user.userId }, orgId: old.organization_id, scopes: old.scopes,
      appIds: old.app_ids, ipAllow: old.ip_allow, createdBy: ctx.user.userId, expiresAt: new Date(Date.now() + lifetime),
    })
    await ctx.emit('token.rotated', { type: 'token', id: token.id }, { replaces: old.id }, old.organization_id ?? undefined)
    const ends = new Date(Date.now() + input.overlap_minutes * 60_000)
    if (new Date(old.expires_at) > ends) await revoke(ctx, { id: old.id, orgId: old.organization_id }, ends)
    return token
  },
})

export const loadToken = async (ctx: UserContext, id: string) => {
  const row = await ctx.db.apiToken.findFirst({ where: { ...mine(ctx), id }, select: TOKEN_COLUMNS })
  if (!row) throw notFound('token')
  return row
}

/** At once, or when the overlap ends. Streams that were opened with it look again, whatever organization they are of. */
export const revoke = async (ctx: UserContext, token: { id: string; orgId: string | null }, at: Date): Promise<void> => {
  const now = at <= new Date()
  await ctx.db.apiToken.updateMany({ where: { id: token.id }, data: now ? { revokedAt: at } : { expiresAt: at } })
  await ctx.emit('token.revoked', { type: 'token', id: token.id }, {}, token.orgId ?? undefined)
  await wakeStreams(ctx.db, ctx.user.userId)
}

const wakeStreams = async (db: SystemDb, userId: string): Promise<void> => {
  const rows = await db.membership.findMany({ where: { userId }, select: { orgId: true } })
  for (const { orgId } of rows) await wake(db, `org:${orgId}`, 'token.revoked')
}
