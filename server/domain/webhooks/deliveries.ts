import { z } from 'zod'
import { pageOf } from '../../contract/page.ts'
import { Delivery, DELIVERY_STATUSES, DeliveryDetail, RedeliverRange } from '../../contract/webhook.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError, notFound, ruleViolated } from '../../core/error.ts'
import { wake } from '../../core/event.ts'
import { defineList } from '../../core/listing.ts'
import { command, query } from '../../core/operation.ts'
import { TEST_EVENT, WAKE_TOPIC } from './fan-out.ts'
import { loadEnabled, loadEndpoint } from './load-endpoint.ts'
import { payloadOf } from './payload.ts'
import { toAttempt, toDelivery } from './wire.ts'
import { WebhookId } from './write-webhooks.ts'

const MAX_ATTEMPTS_SHOWN = 100
const TESTS_PER_MINUTE = 10
const DeliveryId = z.strictObject({ ...WebhookId.shape, delivery_id: z.string().max(60) })

const list = defineList({
  name: 'webhook_deliveries',
  fields: {
    status: { kind: 'enum', column: 'state', values: DELIVERY_STATUSES, filter: true },
    event_type: { kind: 'text', column: 'eventType', filter: true },
    event_id: { kind: 'text', column: 'eventId', filter: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
  search: ['eventType', 'eventId'],
})

export const listDeliveries = query({
  name: 'webhooks.deliveries', summary: 'What was sent to a webhook, newest first; kept for 30 days', scope: 'org', permission: 'webhooks:read',
  input: z.strictObject({ ...WebhookId.shape, ...list.input }), output: pageOf(Delivery),
  rest: { method: 'GET', path: '/webhooks/{webhook_id}/deliveries', tag: 'Webhooks' },
  run: async (ctx, input) => {
    const { id: endpointId } = await loadEndpoint(ctx, input.webhook_id)
    const page = list.page(ctx, input)
    const rows = await ctx.db.webhookDelivery.findMany({ where: { AND: [{ endpointId }, page.where] }, orderBy: page.orderBy, take: page.take })
    return page.of(rows, toDelivery)
  },
})

const loadDelivery = async (ctx: Pick<OrgContext, 'db'>, input: z.output<typeof DeliveryId>) => {
  const { id: endpointId } = await loadEndpoint(ctx, input.webhook_id)
  const row = await ctx.db.webhookDelivery.findFirst({ where: { id: input.delivery_id, endpointId } })
  if (!row) throw notFound('delivery')
  return row
}

export const getDelivery = query({
  name: 'webhooks.delivery', summary: 'One delivery with each attempt, request and response', scope: 'org', permission: 'webhooks:read',
  input: DeliveryId, output: DeliveryDetail,
  rest: { method: 'GET', path: '/webhooks/{webhook_id}/deliveries/{delivery_id}', tag: 'Webhooks' },
  run: async (ctx, input) => {
    const row = await loadDelivery(ctx, input)
    const event = await ctx.db.event.findFirst({ where: { id: row.eventId } })
    const log = await ctx.db.webhookAttempt.findMany({ where: { deliveryId: row.id }, orderBy: { number: 'desc' }, take: MAX_ATTEMPTS_SHOWN })
    return { ...toDelivery(row), payload: event ? payloadOf(event) : '', log: log.map(toAttempt) }
  },
})

const AGAIN = { state: 'pending', tries: 0, claim: null, finishedAt: null } as const
const again = () => ({ ...AGAIN, nextAttemptAt: new Date() })
const webhook = (id: string) => ({ type: 'webhook', id })

export const redeliver = command({
  name: 'webhooks.redeliver', summary: 'Send a delivery again, with the same webhook-id', scope: 'org', permission: 'webhooks:write',
  input: DeliveryId, output: Delivery,
  rest: { method: 'POST', path: '/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver', status: 202, tag: 'Webhooks' },
  run: async (ctx, input) => {
    const { id, endpointId, state } = await loadDelivery(ctx, input)
    await loadEnabled(ctx, endpointId)
    const row = await ctx.db.webhookDelivery.update({ where: { id }, data: state === 'pending' ? { nextAttemptAt: new Date() } : again() })
    await wake(ctx.db, WAKE_TOPIC)
    await ctx.emit('webhook.redelivered', webhook(endpointId), { deliveries: 1 })
    return toDelivery(row)
  },
})

export const redeliverRange = command({
  name: 'webhooks.redeliver_range', summary: 'Send what was given up in a span of time again, or all of it', scope: 'org', permission: 'webhooks:write',
  input: z.strictObject({ ...WebhookId.shape, ...RedeliverRange.shape }), output: z.object({ queued: z.number().int() }),
  rest: { method: 'POST', path: '/webhooks/{webhook_id}/redeliver', status: 202, tag: 'Webhooks' },
  run: async (ctx, { webhook_id: id, since, until, status }) => {
    const [from, to] = [new Date(since), until === undefined ? new Date() : new Date(until)]
    if (to < from) throw ruleViolated('/until', 'before_since', 'The end lies before the beginning.')
    await loadEnabled(ctx, id)
    const { count } = await ctx.db.webhookDelivery.updateMany({
      where: { endpointId: id, createdAt: { gte: from, lte: to }, state: { in: status === 'all' ? ['failed', 'cancelled', 'delivered'] : ['failed', 'cancelled'] } },
      data: again(),
    })
    await wake(ctx.db, WAKE_TOPIC)
    await ctx.emit('webhook.redelivered', webhook(id), { deliveries: count, since, ...(until === undefined ? {} : { until }) })
    return { queued: count }
  },
})

export const testWebhook = command({
  name: 'webhooks.test', summary: 'Send a webhook.test event to this webhook alone', scope: 'org', permission: 'webhooks:write',
  input: WebhookId, output: Delivery,
  rest: { method: 'POST', path: '/webhooks/{webhook_id}/test', status: 202, tag: 'Webhooks' },
  run: async (ctx, { webhook_id: id }) => {
    await loadEnabled(ctx, id)
    const tests = { endpointId: id, eventType: TEST_EVENT }
    const lately = await ctx.db.webhookDelivery.count({ where: { ...tests, createdAt: { gt: new Date(Date.now() - 60_000) } } })
    if (lately >= TESTS_PER_MINUTE) throw new DomainError('rate_limited', `At most ${TESTS_PER_MINUTE} tests per minute. Wait a moment.`)
    await ctx.emit(TEST_EVENT, webhook(id), { message: 'This is a test.' })
    return toDelivery(await ctx.db.webhookDelivery.findFirstOrThrow({ where: tests, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] }))
  },
})
