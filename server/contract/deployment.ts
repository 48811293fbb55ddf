import { z } from 'zod'
import { Instant } from './time.ts'

export const STEP_KEYS = ['queued', 'pulling', 'creating', 'booting', 'health_check', 'routing', 'live'] as const
export type StepKey = (typeof STEP_KEYS)[number]
export const STEP_NAMES: Record<StepKey, string> = {
  queued: 'Queued', pulling: 'Pulling image', creating: 'Creating instance', booting: 'Booting', health_check: 'Health check', routing: 'Routing', live: 'Live',
}

export const Step = z.object({
  key: z.enum(STEP_KEYS), state: z.enum(['waiting', 'running', 'done', 'failed']), started_at: Instant.nullable(), finished_at: Instant.nullable(),
})
export type Step = z.infer<typeof Step>

export const DEPLOYMENT_STATES = ['queued', 'running', 'succeeded', 'failed', 'superseded', 'cancelled'] as const
export type DeploymentState = (typeof DEPLOYMENT_STATES)[number]

export const Deployment = z.object({
  id: z.string(), app_id: z.string(), release: z.number().int(), image: z.string(), image_digest: z.string().nullable(),
  reason: z.string(), state: z.enum(DEPLOYMENT_STATES), steps: z.array(Step), error_code: z.string().nullable(), error_detail: z.string().nullable(),
  created_at: Instant, finished_at: Instant.nullable(),
})
export type Deployment = z.infer<typeof Deployment>
