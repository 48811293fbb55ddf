import { CreateDomain, Domain, MAX_DOMAINS } from '../../contract/domain.ts'
import type { OrgContext } from '../../core/context.ts'
import { violatedUnique } from '../../core/db.ts'
import { DomainError, ruleViolated } from '../../core/error.ts'
import { newId, randomText } from '../../core/id.ts'
import { command } from '../../core/operation.ts'
import { runtime } from '../../core/runtime.ts'
import { consoleHosts } from '../branding/index.ts'
import { lockOrganization } from '../quotas/index.ts'
import { conflictOf, refuseConflict } from './claim.ts'
import { DOMAIN_PARTS, servingApp } from './load-domain.ts'
import { readHostname, type Hostname } from './rules/hostname.ts'
import { domainVersion, toDomain } from './wire.ts'

export const addDomain = command({
  name: 'domains.create', summary: 'Claim a domain for an app; the answer holds the TXT record that proves it', scope: 'org', permission: 'apps:write',
  input: CreateDomain, output: Domain, etag: domainVersion,
  rest: { method: 'POST', path: '/domains', status: 201, tag: 'Domains' },
  before: async () => { await consoleHosts() },
  run: async (ctx, input) => {
    const name = await readName(input.hostname)
    const appId = await servingApp(ctx, input.app_id, '/app_id')
    const conflict = await conflictOf(ctx, name.ascii, name.skeleton)
    if (conflict) throw refuseConflict(conflict)
    await refuseTooMany(ctx)
    const data = { id: newId('domain'), orgId: ctx.orgId, appId, hostname: name.ascii, token: randomText(32), answer: [], pointsTo: [], certificateNames: [], createdBy: ctx.userId }
    const row = await ctx.db.domain.create({ data, include: DOMAIN_PARTS }).catch((error: unknown) => {
      throw violatedUnique(error) ? ruleViolated('/hostname', 'taken', 'This domain is in your list already.') : error
    })
    await ctx.emit('domain.added', { type: 'domain', id: row.id }, { hostname: row.hostname, app_id: appId })
    return toDomain(row)
  },
})

const readName = async (typed: string): Promise<Hostname> => {
  const { SHELLWEGO_APPS_DOMAIN: appsDomain, SHELLWEGO_MODE: mode } = runtime().env
  const read = readHostname(typed, { consoles: await consoleHosts(), appsDomain, sandbox: mode === 'sandbox' })
  if ('fault' in read) throw ruleViolated('/hostname', ...read.fault)
  return read
}

const refuseTooMany = async (ctx: OrgContext): Promise<void> => {
  await lockOrganization(ctx.db, ctx.orgId)
  const count = await ctx.acrossApps(() => ctx.db.domain.count())
  if (count >= MAX_DOMAINS) throw new DomainError('quota_exceeded', `An organization may have ${MAX_DOMAINS} domains. Remove one first.`)
}
