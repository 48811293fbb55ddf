import { EXPIRY_NOTICE_DAYS, type Secret } from '../../contract/secret.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import type { OrgContext } from '../../core/context.ts'
import { notFound } from '../../core/error.ts'
import { versionOf } from '../../core/etag.ts'
import { oldestOffered } from './set-secret.ts'
import { readUses, type AppUse } from './uses.ts'

export const SECRET_PARTS = { versions: { select: { version: true, createdAt: true, createdBy: true }, orderBy: { version: 'desc' } } } as const

export interface SecretRow {
  id: string; name: string; appId: string | null; version: number; expiresAt: Date | null; lastUsedAt: Date | null
  createdBy: string | null; createdAt: Date; updatedAt: Date
  versions: { version: number; createdAt: Date; createdBy: string | null }[]
}

const DAY_MS = 86_400_000

export const statusOf = (expiresAt: Date | null, now: Date): Secret['status'] => {
  if (!expiresAt) return 'active'
  const left = expiresAt.getTime() - now.getTime()
  if (left <= 0) return 'expired'
  return left <= EXPIRY_NOTICE_DAYS * DAY_MS ? 'expiring' : 'active'
}

const useOf = (id: string, version: number, use: AppUse): Secret['used_by'][number] => {
  const held = use.held.find((d) => d.secretId === id)
  return { app_id: use.appId, app_name: use.appName, delivered_version: held?.version ?? null, redeploy_needed: use.running && held?.version !== version }
}

/** Rises with its value, and differs when its expiry does. */
export const secretVersion = (row: Pick<SecretRow, 'version' | 'expiresAt'>): string => versionOf([row.version, row.expiresAt])

export const toSecret = (row: SecretRow, uses: readonly AppUse[], now: Date): Secret => ({
  id: row.id, name: row.name, scope: row.appId ? 'app' : 'organization', app_id: row.appId, version: row.version,
  versions: row.versions.filter((v) => v.version >= oldestOffered(row.version))
    .map((v) => ({ version: v.version, current: v.version === row.version, created_at: toInstant(v.createdAt), created_by: v.createdBy })),
  status: statusOf(row.expiresAt, now), expires_at: toInstantOrNull(row.expiresAt), last_used: toInstantOrNull(row.lastUsedAt),
  used_by: uses.filter((use) => use.wanted.some((d) => d.secretId === row.id)).map((use) => useOf(row.id, row.version, use)),
  created_by: row.createdBy, created_at: toInstant(row.createdAt), updated_at: toInstant(row.updatedAt),
  etag: secretVersion(row),
})

/** To load is to authorise: another organization's secret, or that of a hidden app, is not found. */
export const loadSecret = async (ctx: Pick<OrgContext, 'db'>, id: string) => {
  const row = await ctx.db.secret.findFirst({ where: { id, deletedAt: null }, include: SECRET_PARTS })
  if (!row) throw notFound('secret')
  return row
}

export const wireSecret = async (ctx: Pick<OrgContext, 'db' | 'orgId' | 'now'>, id: string): Promise<Secret> => {
  const row = await loadSecret(ctx, id)
  return toSecret(row, await readUses(ctx.db, ctx.orgId, row.appId), ctx.now)
}

/** An app by id or name, as everywhere. */
export const loadAppId = async (ctx: Pick<OrgContext, 'db'>, idOrName: string): Promise<string> => {
  const app = await ctx.db.app.findFirst({ where: { ...(idOrName.includes('_') ? { id: idOrName } : { name: idOrName }), deletedAt: null }, select: { id: true } })
  if (!app) throw notFound('app')
  return app.id
}
