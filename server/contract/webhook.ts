import { z } from 'zod'
import { isEventFilter } from './event-types.ts'
import { OUTGOING_FAULTS } from './outgoing.ts'
import { Instant } from './time.ts'

export const MAX_WEBHOOKS = 20

/** When a delivery is tried again after a failed attempt, in seconds: ten attempts over 75 hours. */
export const RETRY_DELAYS_S = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed', 'cancelled'] as const
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

/** What an attempt that did not succeed failed by: no answer, or one that is no success. */
export const ATTEMPT_ERRORS = ['redirect', 'refused_status', 'gone', ...Object.keys(OUTGOING_FAULTS)] as const

const EventFilter = z.string().max(80).refine(isEventFilter, { message: 'Use an event type, a group like app.*, or *.', params: { code: 'unknown_event' } })
const Events = z.array(EventFilter).min(1, 'Choose at least one event.').max(100)
  .transform((list) => (list.includes('*') ? ['*'] : [...new Set(list)])).describe('Event types, `group.*`, or `*` for all')

/** Names we set ourselves, and those that would change how the message is read. */
const RESERVED = /^(webhook-|x-shellwego-|content-|transfer-|proxy-|sec-)|^(host|connection|keep-alive|upgrade|expect|te|trailer|accept-encoding|user-agent|date)$/i
const HeaderName = z.string().max(100).regex(/^[A-Za-z0-9-]+$/, 'Use letters, digits and hyphens.').refine((name) => !RESERVED.test(name), 'This header is set by us.')
const HeaderValue = z.string().max(1_000).regex(/^[\x20-\x7e]*$/, 'Use printable ASCII characters.')
export const OwnHeaders = z.record(HeaderName, HeaderValue).refine((h) => Object.keys(h).length <= 10, 'At most 10 headers.')
  .describe('Sent with every delivery; values are never returned')

const decodedLength = (secret: string): number => Math.floor(secret.slice('whsec_'.length).replaceAll('=', '').length * 3 / 4)
const Secret = z.string().max(120).regex(/^whsec_(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, 'Use whsec_ and base64.')
  .refine((s) => decodedLength(s) >= 24 && decodedLength(s) <= 64, 'A secret holds 24 to 64 bytes.')

export const TargetUrl = z.string().trim().min(1, 'Enter an address like https://example.com/hook.').max(2_000)
const Description = z.string().trim().max(200)

export const CreateWebhook = z.strictObject({
  url: TargetUrl, description: Description.default(''), events: Events, enabled: z.boolean().default(true), api_version: z.literal('v1').default('v1'),
  headers: OwnHeaders.default({}), secret: Secret.optional().describe('Made by us unless given'),
})
export const UpdateWebhook = z.strictObject({
  url: TargetUrl.optional(), description: Description.optional(), events: Events.optional(), enabled: z.boolean().optional(),
  headers: OwnHeaders.optional().describe('Replaces all of them'),
})

export const WebhookActivity = z.object({ at: Instant, succeeded: z.number().int(), failed: z.number().int() })

export const Webhook = z.object({
  id: z.string(), url: z.string(), description: z.string(), events: z.array(z.string()), api_version: z.string(), enabled: z.boolean(),
  status: z.enum(['active', 'failing', 'disabled']),
  disabled_reason: z.enum(['user', 'gone', 'failing']).nullable().describe('`gone`: it answered 410; `failing`: nothing was delivered for five days'),
  failing_since: Instant.nullable(), paused_until: Instant.nullable().describe('It asked for this by Retry-After'),
  header_names: z.array(z.string()), previous_secret_until: Instant.nullable().describe('Until then messages carry a signature of the old secret too'),
  version: z.number().int(), created_at: Instant, updated_at: Instant,
})
export type Webhook = z.infer<typeof Webhook>
export const WebhookWithActivity = Webhook.extend({ activity: z.array(WebhookActivity).describe('Attempts of each of the last 24 hours') })
export type WebhookWithActivity = z.infer<typeof WebhookWithActivity>
export const WebhookWithSecret = Webhook.extend({ secret: z.string().describe('Shown this once') })

export const Delivery = z.object({
  id: z.string(), webhook_id: z.string(), event_id: z.string(), event_type: z.string(), status: z.enum(DELIVERY_STATUSES), attempts: z.number().int(),
  next_attempt_at: Instant.nullable(), last_status: z.number().int().nullable(), last_error: z.enum(ATTEMPT_ERRORS as readonly string[]).nullable(),
  created_at: Instant, finished_at: Instant.nullable(),
})
export type Delivery = z.infer<typeof Delivery>

const HeaderMap = z.record(z.string(), z.string())
export const DeliveryAttempt = z.object({
  number: z.number().int(), at: Instant, duration_ms: z.number().int(), error: z.enum(ATTEMPT_ERRORS as readonly string[]).nullable(),
  detail: z.string().nullable(),
  request: z.object({ headers: HeaderMap }),
  response: z.object({ status: z.number().int(), headers: HeaderMap, body: z.string().describe('The first 4 KiB') }).nullable(),
})
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>
export const DeliveryDetail = Delivery.extend({ payload: z.string().describe('What was and will be sent'), log: z.array(DeliveryAttempt) })
export type DeliveryDetail = z.infer<typeof DeliveryDetail>

export const RedeliverRange = z.strictObject({
  since: Instant, until: Instant.optional(), status: z.enum(['failed', 'all']).default('failed').describe('`failed`: those that were given up or cancelled'),
})
