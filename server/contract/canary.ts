import { z } from 'zod'
import { Instant } from './time.ts'

/** The edge divides requests in so many places, so a share is a multiple of what one of them is. */
export const SHARE_PLACES = 20
const SHARE_STEP = 100 / SHARE_PLACES

const Share = z.number().int('Use a whole share.').min(SHARE_STEP, `A step is ${SHARE_STEP} % or more.`).max(100 - SHARE_STEP, `The last step, 100 %, comes by itself: use ${100 - SHARE_STEP} or less.`)
  .multipleOf(SHARE_STEP, `Use shares in steps of ${SHARE_STEP} %.`)
const Shares = z.array(Share).min(1, 'Name one step at least.').max(8, 'At most eight steps before all requests.')
  .refine((steps) => steps.every((share, at) => at === 0 || share > (steps[at - 1] ?? 0)), 'Each step must be larger than the one before.')

/** How much a canary gets, for how long, and what ends it; all settled. */
export const CanarySettings = z.object({
  steps: Shares.default([5, 25, 50]).describe('Percent of requests the new release gets, one step after the other; all of them follow by themselves'),
  step_seconds: z.number().int().min(10, 'Use ten seconds or more.').max(3600, 'At most an hour.').default(60).describe('How long each step lasts at least'),
  min_requests: z.number().int().min(1, 'Use 1 or more.').max(100_000, 'At most 100,000.').default(50)
    .describe('Requests the new release must have answered in a step; with fewer a step lasts up to three times as long'),
  max_error_rate: z.number().min(0, 'Use 0 or more.').max(100, 'At most 100.').default(1).describe('How many percent more of its requests than of the old release\'s may end in 5xx'),
  max_latency_ratio: z.number().min(1, 'Use 1 or more.').max(100, 'At most 100.').default(2)
    .describe('How many times the old release\'s 95th percentile of latency its own may be; less than 25 ms more never counts, nor do fewer than five slow requests'),
})
export type CanarySettings = z.infer<typeof CanarySettings>

const { shape } = CanarySettings
/** What is left out stays as it is. */
export const CanaryInput = z.strictObject({
  steps: Shares.optional(), step_seconds: shape.step_seconds.unwrap().optional(), min_requests: shape.min_requests.unwrap().optional(),
  max_error_rate: shape.max_error_rate.unwrap().optional(), max_latency_ratio: shape.max_latency_ratio.unwrap().optional(),
})

/** What one release answered since a step began; `p95_ms` is null of nothing. */
export const CanaryFigures = z.object({ requests: z.number().int(), errors: z.number().int().describe('Answered with 5xx'), p95_ms: z.number().nullable() })
export type CanaryFigures = z.infer<typeof CanaryFigures>

export const CanaryStep = z.object({
  share: z.number().int().describe('Percent of requests'),
  state: z.enum(['waiting', 'starting', 'watching', 'done', 'aborted', 'cancelled']).describe('starting: its instances are made ready; watching: requests are divided and compared'),
  started_at: Instant.nullable().describe('Since the requests are divided so'), finished_at: Instant.nullable(),
  note: z.string().nullable().describe('What is waited for, or why it went on or ended'),
  old: CanaryFigures.nullable(), new: CanaryFigures.nullable(),
})
export type CanaryStep = z.infer<typeof CanaryStep>

/** Longest time a step can last: with too few requests it is given up waiting for more. */
export const STEP_PATIENCE = 3
export const canarySeconds = ({ steps, step_seconds: seconds }: Pick<CanarySettings, 'steps' | 'step_seconds'>): number => steps.length * seconds * STEP_PATIENCE
