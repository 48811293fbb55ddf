import { z } from 'zod'
import { Instant } from '../../contract/time.ts'
import { Resolution } from '../../contract/metrics.ts'
import { Moment } from '../logs/index.ts'

export const UNITS = ['percent', 'mib', 'bytes_per_second', 'requests_per_minute', 'milliseconds', 'instances'] as const

const Statistics = z.object({ min: z.number(), max: z.number(), avg: z.number(), p99: z.number() })
export const Series = z.object({
  name: z.string(), unit: z.enum(UNITS), data_points: z.array(z.object({ timestamp: Instant, value: z.number() })),
  statistics: Statistics.nullable().describe('Over the points; of latency over all requests of the range together'),
})
export type Series = z.infer<typeof Series>

/** Of the whole range; quantiles are read from the sum of all its histograms. */
export const Requests = z.object({
  total: z.number().int(), by_status: z.object({ '1xx': z.number().int(), '2xx': z.number().int(), '3xx': z.number().int(), '4xx': z.number().int(), '5xx': z.number().int() }),
  bytes_out: z.number().int(), p50_ms: z.number().nullable(), p90_ms: z.number().nullable(), p99_ms: z.number().nullable(), avg_ms: z.number().nullable(),
})
export type Requests = z.infer<typeof Requests>

export const RANGE = {
  resolution: Resolution.optional().describe('Length of a step; the finest that fits when left out'),
  from: Moment.default('1h'), to: Moment.optional(),
}
export const Measures = z.object({
  metric: z.string(), resolution: Resolution, from: Instant, to: Instant, series: z.array(Series),
  requests: Requests.nullable().describe('With the metrics requests and latency'),
})

export const DeployMark = z.object({
  deployment_id: z.string(), at: Instant, finished_at: Instant.nullable(), state: z.string(), reason: z.string(), release: z.number().int(), image: z.string(),
})
