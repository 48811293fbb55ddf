import { z } from 'zod'
import { Etag } from '../../contract/etag.ts'
import { SSO_ROLES, SsoConnection } from '../../contract/sso.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import type { CompositeOperation } from '../../core/composite.ts'
import type { OrgContext } from '../../core/context.ts'
import { seal, unseal } from '../../core/crypto.ts'
import type { TenantDb } from '../../core/db.ts'
import { DomainError, notFound, ruleViolated } from '../../core/error.ts'
import { etagOf, versionOf } from '../../core/etag.ts'
import { newId } from '../../core/id.ts'
import { call, command, query } from '../../core/operation.ts'
import { runtime } from '../../core/runtime.ts'
import type { SsoConnection as Row } from '../../../prisma/generated/client.ts'
import { lockOrganization } from '../quotas/index.ts'
import { brandOf } from './domain-of.ts'
import { sessionOf } from './domains.ts'
import { endOtherSessions } from './end-sessions.ts'
import { checkProvider, type Provider } from './provider.ts'

const path = '/organizations/{organization_id}/sso'
const Common = { scope: 'org', permission: 'org:write', sensitive: true } as const

const isIssuer = (text: string): boolean => {
  try {
    const url = new URL(text)
    return (url.protocol === 'https:' || url.protocol === 'http:') && url.search === '' && url.hash === '' && url.username === ''
  } catch { return false }
}

const placeOf = (connectionId: string): string => `sso:${connectionId}`
export const sealFor = (connectionId: string, text: string): string => seal(runtime().env.masterKey, text, placeOf(connectionId))
export const unsealFor = (connectionId: string, sealed: string): string => unseal(runtime().env.masterKey, sealed, placeOf(connectionId))
export const providerOf = (row: Row): Provider => ({ issuer: row.issuer, clientId: row.clientId, clientSecret: unsealFor(row.id, row.clientSecret) })

/** A test and enforcing leave it as it is. */
const ssoVersion = (row: Row | null): string => (row ? versionOf([row.id, row.updatedAt]) : 'none')

const toWire = (row: Row): SsoConnection => ({
  id: row.id, issuer: row.issuer, client_id: row.clientId, default_role: SSO_ROLES.find((r) => r === row.defaultRole) ?? 'viewer',
  tested_at: toInstantOrNull(row.testedAt), enforced_at: toInstantOrNull(row.enforcedAt),
  created_at: toInstant(row.createdAt), updated_at: toInstant(row.updatedAt), etag: ssoVersion(row),
})

export const loadConnection = async (db: TenantDb): Promise<Row> => {
  const row = await db.ssoConnection.findFirst()
  if (!row) throw notFound('connection')
  return row
}

export const redirectUriOf = (ctx: { brand: { origin: string } }): string => `${ctx.brand.origin}/sso/callback`

export const getSso = query({
  name: 'sso.get', summary: 'The organization\'s single sign-on, without its secret', scope: 'org', permission: 'org:read',
  input: z.strictObject({}),
  output: z.object({ connection: SsoConnection.nullable(), redirect_uri: z.string().describe('To be registered at the identity provider, to the letter'), etag: Etag }),
  rest: { method: 'GET', path, tag: 'Single sign-on' }, etag: etagOf,
  run: async (ctx) => {
    const row = await ctx.db.ssoConnection.findFirst()
    return { connection: row && toWire(row), redirect_uri: redirectUriOf(ctx), etag: ssoVersion(row) }
  },
})

const Settings = z.strictObject({
  issuer: z.string().trim().max(300).refine(isIssuer, 'Enter the issuer as a web address, such as https://login.example.com.'),
  client_id: z.string().trim().min(1, 'Enter the client id.').max(300),
  client_secret: z.string().min(1).max(1000).optional().describe('secret; absent = the stored one stays'),
  default_role: z.enum(SSO_ROLES).default('developer'),
})

/** Says no before the provider is asked; gives the secret that goes with these settings. */
const settingsToSave = query({
  ...Common, name: 'sso.settings_to_save', summary: 'Settings with their secret', input: Settings, output: z.object({ organization_id: z.string(), client_secret: z.string() }),
  run: async (ctx, input) => {
    const row = await ctx.db.ssoConnection.findFirst()
    ctx.expectVersion(ssoVersion(row))
    const same = row?.issuer === input.issuer && row.clientId === input.client_id
    if (row?.enforcedAt && !same) throw new DomainError('state_conflict', 'Members sign in through this provider alone. Stop enforcing it before you change it.')
    if (!input.client_secret && !same) throw ruleViolated('/client_secret', 'required', 'Enter the secret of this client.')
    return { organization_id: ctx.orgId, client_secret: input.client_secret ?? (row ? unsealFor(row.id, row.clientSecret) : '') }
  },
})

/** Who is who at one issuer says nothing about another: a new issuer is a new connection. */
const connectionToWrite = async (ctx: OrgContext, issuer: string): Promise<{ id: string; exists: Row | null }> => {
  await lockOrganization(ctx.db, ctx.orgId)
  const row = await ctx.db.ssoConnection.findFirst()
  ctx.expectVersion(ssoVersion(row))
  if (row?.issuer === issuer) return { id: row.id, exists: row }
  if (row) await ctx.db.ssoConnection.deleteMany({ where: { id: row.id } })
  return { id: newId('ssoConnection'), exists: null }
}

const storeConnection = command({
  ...Common, name: 'sso.store_connection', summary: 'Keeps the settings', input: Settings.required({ client_secret: true }), output: SsoConnection,
  run: async (ctx, input) => {
    const { id, exists } = await connectionToWrite(ctx, input.issuer)
    const same = exists?.clientId === input.client_id
    const data = {
      issuer: input.issuer, clientId: input.client_id, clientSecret: sealFor(id, input.client_secret), defaultRole: input.default_role, updatedAt: new Date(),
      ...(same ? {} : { testedAt: null }),
    }
    if (exists) await ctx.db.ssoConnection.updateMany({ where: { id }, data })
    else await ctx.db.ssoConnection.create({ data: { id, orgId: ctx.orgId, brandId: await brandOf(ctx.db), ...data } })
    await ctx.emit('sso.updated', { type: 'sso_connection', id }, {
      'issuer.before': exists?.issuer ?? null, 'issuer.after': input.issuer, 'client_id.before': exists?.clientId ?? null, 'client_id.after': input.client_id,
      'default_role.before': exists?.defaultRole ?? null, 'default_role.after': input.default_role,
    })
    return toWire(await loadConnection(ctx.db))
  },
})

/** The provider is asked before anything is stored. */
export const saveSso: CompositeOperation<typeof Settings, typeof SsoConnection> = {
  kind: 'composite', name: 'sso.save', summary: 'Connect an OpenID Connect provider, or change the connection', ...Common, input: Settings, output: SsoConnection,
  rest: { method: 'PUT', path, tag: 'Single sign-on' }, ifMatch: true, etag: etagOf,
  handle: async (meta, raw) => {
    const { organization_id: organizationId, client_secret: clientSecret } = await call(settingsToSave, meta, raw)
    const { organization_id: _, ...given } = raw as Record<string, unknown>
    const settings = Settings.parse(given)
    await checkProvider({ issuer: settings.issuer, clientId: settings.client_id, clientSecret })
    return call(storeConnection, { ...meta, idempotencyKey: null }, { ...settings, client_secret: clientSecret, organization_id: organizationId })
  },
}

export const removeSso = command({
  ...Common, name: 'sso.remove', summary: 'Disconnect the identity provider; members sign in by their other ways again', input: z.strictObject({}), output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path, tag: 'Single sign-on' },
  run: async (ctx) => {
    const row = await loadConnection(ctx.db)
    await ctx.db.ssoConnection.deleteMany({ where: { id: row.id } })
    await ctx.emit('sso.removed', { type: 'sso_connection', id: row.id }, { 'issuer.before': row.issuer, 'issuer.after': null })
    return { ok: true as const }
  },
})

export const enforceSso = command({
  ...Common, name: 'sso.enforce', summary: 'Let members of the proven domains sign in through the identity provider only, or end that',
  input: z.strictObject({ enforced: z.boolean() }), output: SsoConnection,
  rest: { method: 'POST', path: `${path}/enforce`, tag: 'Single sign-on' },
  run: async (ctx, { enforced }) => {
    const row = await loadConnection(ctx.db)
    if (enforced) await assertEnforceable(ctx, row)
    await ctx.db.ssoConnection.updateMany({ where: { id: row.id }, data: { enforcedAt: enforced ? row.enforcedAt ?? new Date() : null } })
    await ctx.emit(enforced ? 'sso.enforced' : 'sso.relaxed', { type: 'sso_connection', id: row.id },
      { 'enforced.before': row.enforcedAt !== null, 'enforced.after': enforced })
    if (enforced) await ctx.enqueue(endOtherSessions, { org_id: ctx.orgId, keep: sessionOf(ctx.actor) })
    return toWire(await loadConnection(ctx.db))
  },
})

/** Nobody may lock everybody out: a whole test, a proven domain, and a way back in for an owner. */
const assertEnforceable = async (ctx: OrgContext, row: Row): Promise<void> => {
  const refuse = (detail: string): DomainError => new DomainError('state_conflict', detail)
  if (!row.testedAt) throw refuse('Test the connection first: sign in through it once.')
  if (await ctx.db.ssoDomain.count({ where: { verifiedAt: { not: null } } }) === 0) throw refuse('Prove an e-mail domain first: only its people can be held to it.')
  if (ctx.role !== 'owner') throw new DomainError('forbidden', 'Only an owner may enforce single sign-on: owners keep a way in when the provider fails.')
  if (ctx.actor.type !== 'user' || !ctx.actor.mfa) {
    throw refuse('Sign in with a second factor first: an owner\'s password with a second factor is the way back in when the identity provider fails.')
  }
}
