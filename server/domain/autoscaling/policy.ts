import { z } from 'zod'
import type { AppAutoscaling as Row } from '../../../prisma/generated/client.ts'
import { Autoscaling, AutoscalingPolicy, SCALING_STATES } from '../../contract/autoscaling.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError, notFound } from '../../core/error.ts'
import { etagOf } from '../../core/etag.ts'
import { newId } from '../../core/id.ts'
import { command, query } from '../../core/operation.ts'
import { loadApp, setReplicas } from '../apps/index.ts'
import { withinQuotas } from '../quotas/index.ts'
import { evaluateApps } from './evaluate.ts'
import { policyFaults } from './rules/check-policy.ts'
import type { Loads } from './rules/loads.ts'

type Loaded = Awaited<ReturnType<typeof loadApp>>
const AppId = z.string().max(60)
const versionOfRow = (row: Row | null): string => String(row?.version ?? 0)
const PATH = '/apps/{app_id}/autoscaling'

/** Of each instance. */
const figuresOf = (loads: Loads | null, replicas: number): Autoscaling['figures'] => {
  if (!loads) return null
  const each = (n: number | null): number | null => (n === null ? null : Math.round(n / Math.max(1, replicas) * 10) / 10)
  return { cpu_percent: each(loads.cpu), memory_percent: each(loads.memory), requests_per_second: each(loads.requests) }
}

const limitOf = (row: Row): Autoscaling['limited'] =>
  (row.limitedSince && row.limitedReason ? { since: toInstant(row.limitedSince), wanted: row.wanted ?? 0, reason: row.limitedReason } : null)

/** What the last look found; of an app that does not run it says nothing. */
const standing = (row: Row, app: Loaded): Partial<Autoscaling> => {
  const limited = limitOf(row)
  if (app.desired !== 'running') return {}
  return {
    figures: figuresOf(row.loads as Loads | null, app.replicas), wanted: row.wanted, at_least: row.least, limited,
    state: limited ? 'limited' : SCALING_STATES.find((one) => one === row.state) ?? null, reason: limited?.reason ?? row.reason,
    checked_at: toInstantOrNull(row.checkedAt),
  }
}

const lastOf = ({ scaledUpAt, scaledDownAt }: Row): Date | null =>
  [scaledUpAt, scaledDownAt].filter((at) => at !== null).sort((a, b) => b.getTime() - a.getTime())[0] ?? null

const view = async (ctx: Pick<OrgContext, 'db' | 'orgId'>, app: Loaded): Promise<Autoscaling> => {
  const row = await ctx.db.appAutoscaling.findUnique({ where: { appId: app.id } })
  const org = await ctx.db.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: { timezone: true } })
  return {
    app_id: app.id, enabled: row?.enabled ?? false, policy: row?.enabled ? AutoscalingPolicy.parse(row.policy) : null,
    time_zone: org.timezone, replicas: app.replicas,
    at_least: null, figures: null, wanted: null, state: null, reason: null, limited: null, checked_at: null, ...(row?.enabled ? standing(row, app) : {}),
    last_scaled_at: row?.enabled ? toInstantOrNull(lastOf(row)) : null, etag: versionOfRow(row),
  }
}

export const getAutoscaling = query({
  name: 'autoscaling.get', summary: 'How the number of instances of an app follows its load, and how that stands', scope: 'org', permission: 'apps:read',
  input: z.strictObject({ app_id: AppId }), output: Autoscaling,
  rest: { method: 'GET', path: PATH, tag: 'Apps' }, etag: etagOf,
  run: async (ctx, input) => view(ctx, await loadApp(ctx, input.app_id)),
})

/** At least as many as from now on at any time; who has no room for them hears it now, and not from a page later. */
const raise = async (ctx: OrgContext, app: Loaded, min: number): Promise<void> => {
  if (app.replicas >= min) return
  const reason = `At least ${min} shall run.`
  await setReplicas(ctx, app, min, { by: 'autoscaling', metric: 'bounds', wanted: min, reason })
  await ctx.db.scalingDecision.create({ data: { id: newId('scalingDecision'), orgId: ctx.orgId, appId: app.id, at: ctx.now, kind: 'up', fromReplicas: app.replicas, toReplicas: min, wanted: min, cause: 'bounds', reason } })
}

export const setAutoscaling = command({
  name: 'autoscaling.set', summary: 'Let the number of instances follow the load, the clock or both', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ app_id: AppId, ...AutoscalingPolicy.shape }), output: Autoscaling,
  rest: { method: 'PUT', path: PATH, tag: 'Apps' }, ifMatch: true, etag: etagOf,
  run: (ctx, { app_id: appId, ...policy }) => withinQuotas(ctx, async () => {
    const app = await loadApp(ctx, appId, { lock: true })
    const before = await ctx.db.appAutoscaling.findUnique({ where: { appId: app.id } })
    ctx.expectVersion(versionOfRow(before))
    const faults = policyFaults(policy, await ctx.db.volume.findFirst({ where: { appId: app.id }, select: { name: true } }))
    if (faults.length > 0) throw new DomainError('rule_violated', faults.map((fault) => fault.message).join(' '), { errors: faults })
    // What runs now counts as needed: nothing goes away before it was quiet for long enough under these rules.
    const fresh = {
      enabled: true, policy, updatedBy: ctx.userId, wishes: [{ ms: ctx.now.getTime(), wish: app.replicas }],
      state: null, reason: null, wanted: null, least: null,
      checkedAt: null, limitedSince: null, limitedReason: null, limitedTried: null,
    }
    await ctx.db.appAutoscaling.upsert({
      where: { appId: app.id }, update: { ...fresh, version: { increment: 1 } }, create: { appId: app.id, orgId: ctx.orgId, ...fresh },
    })
    await ctx.emit('app.autoscaling_changed', { type: 'app', id: app.id }, { min: policy.min, max: policy.max, ...policy.targets, windows: policy.schedule.length })
    await raise(ctx, app, policy.min)
    await ctx.enqueue(evaluateApps, {}, { key: 'autoscaling:now' })
    return view(ctx, await loadApp(ctx, app.id))
  }),
})

export const removeAutoscaling = command({
  name: 'autoscaling.remove', summary: 'Turn autoscaling off: the number stays as it is until it is set by hand', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ app_id: AppId }), output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path: PATH, status: 204, tag: 'Apps' },
  run: async (ctx, input) => {
    const app = await loadApp(ctx, input.app_id, { lock: true })
    const off = { enabled: false, version: { increment: 1 }, updatedBy: ctx.userId, limitedSince: null, limitedReason: null, limitedTried: null }
    const { count } = await ctx.db.appAutoscaling.updateMany({ where: { appId: app.id, enabled: true }, data: off })
    if (count === 0) throw notFound('autoscaling')
    await ctx.emit('app.autoscaling_removed', { type: 'app', id: app.id }, { replicas: app.replicas })
    return { ok: true as const }
  },
})
