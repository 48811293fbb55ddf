import { z } from 'zod'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import type { TenantDb } from '../../core/db.ts'
import { query } from '../../core/operation.ts'
import { requireApp } from '../logs/index.ts'
import { askedWindow, describeWindow } from './read-window.ts'
import { latencySeries, requestSeries, requestsOf, usageSeries } from './rules/series.ts'
import type { Window } from './rules/window.ts'
import { DeployMark, Measures, RANGE, type Requests, type Series } from './wire.ts'
import { toTrafficBin, toUsageBin } from './bins.ts'

const METRICS = ['cpu', 'memory', 'disk', 'network', 'requests', 'latency', 'instances'] as const
const MARKS = 100

interface Found { series: Series[]; requests: Requests | null }

const measured = async (db: TenantDb, appId: string, metric: (typeof METRICS)[number], window: Window, now: Date): Promise<Found> => {
  const where = { appId, stepS: window.stepMs / 1_000, at: { gte: window.from, lt: window.to } }
  if (metric !== 'requests' && metric !== 'latency') {
    const rows = await db.appUsage.findMany({ where, orderBy: { at: 'asc' } })
    return { series: usageSeries(metric, rows.map(toUsageBin), window, now), requests: null }
  }
  const bins = (await db.appTraffic.findMany({ where, orderBy: { at: 'asc' } })).map(toTrafficBin)
  return { series: (metric === 'requests' ? requestSeries : latencySeries)(bins, window, now), requests: requestsOf(bins) }
}

/** The newest of the range, oldest first. Deployments have real time, measures the time of the sandbox's clock, `aheadMs` later. */
const deployMarks = async (db: TenantDb, appId: string, { from, to }: Window, aheadMs: number): Promise<z.infer<typeof DeployMark>[]> => {
  const moved = (at: Date, ms: number): Date => new Date(at.getTime() + ms)
  const rows = await db.deployment.findMany({
    where: { appId, createdAt: { gte: moved(from, -aheadMs), lt: moved(to, -aheadMs) } }, orderBy: { createdAt: 'desc' }, take: MARKS,
    include: { release: { select: { number: true, image: true } } },
  })
  return rows.reverse().map((d) => ({
    deployment_id: d.id, at: toInstant(moved(d.createdAt, aheadMs)), finished_at: toInstantOrNull(d.finishedAt && moved(d.finishedAt, aheadMs)),
    state: d.state, reason: d.reason, release: d.release.number, image: d.release.image,
  }))
}

export const getAppMetrics = query({
  name: 'apps.metrics', summary: 'What an app used, and how its requests were answered, over time', scope: 'org', permission: 'apps:read',
  input: z.strictObject({ app_id: z.string().max(64), metric: z.enum(METRICS), ...RANGE }),
  output: Measures.extend({ deployments: z.array(DeployMark).describe('Begun in the range, oldest first, the newest 100') }),
  rest: { method: 'GET', path: '/apps/{app_id}/metrics', tag: 'Logs and metrics' },
  run: async (ctx, input) => {
    await requireApp(ctx.db, input.app_id)
    const window = askedWindow(input, ctx.now)
    const found = await measured(ctx.db, input.app_id, input.metric, window, ctx.now)
    const deployments = await deployMarks(ctx.db, input.app_id, window, ctx.now.getTime() - Date.now())
    return { metric: input.metric, ...describeWindow(window), ...found, deployments }
  },
})
