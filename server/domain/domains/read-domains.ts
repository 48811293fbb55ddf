import { z } from 'zod'
import { Domain, DOMAIN_STATUSES } from '../../contract/domain.ts'
import { pageOf } from '../../contract/page.ts'
import { defineList } from '../../core/listing.ts'
import { query } from '../../core/operation.ts'
import { DOMAIN_PARTS, loadDomain } from './load-domain.ts'
import { domainVersion, toDomain } from './wire.ts'

const OF_STATUS: Record<(typeof DOMAIN_STATUSES)[number], object> = {
  pending: { verifiedAt: null, lostAt: null }, lost: { verifiedAt: null, lostAt: { not: null } },
  active: { verifiedAt: { not: null }, missingSince: null }, failing: { verifiedAt: { not: null }, missingSince: { not: null } },
}

const list = defineList({
  name: 'domains',
  fields: {
    status: { kind: 'enum', values: DOMAIN_STATUSES, filter: true, where: (wanted) => ({ OR: DOMAIN_STATUSES.filter((s) => wanted.includes(s)).map((s) => OF_STATUS[s]) }) },
    app_id: { kind: 'text', column: 'appId', filter: true },
    hostname: { kind: 'text', column: 'hostname', filter: true, sort: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
  search: ['hostname'],
})

export const listDomains = query({
  name: 'domains.list', summary: 'Domains of the organization, newest first', scope: 'org', permission: 'apps:read',
  input: z.strictObject(list.input), output: pageOf(Domain),
  rest: { method: 'GET', path: '/domains', tag: 'Domains' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const rows = await ctx.db.domain.findMany({ where: page.where, orderBy: page.orderBy, take: page.take, include: DOMAIN_PARTS })
    return page.of(rows, toDomain)
  },
})

export const ByDomain = z.strictObject({ domain_id: z.string().max(60) })

export const getDomain = query({
  name: 'domains.get', summary: 'One domain: the record that proves it, what the resolver said, where it leads', scope: 'org', permission: 'apps:read',
  input: ByDomain, output: Domain, etag: domainVersion,
  rest: { method: 'GET', path: '/domains/{domain_id}', tag: 'Domains' },
  run: async (ctx, input) => toDomain(await loadDomain(ctx, input.domain_id)),
})
