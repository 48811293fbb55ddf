import { z } from 'zod'
import { Domain, UpdateDomain, type DomainPath } from '../../contract/domain.ts'
import type { OrgContext } from '../../core/context.ts'
import { violatedUnique } from '../../core/db.ts'
import { ruleViolated } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { Prisma } from '../../../prisma/generated/client.ts'
import { syncHost } from '../routes/index.ts'
import { DOMAIN_PARTS, loadDomain, servingApp, type DomainRow } from './load-domain.ts'
import { ByDomain } from './read-domains.ts'
import { domainVersion, toDomain } from './wire.ts'

type Changes = z.infer<typeof UpdateDomain>

export const updateDomain = command({
  name: 'domains.update', summary: 'Lead a domain or its paths to other apps, redirect it, set headers; live within a second', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ ...ByDomain.shape, ...UpdateDomain.shape }), output: Domain, ifMatch: true, etag: domainVersion,
  rest: { method: 'PATCH', path: '/domains/{domain_id}', tag: 'Domains' },
  run: async (ctx, { domain_id: id, ...changes }) => {
    const present = await loadDomain(ctx, id, { lock: true })
    ctx.expectVersion(String(present.version))
    refuseLoop(present, changes)
    if (changes.app_id !== undefined) await moveTo(ctx, present, changes.app_id)
    if (changes.paths !== undefined) await replacePaths(ctx, id, changes.paths)
    await ctx.db.domain.update({ where: { id }, data: { ...columnsOf(changes), version: { increment: 1 } } })
    const row = await ctx.db.domain.findFirstOrThrow({ where: { id }, include: DOMAIN_PARTS })
    await ctx.emit('domain.updated', { type: 'domain', id }, { hostname: row.hostname, app_id: row.appId })
    if (row.verifiedAt) await ctx.enqueue(syncHost, { hostname: row.hostname })
    return toDomain(row)
  },
})

/** A visitor sent to where they are goes round in circles. */
const refuseLoop = ({ hostname }: DomainRow, { redirect }: Changes): void => {
  if (!redirect) return
  const to = new URL(redirect.to).hostname
  const covers = hostname === to || (hostname.startsWith('*.') && to.slice(to.indexOf('.')) === hostname.slice(1))
  if (covers) throw ruleViolated('/redirect/to', 'loop', 'It leads back to this domain.')
}

const moveTo = async (ctx: OrgContext, { id, hostname }: DomainRow, app: string): Promise<void> => {
  const appId = await servingApp(ctx, app, '/app_id')
  await ctx.db.domain.update({ where: { id }, data: { appId } })
  await ctx.db.hostname.updateMany({ where: { hostname, releasedAt: null }, data: { appId } })
}

const replacePaths = async (ctx: OrgContext, domainId: string, paths: readonly DomainPath[]): Promise<void> => {
  const twice = paths.findIndex(({ path }, at) => paths.findIndex((other) => other.path === path) !== at)
  if (twice >= 0) throw ruleViolated(`/paths/${twice}/path`, 'duplicate', 'This path is in the list already.')
  const rows = []
  for (const [at, { path, app_id: app, strip_prefix: stripPrefix }] of paths.entries()) {
    rows.push({ domainId, orgId: ctx.orgId, path, stripPrefix, appId: await servingApp(ctx, app, `/paths/${at}/app_id`) })
  }
  // Those that lead to apps hidden from the caller stay.
  await ctx.db.domainPath.deleteMany({ where: { domainId } })
  await ctx.db.domainPath.createMany({ data: rows }).catch((error: unknown) => {
    throw violatedUnique(error) ? ruleViolated('/paths', 'taken', 'One of these paths leads to an app you may not see. Ask an admin.') : error
  })
}

const columnsOf = ({ redirect, request_headers: request, response_headers: response }: Changes) => ({
  ...(redirect === undefined ? {} : { redirect: redirect ?? Prisma.DbNull }),
  ...(request === undefined ? {} : { requestHeaders: request }), ...(response === undefined ? {} : { responseHeaders: response }),
})
