import { z } from 'zod'
import { AppSecretList, Secret, SECRET_SCOPES, SecretId, SecretList, SecretName, SecretVersion } from '../../contract/secret.ts'
import { notFound } from '../../core/error.ts'
import { etagOf } from '../../core/etag.ts'
import { defineList } from '../../core/listing.ts'
import { query } from '../../core/operation.ts'
import { needsRedeploy, readUses } from './uses.ts'
import { loadAppId, SECRET_PARTS, toSecret, wireSecret } from './wire.ts'

const list = defineList({
  name: 'secrets',
  fields: {
    scope: {
      kind: 'enum', values: SECRET_SCOPES, filter: true,
      where: (scopes) => (scopes.includes('app') && scopes.includes('organization') ? {} : { appId: scopes.includes('app') ? { not: null } : null }),
    },
    app_id: { kind: 'text', column: 'appId', filter: true },
    name: { kind: 'text', column: 'name', filter: true, sort: true },
    expires_at: { kind: 'time', column: 'expiresAt', range: true, sort: true, nullable: true },
    last_used_at: { kind: 'time', column: 'lastUsedAt', range: true, sort: true, nullable: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
  search: ['name'],
})

export const listSecrets = query({
  name: 'secrets.list', summary: 'Secrets of the organization and its apps, newest first; never their values', scope: 'org', permission: 'secrets:read',
  input: z.strictObject(list.input), output: SecretList,
  rest: { method: 'GET', path: '/secrets', tag: 'Secrets' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const rows = await ctx.db.secret.findMany({
      where: { AND: [{ deletedAt: null }, page.where] }, include: SECRET_PARTS, orderBy: page.orderBy, take: page.take,
    })
    const uses = rows.length > 0 ? await readUses(ctx.db, ctx.orgId) : []
    return page.of(rows, (row) => toSecret(row, uses, ctx.now))
  },
})

export const getSecret = query({
  name: 'secrets.get', summary: 'One secret: versions, expiry, who uses it; never its value', scope: 'org', permission: 'secrets:read',
  input: z.strictObject({ secret_id: SecretId }), output: Secret,
  rest: { method: 'GET', path: '/secrets/{secret_id}', tag: 'Secrets' }, etag: etagOf,
  run: (ctx, input) => wireSecret(ctx, input.secret_id),
})

export const getAppSecret = query({
  name: 'secrets.get_of_app', summary: 'A secret of an app by its name; never its value', scope: 'org', permission: 'secrets:read',
  input: z.strictObject({ app_id: z.string().max(60), name: SecretName }), output: Secret,
  rest: { method: 'GET', path: '/apps/{app_id}/secrets/{name}', tag: 'Secrets' }, etag: etagOf,
  run: async (ctx, input) => {
    const row = await ctx.db.secret.findFirst({ where: { appId: await loadAppId(ctx, input.app_id), name: input.name, deletedAt: null }, select: { id: true } })
    if (!row) throw notFound('secret')
    return wireSecret(ctx, row.id)
  },
})

export const listSecretVersions = query({
  name: 'secrets.versions', summary: 'Versions of a secret that can be rolled back to, newest first', scope: 'org', permission: 'secrets:read',
  input: z.strictObject({ secret_id: SecretId }), output: z.object({ data: z.array(SecretVersion) }),
  rest: { method: 'GET', path: '/secrets/{secret_id}/versions', tag: 'Secrets' },
  run: async (ctx, input) => ({ data: (await wireSecret(ctx, input.secret_id)).versions }),
})

export const listAppSecrets = query({
  name: 'secrets.of_app', summary: 'What an app gets: its own secrets and those of the organization it refers to', scope: 'org', permission: 'secrets:read',
  input: z.strictObject({ app_id: z.string().max(60) }), output: AppSecretList,
  rest: { method: 'GET', path: '/apps/{app_id}/secrets', tag: 'Secrets' },
  run: async (ctx, input) => {
    const appId = await loadAppId(ctx, input.app_id)
    const uses = await readUses(ctx.db, ctx.orgId, appId)
    const wanted = uses.flatMap((use) => use.wanted.map((d) => d.secretId))
    const rows = await ctx.db.secret.findMany({ where: { deletedAt: null, OR: [{ appId }, { id: { in: wanted } }] }, include: SECRET_PARTS, orderBy: { name: 'asc' } })
    return {
      data: rows.map((row) => toSecret(row, uses, ctx.now)), redeploy_needed: uses.some(needsRedeploy),
      pagination: { limit: 100, has_more: false, next_cursor: null },
    }
  },
})
