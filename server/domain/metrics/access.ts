import { z } from 'zod'
import { Instant, toInstant, toInstantOrNull } from '../../contract/time.ts'
import { newToken, sameSecret, sha256 } from '../../core/crypto.ts'
import type { SystemDb } from '../../core/db.ts'
import { notFound } from '../../core/error.ts'
import { command, query } from '../../core/operation.ts'
import { runtime } from '../../core/runtime.ts'

const ONE = { id: 1 }
/** A scrape comes every few seconds; that it comes is told by the minute. */
const TOLD_MS = 60_000

const Access = z.object({
  enabled: z.boolean(), hint: z.string().nullable().describe('End of the token'), created_by: z.string().nullable(), created_at: Instant.nullable(),
  last_used_at: Instant.nullable(),
})

const viewAccess = async (db: SystemDb): Promise<z.infer<typeof Access>> => {
  const row = await db.metricsAccess.findUnique({ where: ONE })
  return {
    enabled: row !== null, hint: row?.hint ?? null, created_by: row?.createdBy ?? null, created_at: toInstantOrNull(row?.createdAt ?? null),
    last_used_at: toInstantOrNull(row?.lastUsedAt ?? null),
  }
}

export const getMetricsAccess = query({
  name: 'admin.get_metrics_access', summary: 'Whether /metrics answers, and when it was last read', scope: 'staff', input: z.strictObject({}), output: Access,
  rest: { method: 'GET', path: '/admin/metrics-access', tag: 'Operator' },
  run: (ctx) => viewAccess(ctx.db),
})

export const openMetrics = command({
  name: 'admin.open_metrics', summary: 'Make the token with which Prometheus may read /metrics; one made before ends', scope: 'staff', answersSecret: true,
  input: z.strictObject({}), output: z.object({ token: z.string(), path: z.literal('/metrics'), created_at: Instant }),
  rest: { method: 'POST', path: '/admin/metrics-access', status: 201, tag: 'Operator' },
  run: async (ctx) => {
    const token = newToken('metrics')
    const row = { tokenHash: sha256(token), hint: token.slice(-4), createdBy: ctx.user.userId, createdAt: new Date(), lastUsedAt: null }
    await ctx.db.metricsAccess.upsert({ where: ONE, create: { ...ONE, ...row }, update: row })
    await ctx.emit('metrics_access.opened', { type: 'user', id: ctx.user.userId })
    return { token, path: '/metrics' as const, created_at: toInstant(row.createdAt) }
  },
})

export const closeMetrics = command({
  name: 'admin.close_metrics', summary: 'End the token: /metrics is not there for anybody', scope: 'staff', input: z.strictObject({}), output: Access,
  rest: { method: 'DELETE', path: '/admin/metrics-access', status: 200, tag: 'Operator' },
  run: async (ctx) => {
    if ((await ctx.db.metricsAccess.deleteMany({ where: ONE })).count === 0) throw notFound('metrics_access')
    await ctx.emit('metrics_access.closed', { type: 'user', id: ctx.user.userId })
    return viewAccess(ctx.db)
  },
})

/** Null: nobody may, there is no such thing. */
export const mayRead = async (token: string | null): Promise<boolean | null> => {
  const { systemPool } = runtime().databases
  const { rows: [row] } = await systemPool.query<{ token_hash: string; last_used_at: Date | null }>({ name: 'metrics-access', text: 'SELECT token_hash, last_used_at FROM metrics_access' })
  if (!row) return null
  if (token === null || !sameSecret(sha256(token), row.token_hash)) return false
  if (Date.now() - (row.last_used_at?.getTime() ?? 0) > TOLD_MS) await systemPool.query('UPDATE metrics_access SET last_used_at = $1', [new Date()])
  return true
}
