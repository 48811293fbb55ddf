import { z } from 'zod'
import { Money } from './money.ts'
import { Instant } from './time.ts'

export const AGGREGATIONS = ['sum', 'count', 'max', 'last', 'unique'] as const
export type Aggregation = (typeof AGGREGATIONS)[number]

export const MAX_USAGE_BATCH = 100
const NAME = z.string().min(1).max(255)

/** A CloudEvent in JSON. Whose usage it is comes from the token; `id` and `source` are its identity there. */
export const UsageEventInput = z.strictObject({
  specversion: z.literal('1.0').optional(),
  id: NAME.describe('With `source` the identity of the event: sent again it counts once'),
  source: NAME.describe('Who measured, e.g. the name of your service'),
  type: z.string().min(1).max(100).describe('Key of the meter'),
  subject: NAME.optional().describe('Id of an app, or a name of your own to group by'),
  time: Instant.optional().describe('When it was used; when it arrives, unless given. At most 35 days ago and 5 minutes ahead'),
  data: z.record(z.string().max(255), z.unknown()).optional().describe('`value`: what was used, as a decimal string'),
  datacontenttype: z.string().max(255).optional(),
  dataschema: z.string().max(1000).optional(),
  traceparent: z.string().max(255).optional(),
  tracestate: z.string().max(1000).optional(),
})
export type UsageEventInput = z.infer<typeof UsageEventInput>

const EXAMPLE = { id: 'order-4711', source: 'shop', type: 'orders', subject: 'lagos', data: { value: '1' } }

/** What the route takes: one event, or up to 100 under `events`. */
export const UsageEventsInput = UsageEventInput.partial().extend({
  events: z.array(UsageEventInput).min(1).max(MAX_USAGE_BATCH).optional().describe('Instead of one event: several, judged one by one').meta({ examples: [[EXAMPLE]] }),
}).meta({ examples: [EXAMPLE] })

const RejectedEvent = z.object({
  index: z.number().int().describe('Position in the batch, from 0'), code: z.string(),
  pointer: z.string().describe('RFC 6901 pointer into the event'), message: z.string(),
})
export type RejectedEvent = z.infer<typeof RejectedEvent>

export const UsageEventReply = z.object({ id: z.string(), source: z.string(), status: z.enum(['accepted', 'duplicate']) })
export const UsageBatchReply = z.object({ accepted: z.number().int(), duplicates: z.number().int(), rejected: z.array(RejectedEvent) })

export const USAGE_GRANULARITIES = ['minute', 'hour', 'day', 'month'] as const
export const USAGE_GROUPS = ['app', 'meter', 'subject'] as const

const Used = { meter: z.string(), quantity: z.string(), amount: Money }
const AppId = z.string().nullable().describe('Null for usage of no app')

export const UsageReport = z.object({
  from: Instant, to: Instant, as_of: Instant, currency: z.string(), granularity: z.enum(USAGE_GRANULARITIES), group_by: z.enum(USAGE_GROUPS),
  meters: z.array(z.object({ key: z.string(), name: z.string(), unit: z.string(), unit_quantity: z.string().describe('So much of the quantities is one unit'), measured_in: z.string().describe('What quantities are counted in'), aggregation: z.enum(AGGREGATIONS) })),
  rows: z.array(z.object({ app_id: AppId, ...Used, app_name: z.string(), unit: z.string(), billed_quantity: z.string() })).describe('By app and meter over the whole range'),
  days: z.array(z.object({ date: z.string(), app_id: AppId, ...Used })).describe('By day, app and meter; with granularity day'),
  daily: z.array(z.object({ date: z.string(), amount: z.number().int() })).describe('Cost by day; not with granularity month'),
  groups: z.array(z.object({ key: z.string(), name: z.string(), amount: Money })).describe('What `points` are grouped by, dearest first'),
  points: z.array(z.object({
    at: z.string().describe('Instant of a minute or hour, day or month in the organization\'s time zone'), group: z.string(), meter: z.string(),
    quantity: z.string(), amount: z.number().int(),
  })),
  total: Money,
})
export type UsageReport = z.infer<typeof UsageReport>
