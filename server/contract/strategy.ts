import { z } from 'zod'
import { CanaryInput, CanarySettings } from './canary.ts'

const STRATEGY_TYPES = ['rolling', 'blue_green', 'canary', 'immediate'] as const

/** Instances, or a share of those wanted. */
const Amount = z.union([
  z.number().int('Use whole instances.').min(0, 'Use 0 or more.').max(20, 'At most 20.'),
  z.string().regex(/^(100|[1-9]?\d)%$/, 'Enter a number of instances or a share like 25%.'),
])
type Amount = z.infer<typeof Amount>
const Deadline = z.number().int().min(30, 'Use 30 seconds or more.').max(7200, 'At most two hours.').nullable()
  .describe('What is not live by then has failed; null: 10 minutes, and half a minute more for each instance, and what the steps of a canary may take')

/** How a release takes the place of the one before, all settled. */
export const Strategy = z.object({
  type: z.enum(STRATEGY_TYPES).default('rolling')
    .describe('rolling: step by step; blue_green: all new ones first, then all requests at once, the old ones kept for a while; canary: a growing share of requests, watched; immediate: the old ones end first'),
  max_surge: Amount.default(1).describe('rolling: how many may run beyond the wanted number'),
  max_unavailable: Amount.default(0).describe('rolling: how many of the wanted number may be missing meanwhile'),
  min_healthy_seconds: z.number().int().min(0).max(600, 'At most ten minutes.').default(0).describe('How long an instance must be healthy without a break before it gets requests'),
  deadline_seconds: Deadline.default(null),
  rollback_window_minutes: z.number().int().min(0).max(1440, 'At most a day.').default(10).describe('blue_green: how long the old instances are kept, running and paid for, to go back at once'),
  canary: CanarySettings.prefault({}).describe('canary: its steps, and what ends it'),
})
export type Strategy = z.infer<typeof Strategy>

/** What is left out stays as it is. */
export const StrategyInput = z.strictObject({
  type: z.enum(STRATEGY_TYPES).optional(), max_surge: Amount.optional(), max_unavailable: Amount.optional(),
  min_healthy_seconds: Strategy.shape.min_healthy_seconds.unwrap().optional(), deadline_seconds: Deadline.optional(),
  rollback_window_minutes: Strategy.shape.rollback_window_minutes.unwrap().optional(), canary: CanaryInput.optional(),
})
export type StrategyInput = z.infer<typeof StrategyInput>

const countOf = (amount: Amount, replicas: number, round: (n: number) => number): number =>
  (typeof amount === 'number' ? amount : round((Number.parseInt(amount, 10) * replicas) / 100))

/** In instances. A share that comes to nothing on both sides would never end: then one runs beyond. */
export const budgetOf = (strategy: Pick<Strategy, 'type' | 'max_surge' | 'max_unavailable'>, replicas: number): { surge: number; unavailable: number } => {
  if (strategy.type === 'immediate') return { surge: 0, unavailable: replicas }
  if (strategy.type === 'blue_green' || strategy.type === 'canary') return { surge: replicas, unavailable: 0 }
  const surge = countOf(strategy.max_surge, replicas, Math.ceil)
  const unavailable = Math.min(replicas, countOf(strategy.max_unavailable, replicas, Math.floor))
  return { surge: surge + unavailable === 0 ? 1 : surge, unavailable }
}
