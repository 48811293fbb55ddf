import { z } from 'zod'
import { LOG_LEVELS } from './log.ts'
import { Instant } from './time.ts'
import { ATTEMPT_ERRORS, OwnHeaders, TargetUrl } from './webhook.ts'

export const MAX_DRAINS = 10
export const DRAIN_KINDS = ['loki', 'http'] as const
export type DrainKind = (typeof DRAIN_KINDS)[number]

const Name = z.string().trim().min(1, 'Enter a name.').max(80)
const Level = z.enum(LOG_LEVELS).describe('Lines of this level and those above it')

export const CreateDrain = z.strictObject({
  name: Name, kind: z.enum(DRAIN_KINDS).describe('`loki`: its push API; `http`: one JSON object per line'), url: TargetUrl, level: Level.default('debug'),
  app_id: z.string().max(64).optional().describe('Lines of this app; of every app of the organization unless given'), headers: OwnHeaders.default({}),
})
export const UpdateDrain = z.strictObject({
  name: Name.optional(), url: TargetUrl.optional(), level: Level.optional(), enabled: z.boolean().optional(), headers: OwnHeaders.optional().describe('Replaces all of them'),
})

export const Drain = z.object({
  id: z.string(), name: z.string(), kind: z.enum(DRAIN_KINDS), url: z.string(), app_id: z.string().nullable(), level: z.enum(LOG_LEVELS),
  header_names: z.array(z.string()),
  enabled: z.boolean(), status: z.enum(['active', 'failing', 'disabled']),
  disabled_reason: z.enum(['user', 'failing']).nullable().describe('`failing`: nothing was taken for three days'),
  failing_since: Instant.nullable(), last_sent_at: Instant.nullable(), last_status: z.number().int().nullable(), last_error: z.enum(ATTEMPT_ERRORS).nullable(),
  version: z.number().int(), created_at: Instant,
})
export type Drain = z.infer<typeof Drain>

export const DrainTest = z.object({
  ok: z.boolean(), status: z.number().int().nullable().describe('What the address answered'), error: z.enum(ATTEMPT_ERRORS).nullable(), detail: z.string().nullable(),
  duration_ms: z.number().int(),
})
