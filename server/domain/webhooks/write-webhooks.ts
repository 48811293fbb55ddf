import { z } from 'zod'
import { CreateWebhook, MAX_WEBHOOKS, UpdateWebhook, Webhook, WebhookWithSecret } from '../../contract/webhook.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { command } from '../../core/operation.ts'
import { lockOrganization } from '../quotas/index.ts'
import { checkedUrl, loadEndpoint } from './load-endpoint.ts'
import { newSecret, openFor, sealFor } from './signature.ts'
import { toWebhook, webhookVersion } from './wire.ts'

export const WebhookId = z.strictObject({ webhook_id: z.string().max(60) })
const subject = (id: string) => ({ type: 'webhook', id })

const sealedHeaders = (place: { orgId: string; id: string }, headers: Record<string, string>) => {
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const headerNames = Object.keys(own)
  return { headerNames, headers: headerNames.length > 0 ? sealFor(place, JSON.stringify(own)) : null }
}

const refuseTooMany = async (ctx: OrgContext): Promise<void> => {
  await lockOrganization(ctx.db, ctx.orgId)
  const count = await ctx.db.webhookEndpoint.count()
  if (count >= MAX_WEBHOOKS) throw new DomainError('quota_exceeded', `An organization may have ${MAX_WEBHOOKS} webhooks. Delete one you no longer need.`)
}

export const createWebhook = command({
  name: 'webhooks.create', summary: 'Have events sent to an address; the answer shows the signing secret this once', scope: 'org', permission: 'webhooks:write',
  input: CreateWebhook, output: WebhookWithSecret, answersSecret: true,
  rest: { method: 'POST', path: '/webhooks', status: 201, tag: 'Webhooks' },
  run: async (ctx, input) => {
    const url = checkedUrl(input.url)
    await refuseTooMany(ctx)
    const place = { orgId: ctx.orgId, id: newId('webhook') }
    const secret = input.secret ?? newSecret()
    const row = await ctx.db.webhookEndpoint.create({
      data: {
        ...place, url, description: input.description, events: input.events, enabled: input.enabled, disabledReason: input.enabled ? null : 'user',
        apiVersion: input.api_version, secret: sealFor(place, secret), ...sealedHeaders(place, input.headers), createdBy: ctx.userId,
      },
    })
    await ctx.emit('webhook.created', subject(row.id), { url: row.url })
    return { ...toWebhook(row), secret }
  },
})

/** Enabling forgets its troubles; disabling gives up what waits. */
const switched = (enabled: boolean) =>
  (enabled ? { enabled, disabledReason: null, failingSince: null, warnedAt: null, pausedUntil: null } : { enabled, disabledReason: 'user' })

export const updateWebhook = command({
  name: 'webhooks.update', summary: 'Change a webhook, disable it or enable it again', scope: 'org', permission: 'webhooks:write',
  input: z.strictObject({ ...WebhookId.shape, ...UpdateWebhook.shape }), output: Webhook, ifMatch: true, etag: webhookVersion,
  rest: { method: 'PATCH', path: '/webhooks/{webhook_id}', tag: 'Webhooks' },
  run: async (ctx, { webhook_id: id, url, headers, enabled, ...plain }) => {
    const present = await loadEndpoint(ctx, id, { lock: true })
    ctx.expectVersion(webhookVersion(present))
    const changes = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
    const row = await ctx.db.webhookEndpoint.update({
      where: { id }, data: {
        ...changes, ...(url === undefined ? {} : { url: checkedUrl(url) }), ...(headers === undefined ? {} : sealedHeaders({ orgId: ctx.orgId, id }, headers)),
        ...(enabled === undefined || enabled === present.enabled ? {} : switched(enabled)), version: { increment: 1 },
      },
    })
    if (enabled === false) await ctx.db.webhookDelivery.updateMany({ where: { endpointId: id, state: 'pending' }, data: { state: 'cancelled', finishedAt: new Date() } })
    await ctx.emit('webhook.updated', subject(id), { enabled: row.enabled })
    return toWebhook(row)
  },
})

export const deleteWebhook = command({
  name: 'webhooks.delete', summary: 'Delete a webhook and its delivery log', scope: 'org', permission: 'webhooks:write',
  input: WebhookId, output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path: '/webhooks/{webhook_id}', status: 204, tag: 'Webhooks' },
  run: async (ctx, { webhook_id: id }) => {
    const { url } = await loadEndpoint(ctx, id, { lock: true })
    await ctx.db.webhookEndpoint.delete({ where: { id } })
    await ctx.emit('webhook.deleted', subject(id), { url })
    return { ok: true as const }
  },
})

export const rotateWebhookSecret = command({
  name: 'webhooks.rotate_secret', summary: 'Make a new signing secret; for some hours messages are signed with the old one too', scope: 'org',
  permission: 'webhooks:write', answersSecret: true,
  input: z.strictObject({ ...WebhookId.shape, overlap_hours: z.number().int().min(0).max(72).default(24) }), output: WebhookWithSecret,
  rest: { method: 'POST', path: '/webhooks/{webhook_id}/rotate-secret', tag: 'Webhooks' },
  run: async (ctx, { webhook_id: id, overlap_hours: hours }) => {
    const present = await loadEndpoint(ctx, id, { lock: true })
    const place = { orgId: ctx.orgId, id }
    const secret = newSecret()
    const row = await ctx.db.webhookEndpoint.update({
      where: { id }, data: {
        secret: sealFor(place, secret), previousSecret: hours > 0 ? sealFor(place, openFor(place, present.secret)) : null,
        previousUntil: hours > 0 ? new Date(Date.now() + hours * 3_600_000) : null, version: { increment: 1 },
      },
    })
    await ctx.emit('webhook.secret_rotated', subject(id), { overlap_hours: hours })
    return { ...toWebhook(row), secret }
  },
})
