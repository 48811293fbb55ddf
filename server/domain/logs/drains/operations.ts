import { z } from 'zod'
import { CreateDrain, Drain, MAX_DRAINS, UpdateDrain } from '../../../contract/log-drain.ts'
import { pageOf } from '../../../contract/page.ts'
import type { OrgContext } from '../../../core/context.ts'
import { DomainError, notFound, ruleViolated } from '../../../core/error.ts'
import { checkOutgoingUrl, OutgoingError } from '../../../core/guarded-fetch.ts'
import { newId } from '../../../core/id.ts'
import { defineList } from '../../../core/listing.ts'
import { command, query } from '../../../core/operation.ts'
import { lockOrganization } from '../../quotas/index.ts'
import { requireApp } from '../require-app.ts'
import { drainVersion, sealHeaders, toDrain } from './wire.ts'

export const DrainId = z.strictObject({ drain_id: z.string().max(60) })
const tag = 'Log drains'
const subject = (id: string) => ({ type: 'log_drain', id })

const list = defineList({
  name: 'log_drains',
  fields: {
    enabled: { kind: 'bool', column: 'enabled', filter: true }, app_id: { kind: 'text', column: 'appId', filter: true },
    name: { kind: 'text', column: 'name', sort: true }, created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
  search: ['name', 'url'],
})

export const listDrains = query({
  name: 'log_drains.list', summary: 'Where log lines of the organization are sent', scope: 'org', permission: 'webhooks:read',
  input: z.strictObject(list.input), output: pageOf(Drain), rest: { method: 'GET', path: '/log-drains', tag },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    return page.of(await ctx.db.logDrain.findMany({ where: page.where, orderBy: page.orderBy, take: page.take }), toDrain)
  },
})

/** To load is to authorise. Locks the row when it will be changed. */
export const loadDrain = async (ctx: Pick<OrgContext, 'db'>, id: string, options: { lock?: boolean } = {}) => {
  if (options.lock) await ctx.db.$executeRaw`SELECT 1 FROM log_drain WHERE id = ${id} FOR UPDATE`
  const row = await ctx.db.logDrain.findFirst({ where: { id } })
  if (!row) throw notFound('log drain')
  return row
}

export const getDrain = query({
  name: 'log_drains.get', summary: 'One log drain', scope: 'org', permission: 'webhooks:read',
  input: DrainId, output: Drain, etag: drainVersion, rest: { method: 'GET', path: '/log-drains/{drain_id}', tag },
  run: async (ctx, input) => toDrain(await loadDrain(ctx, input.drain_id)),
})

/** What could never be reached is refused now, the rest whenever it is connected to. */
const checkedUrl = (url: string): string => {
  try {
    const target = checkOutgoingUrl(url).url
    target.hash = ''
    return target.href
  } catch (error) {
    if (error instanceof OutgoingError) throw ruleViolated('/url', error.code, error.message)
    throw error
  }
}

/** Who may not read lines may not have them sent anywhere. */
const requireReading = (ctx: OrgContext, appId: string | null): void => {
  if (!ctx.may('apps:read', ...(appId === null ? [] : [appId]))) {
    throw new DomainError('forbidden', 'A drain takes log lines away: that needs the right to read the apps it is for.')
  }
}

/** It begins with what comes from now on. */
const beginNow = async (ctx: OrgContext, drainId: string, appId: string | null): Promise<void> => {
  const heads = await ctx.db.logHead.findMany({ where: appId === null ? {} : { appId } })
  await ctx.db.logDrainPosition.createMany({ data: heads.map((head) => ({ orgId: ctx.orgId, drainId, appId: head.appId, lastId: head.lastId })) })
}

export const createDrain = command({
  name: 'log_drains.create', summary: 'Send log lines from now on to Loki or an address that takes JSON lines', scope: 'org', permission: 'webhooks:write',
  input: CreateDrain, output: Drain, etag: drainVersion, rest: { method: 'POST', path: '/log-drains', status: 201, tag },
  run: async (ctx, { app_id: appId = null, headers, ...input }) => {
    requireReading(ctx, appId)
    if (appId !== null) await requireApp(ctx.db, appId)
    const url = checkedUrl(input.url)
    await lockOrganization(ctx.db, ctx.orgId)
    if (await ctx.acrossApps(() => ctx.db.logDrain.count()) >= MAX_DRAINS) {
      throw new DomainError('quota_exceeded', `An organization may have ${MAX_DRAINS} log drains. Delete one you no longer need.`)
    }
    const place = { orgId: ctx.orgId, id: newId('logDrain') }
    const row = await ctx.db.logDrain.create({ data: { ...place, ...input, url, appId, ...sealHeaders(place, headers), createdBy: ctx.userId } })
    await beginNow(ctx, row.id, appId)
    await ctx.emit('log_drain.created', subject(row.id), { url: row.url, ...(appId === null ? {} : { app_id: appId }) })
    return toDrain(row)
  },
})

/** Enabling forgets its troubles; it goes on where it stopped. */
const switched = (enabled: boolean) =>
  (enabled ? { enabled, disabledReason: null, failingSince: null, warnedAt: null, tries: 0, nextAttemptAt: new Date() } : { enabled, disabledReason: 'user' })

export const updateDrain = command({
  name: 'log_drains.update', summary: 'Change a log drain, disable it or enable it again', scope: 'org', permission: 'webhooks:write',
  input: z.strictObject({ ...DrainId.shape, ...UpdateDrain.shape }), output: Drain, ifMatch: true, etag: drainVersion,
  rest: { method: 'PATCH', path: '/log-drains/{drain_id}', tag },
  run: async (ctx, { drain_id: id, url, headers, enabled, ...plain }) => {
    const present = await loadDrain(ctx, id, { lock: true })
    requireReading(ctx, present.appId)
    ctx.expectVersion(drainVersion(present))
    const changes = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
    const row = await ctx.db.logDrain.update({
      where: { id }, data: {
        ...changes, ...(url === undefined ? {} : { url: checkedUrl(url), nextAttemptAt: new Date() }),
        ...(headers === undefined ? {} : sealHeaders({ orgId: ctx.orgId, id }, headers)),
        ...(enabled === undefined || enabled === present.enabled ? {} : switched(enabled)), version: { increment: 1 },
      },
    })
    await ctx.emit('log_drain.updated', subject(id), { enabled: row.enabled })
    return toDrain(row)
  },
})

export const deleteDrain = command({
  name: 'log_drains.delete', summary: 'Send nothing more and forget how far it came', scope: 'org', permission: 'webhooks:write',
  input: DrainId, output: z.object({ ok: z.literal(true) }), rest: { method: 'DELETE', path: '/log-drains/{drain_id}', status: 204, tag },
  run: async (ctx, { drain_id: id }) => {
    const { url } = await loadDrain(ctx, id, { lock: true })
    await ctx.db.logDrain.delete({ where: { id } })
    await ctx.emit('log_drain.deleted', subject(id), { url })
    return { ok: true as const }
  },
})
