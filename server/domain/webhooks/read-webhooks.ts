import { z } from 'zod'
import { pageOf } from '../../contract/page.ts'
import { Webhook, WebhookWithActivity } from '../../contract/webhook.ts'
import type { TenantDb } from '../../core/db.ts'
import { defineList } from '../../core/listing.ts'
import { query } from '../../core/operation.ts'
import { loadEndpoint } from './load-endpoint.ts'
import { toWebhook, webhookVersion } from './wire.ts'
import { WebhookId } from './write-webhooks.ts'

const HOURS = 24
const HOUR_MS = 3_600_000

const list = defineList({
  name: 'webhooks',
  fields: {
    enabled: { kind: 'bool', column: 'enabled', filter: true },
    url: { kind: 'text', column: 'url', filter: true, sort: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
  search: ['url', 'description'],
})

interface HourRow { endpoint_id: string; hour: Date; succeeded: number; failed: number }

/** Attempts of each of the last 24 hours, in real time; hours without one are zero. */
const activityOf = async (db: TenantDb, orgId: string, ids: string[]): Promise<(id: string) => WebhookWithActivity['activity']> => {
  const thisHour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
  const hours = Array.from({ length: HOURS }, (_, i) => thisHour - (HOURS - 1 - i) * HOUR_MS)
  const rows = await db.$queryRaw<HourRow[]>`
    SELECT endpoint_id, date_bin('1 hour', at, 'epoch') AS hour, count(*) FILTER (WHERE error IS NULL)::int AS succeeded, count(*) FILTER (WHERE error IS NOT NULL)::int AS failed
    FROM webhook_attempt WHERE org_id = ${orgId} AND endpoint_id = ANY(${ids}) AND at >= ${new Date(hours[0] ?? thisHour)} GROUP BY 1, 2`
  const found = new Map(rows.map((row) => [`${row.endpoint_id} ${row.hour.getTime()}`, row]))
  return (id) => hours.map((hour) => {
    const row = found.get(`${id} ${hour}`)
    return { at: new Date(hour).toISOString(), succeeded: row?.succeeded ?? 0, failed: row?.failed ?? 0 }
  })
}

export const listWebhooks = query({
  name: 'webhooks.list', summary: 'Webhooks of the organization with their last 24 hours', scope: 'org', permission: 'webhooks:read',
  input: z.strictObject(list.input), output: pageOf(WebhookWithActivity),
  rest: { method: 'GET', path: '/webhooks', tag: 'Webhooks' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const rows = await ctx.db.webhookEndpoint.findMany({ where: page.where, orderBy: page.orderBy, take: page.take })
    const activity = await activityOf(ctx.db, ctx.orgId, rows.map((row) => row.id))
    return page.of(rows, (row) => ({ ...toWebhook(row), activity: activity(row.id) }))
  },
})

export const getWebhook = query({
  name: 'webhooks.get', summary: 'One webhook', scope: 'org', permission: 'webhooks:read',
  input: WebhookId, output: Webhook, etag: webhookVersion,
  rest: { method: 'GET', path: '/webhooks/{webhook_id}', tag: 'Webhooks' },
  run: async (ctx, input) => toWebhook(await loadEndpoint(ctx, input.webhook_id)),
})
