import { z } from 'zod'
import { Instant } from '../../contract/time.ts'
import type { TenantDb } from '../../core/db.ts'
import { ruleViolated } from '../../core/error.ts'
import { query } from '../../core/operation.ts'
import { requireApp } from './require-app.ts'
import { Moment, momentOf } from './time-input.ts'

const STEP_S = { '1m': 60, '5m': 300, '1h': 3_600, '1d': 86_400 } as const
const MAX_POINTS = 1_500

const Series = z.object({
  name: z.string(), unit: z.enum(['percent', 'mib', 'bytes_per_second']),
  data_points: z.array(z.object({ timestamp: Instant, value: z.number() })),
  statistics: z.object({ min: z.number(), max: z.number(), avg: z.number(), p99: z.number() }).nullable(),
})
type Series = z.infer<typeof Series>

interface BinRow { bin: Date; cpu: number; memory: number; rx: number; tx: number }

/** One row per step: CPU averaged over instances, memory and traffic added up. */
const readBins = (db: TenantDb, orgId: string, appId: string, window: { from: Date; to: Date; stepS: number }): Promise<BinRow[]> =>
  db.$queryRaw<BinRow[]>`
    SELECT bin, avg(cpu)::float8 AS cpu, sum(memory)::float8 AS memory, sum(rx)::float8 AS rx, sum(tx)::float8 AS tx FROM (
      SELECT date_bin(make_interval(secs => ${window.stepS}), at, 'epoch'::timestamptz) AS bin, instance_id, avg(cpu_percent) AS cpu,
        avg(memory_mib) AS memory, sum(rx_bytes) AS rx, sum(tx_bytes) AS tx
      FROM metric_sample WHERE org_id = ${orgId} AND app_id = ${appId} AND at >= ${window.from} AND at < ${window.to} GROUP BY 1, 2) per_instance
    GROUP BY bin ORDER BY bin`

const rounded = (value: number): number => Math.round(value * 100) / 100

const seriesOf = (name: string, unit: Series['unit'], rows: BinRow[], pick: (row: BinRow) => number): Series => {
  const points = rows.map((row) => ({ timestamp: row.bin.toISOString(), value: rounded(pick(row)) }))
  const sorted = points.map((p) => p.value).sort((a, b) => a - b)
  const [min, max, p99] = [sorted[0], sorted.at(-1), sorted[Math.ceil(sorted.length * 0.99) - 1]]
  const statistics = min === undefined || max === undefined || p99 === undefined ? null
    : { min, max, p99, avg: rounded(sorted.reduce((sum, v) => sum + v, 0) / sorted.length) }
  return { name, unit, data_points: points, statistics }
}

export const getAppMetrics = query({
  name: 'apps.metrics', summary: 'CPU, memory or network traffic of an app over time', scope: 'org', permission: 'apps:read',
  input: z.strictObject({
    app_id: z.string().max(64), metric: z.enum(['cpu', 'memory', 'network']), resolution: z.enum(['1m', '5m', '1h', '1d']).default('1m'),
    from: Moment.default('1h'), to: Moment.optional(),
  }),
  output: z.object({ metric: z.string(), resolution: z.string(), from: Instant, to: Instant, series: z.array(Series) }),
  rest: { method: 'GET', path: '/apps/{app_id}/metrics', tag: 'Logs and metrics' },
  run: async (ctx, input) => {
    await requireApp(ctx.db, input.app_id)
    const [from, to, stepS] = [momentOf(input.from, ctx.now), input.to ? momentOf(input.to, ctx.now) : ctx.now, STEP_S[input.resolution]]
    if (from >= to) throw ruleViolated('/from', 'not_before_to', 'from must be before to.')
    if (to.getTime() - from.getTime() > MAX_POINTS * stepS * 1000) {
      throw ruleViolated('/resolution', 'too_many_points', `Ask for at most ${MAX_POINTS} points: take a coarser resolution or a shorter time.`)
    }
    const rows = await readBins(ctx.db, ctx.orgId, input.app_id, { from, to, stepS })
    const series = {
      cpu: () => [seriesOf('cpu', 'percent', rows, (r) => r.cpu)],
      memory: () => [seriesOf('memory', 'mib', rows, (r) => r.memory)],
      network: () => [seriesOf('received', 'bytes_per_second', rows, (r) => r.rx / stepS), seriesOf('sent', 'bytes_per_second', rows, (r) => r.tx / stepS)],
    }[input.metric]()
    return { metric: input.metric, resolution: input.resolution, from: from.toISOString(), to: to.toISOString(), series }
  },
})
