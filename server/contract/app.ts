import { z } from 'zod'
import { Strategy, StrategyInput } from './strategy.ts'
import { Instant } from './time.ts'

export const APP_STATUSES = ['deploying', 'running', 'degraded', 'stopping', 'stopped', 'error'] as const
export type AppStatus = (typeof APP_STATUSES)[number]

/** State table: what may be asked of an app in each state. Server, console and tests ask this one. */
export const appCan = {
  start: (s: AppStatus): boolean => s === 'stopped' || s === 'error',
  stop: (s: AppStatus): boolean => s !== 'stopped' && s !== 'stopping',
  restart: (s: AppStatus): boolean => s === 'running' || s === 'degraded' || s === 'error',
  scale: (_: AppStatus): boolean => true,
  deploy: (_: AppStatus): boolean => true,
  delete: (_: AppStatus): boolean => true,
} as const

/** A DNS label: it becomes a host name. */
export const AppName = z.string().min(2, 'Use at least two characters.').max(40)
  .regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, 'Use lower-case letters, digits and hyphens, starting with a letter.')

export const ImageRef = z.string().trim().min(1, 'Enter an image like nginx:alpine.').max(500)
  .regex(/^[a-z0-9][a-z0-9._:/@-]*$/i, 'Enter an image like ghcr.io/owner/name:tag.')
  .regex(/^(?!.*:\/\/)/, 'Leave out https://.')

const NO_NUL = /^[^\u0000]*$/
export const EnvName = z.string().min(1).max(128).regex(/^[A-Za-z0-9_]*$/, 'Use letters, digits and underscores.')
  .regex(/^(?![0-9])/, 'Begin with a letter or an underscore.')
const EnvText = z.string().max(32_768, 'A value may hold at most 32,768 characters.').regex(NO_NUL, 'A value may not hold NUL characters.')
/** Plain text; `{value, secret}`, of which a secret becomes one of the app and never returns; or a secret by name. `null` removes the variable on PATCH. */
const EnvValue = z.union([EnvText, z.strictObject({ value: EnvText, secret: z.boolean().default(false) }), z.strictObject({ from_secret: EnvName })])
const MAX_ENV_BYTES = 65_536
const envFits = (env: Record<string, unknown>): boolean => JSON.stringify(env).length <= MAX_ENV_BYTES
export const EnvInput = z.record(EnvName, EnvValue).refine(envFits, `The environment may hold at most ${MAX_ENV_BYTES} bytes.`)
export const EnvPatch = z.record(EnvName, EnvValue.nullable()).refine(envFits, `The environment may hold at most ${MAX_ENV_BYTES} bytes.`)

export const Size = z.string().max(16).regex(/^\d{1,7}(\.\d{1,3})?\s*(m|mb|mib|g|gb|gib)$/i, 'Enter a size like 256m or 1g.')
export const Resources = z.strictObject({
  memory: Size.default('128m'),
  cpu: z.union([z.string().regex(/^\d{1,2}(\.\d{1,3})?$/, 'Enter a number of CPUs like 1.'), z.number().positive()]).transform(String).default('1'),
  disk: Size.default('1g'),
})

export const HealthCheckInput = z.strictObject({
  path: z.string().startsWith('/', 'Start the path with /.').max(512).nullable().default(null),
  interval: z.string().regex(/^[1-9]\d{0,2}s$/, 'Enter seconds like 5s, 1 or more.').default('2s'),
  timeout: z.string().regex(/^[1-9]\d?s$/, 'Enter seconds like 2s, 1 to 99.').default('2s'),
  retries: z.number().int().min(1).max(10).default(3),
  grace: z.string().regex(/^\d{1,4}s$/, 'Enter seconds like 60s.').default('60s'),
  successes: z.number().int().min(1).max(10).default(1).describe('How many checks in a row must succeed before an instance is healthy'),
})

const Port = z.number().int().min(1, 'Ports are 1 to 65535.').max(65_535, 'Ports are 1 to 65535.')
const Command = z.array(z.string().max(4096).regex(NO_NUL)).max(64)
export const MAX_REPLICAS = 20
export const MAX_SLEEP_MINUTES = 1440
const SleepAfterMinutes = z.number().int('Use whole minutes.').min(1, 'Use 1 minute or more.').max(MAX_SLEEP_MINUTES, 'At most a day: 1440 minutes.').nullable()
  .describe('Without requests for this long its instances sleep, and the next request wakes them; null: never')
const Replicas = z.number().int().min(0, 'Use 0 or more.').max(MAX_REPLICAS, `At most ${MAX_REPLICAS} instances per app.`)

export const CreateApp = z.strictObject({
  name: AppName,
  image: ImageRef,
  command: Command.default([]),
  env: EnvInput.default({}),
  port: Port.nullable().default(8080),
  resources: Resources.prefault({}),
  replicas: Replicas.min(1, 'Use 1 or more; stop the app to run none.').default(1),
  public: z.boolean().default(true),
  health_check: HealthCheckInput.prefault({}),
  strategy: StrategyInput.prefault({}).describe('How a new release takes the place of the one before'),
  sleep_after_minutes: SleepAfterMinutes.default(null),
})
export type CreateApp = z.output<typeof CreateApp>

export const UpdateApp = z.strictObject({
  image: ImageRef.optional(), command: Command.optional(), env: EnvPatch.optional(), port: Port.nullable().optional(),
  resources: z.strictObject({ memory: Size.optional(), cpu: Resources.shape.cpu.unwrap().optional(), disk: Size.optional() }).optional(),
  replicas: Replicas.min(1).optional(), public: z.boolean().optional(), health_check: HealthCheckInput.optional(),
  strategy: StrategyInput.optional(), sleep_after_minutes: SleepAfterMinutes.optional(),
})

export const Instance = z.object({
  id: z.string(), release: z.number().int(), node_id: z.string(), address: z.string(), phase: z.string(), health: z.string().nullable(),
  routed: z.boolean(), code: z.string().nullable(), reason: z.string().nullable(), restarts: z.number().int(),
    started_at: Instant.nullable(), created_at: Instant,
})
export type Instance = z.infer<typeof Instance>

export const App = z.object({
  id: z.string(), organization_id: z.string(), name: z.string(), status: z.enum(APP_STATUSES), image: z.string(), image_digest: z.string().nullable(),
  command: z.array(z.string()), env: z.record(z.string(), z.object({ value: z.string().nullable(), secret: z.boolean(), from_secret: z.string().optional().describe('The secret it takes its value from') })), port: z.number().int().nullable(),
  resources: z.object({ memory: z.string(), cpu: z.string(), disk: z.string() }), public: z.boolean(),
  replicas: z.object({ desired: z.number().int(), current: z.number().int(), healthy: z.number().int() }),
  autoscaling: z.object({ min: z.number().int(), max: z.number().int() }).nullable().describe('Between these the number follows the load; null: it is set by hand'),
  health_check: z.object({ path: z.string().nullable(), interval: z.string(), timeout: z.string(), retries: z.number().int(), grace: z.string(),
    successes: z.number().int() }),
  strategy: Strategy, sleep_after_minutes: z.number().int().nullable(),
  asleep_since: Instant.nullable().describe('When all of its instances sleep: since when'),
  standby: z.object({ release: z.number().int(), until: Instant }).nullable()
    .describe('A release whose instances run on without requests, to go back to at once'),
  url: z.string().nullable(), hostnames: z.array(z.string()), release: z.number().int().nullable().describe('That serves; of an app that never served, the newest'), deployment_id: z.string().nullable(),
  install_id: z.string().nullable(), version: z.number().int().describe('Rises with every change of the spec; the ETag begins with it'),
  created_at: Instant, updated_at: Instant,
})
export type App = z.infer<typeof App>
export const AppDetail = App.extend({ instances: z.array(Instance) })
