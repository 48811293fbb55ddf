import { z } from 'zod'
import { MAX_REPLICAS } from './app.ts'
import { Etag } from './etag.ts'
import { Instant } from './time.ts'

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export const SCALING_METRICS = ['cpu', 'memory', 'requests'] as const
export type ScalingMetric = (typeof SCALING_METRICS)[number]
export const MAX_WINDOWS = 20

const Count = z.number().int('Use whole instances.').min(1, 'Use 1 or more.').max(MAX_REPLICAS, `At most ${MAX_REPLICAS} instances per app.`)
const Share = z.number().int('Use whole percent.').min(10, 'Use 10 % or more.').max(95, 'Use 95 % or less: what is full cannot tell how much more it needs.')
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time like 08:00.').meta({ examples: ['08:00'] })
const Seconds = z.number().int('Use whole seconds.').min(0, 'Use 0 or more.').max(3600, 'At most an hour.')

export const ScheduleWindow = z.strictObject({
  days: z.array(z.enum(DAYS)).min(1, 'Choose at least one day.').max(7),
  from: Time, to: Time.describe('Not after `from`: it ends on the next day'),
  at_least: Count.describe('How many run in that time, whatever the metrics say'),
})
export type ScheduleWindow = z.infer<typeof ScheduleWindow>

/** What each instance should have to do; of several the one that asks for most decides. */
const ScalingTargets = z.strictObject({
  cpu_percent: Share.nullable().default(null).describe('Processor time of an instance, as a share of what it may use'),
  memory_percent: Share.nullable().default(null).describe('Memory of an instance, as a share of what it has'),
  requests_per_second: z.number().min(0.1, 'Use 0.1 or more.').max(100_000, 'At most 100,000.').nullable().default(null).describe('Requests of each instance at the edge'),
})

export const AutoscalingPolicy = z.strictObject({
  min: Count.default(1), max: Count,
  targets: ScalingTargets.prefault({}),
  schedule: z.array(ScheduleWindow).max(MAX_WINDOWS, `At most ${MAX_WINDOWS} windows.`).default([]).describe('In the time zone of the organization'),
  tolerance_percent: z.number().int().min(0).max(50, 'At most 50 %.').default(10).describe('So far from its target a metric changes nothing'),
  cool_down: z.strictObject({
    up_seconds: Seconds.default(60).describe('After an increase, before the next one'),
    down_seconds: Seconds.default(120).describe('After any change, before a decrease'),
  }).prefault({}),
  stabilization_seconds: Seconds.default(300).describe('A decrease goes no lower than what was needed at any time in so long'),
  max_step: z.strictObject({ up: Count.default(4), down: Count.default(2) }).prefault({}).describe('So many instances more or less at a time'),
})
export type AutoscalingPolicy = z.infer<typeof AutoscalingPolicy>

/** Why the number is as it is. */
export const SCALING_STATES = ['steady', 'scaling_up', 'scaling_down', 'cooling_down', 'stabilizing', 'no_figures', 'deploying', 'no_room', 'at_max', 'limited'] as const

export const Autoscaling = z.object({
  app_id: z.string(), enabled: z.boolean(), policy: AutoscalingPolicy.nullable(),
  time_zone: z.string().describe('In which the schedule is meant'),
  replicas: z.number().int().describe('How many shall run'), at_least: z.number().int().nullable().describe('Now, by `min` and the schedule'),
  figures: z.object({ cpu_percent: z.number().nullable(), memory_percent: z.number().nullable(), requests_per_second: z.number().nullable() }).nullable()
    .describe('Of each instance, as of the last look; null: not known'),
  wanted: z.number().int().nullable().describe('As many as the metrics and the schedule ask for'),
  state: z.enum(SCALING_STATES).nullable(), reason: z.string().nullable(),
  limited: z.object({ since: Instant, wanted: z.number().int(), reason: z.string() }).nullable().describe('A quota, a budget or the plan lets no more run'),
  checked_at: Instant.nullable(), last_scaled_at: Instant.nullable(), etag: Etag,
})
export type Autoscaling = z.infer<typeof Autoscaling>

export const DECISION_KINDS = ['up', 'down', 'limited'] as const
export const ScalingDecision = z.object({
  id: z.string(), at: Instant, kind: z.enum(DECISION_KINDS), from: z.number().int(), to: z.number().int(),
  wanted: z.number().int(), metric: z.enum([...SCALING_METRICS, 'schedule', 'bounds']), reason: z.string(),
})
export type ScalingDecision = z.infer<typeof ScalingDecision>
