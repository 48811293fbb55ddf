import { z } from 'zod'
import { CanaryStep } from './canary.ts'
import { Strategy } from './strategy.ts'
import { Instant } from './time.ts'

export const STEP_KEYS = ['queued', 'pulling', 'creating', 'booting', 'health_check', 'routing', 'live'] as const
export type StepKey = (typeof STEP_KEYS)[number]
export const STEP_NAMES: Record<StepKey, string> = {
  queued: 'Queued', pulling: 'Pulling image', creating: 'Creating instance', booting: 'Booting', health_check: 'Health check', routing: 'Routing', live: 'Live',
}

export const Step = z.object({
  key: z.enum(STEP_KEYS), state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']), started_at: Instant.nullable(), finished_at: Instant.nullable(),
})
export type Step = z.infer<typeof Step>

export const DEPLOYMENT_STATES = ['queued', 'running', 'succeeded', 'failed', 'superseded', 'cancelled'] as const
export type DeploymentState = (typeof DEPLOYMENT_STATES)[number]

export const Deployment = z.object({
  id: z.string(), app_id: z.string(), release: z.number().int(), image: z.string(), image_digest: z.string().nullable(),
  reason: z.string(), state: z.enum(DEPLOYMENT_STATES), steps: z.array(Step), error_code: z.string().nullable(), error_detail: z.string().nullable(),
  strategy: Strategy, deadline_at: Instant,
  canary: z.array(CanaryStep).nullable().describe('Steps of a canary, the last of them all requests; null of any other'),
  serving: z.number().int().describe('Instances of its release that get requests now'), wanted: z.number().int().describe('Instances the app shall have now'),
  created_at: Instant, finished_at: Instant.nullable(),
})
export type Deployment = z.infer<typeof Deployment>

/** Releases that can be gone back to, the running one included. */
export const KEPT_RELEASES = 10

export const Release = z.object({
  id: z.string(), app_id: z.string(), number: z.number().int(), image: z.string(), image_digest: z.string().nullable(),
  state: z.enum(['serving', 'standby', 'kept']).describe('standby: its instances still run, so going back takes a second; kept: it is made again from its image and settings'),
  served_at: Instant.describe('When it last took over'), created_at: Instant,
})
export type Release = z.infer<typeof Release>

const Side = z.string().nullable()
/** What going back to a release would change against what runs. Values of variables are never told. */
export const ReleaseDiff = z.object({
  release: z.number().int(), running: z.number().int().nullable(),
  possible: z.boolean(), refused_because: z.string().nullable(), at_once: z.boolean().describe('Its instances still run'),
  settings: z.array(z.object({ field: z.enum(['image', 'image_digest', 'command', 'port', 'cpu', 'memory', 'disk', 'health_check', 'public', 'sleep']), before: Side, after: Side })),
  env: z.array(z.object({
    name: z.string(), kind: z.enum(['plain', 'secret']), change: z.enum(['added', 'removed', 'changed']),
    version_before: z.number().int().nullable(), version_after: z.number().int().nullable(),
  })),
})
export type ReleaseDiff = z.infer<typeof ReleaseDiff>
