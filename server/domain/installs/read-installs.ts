import { z } from 'zod'
import { Install, INSTALL_STATES } from '../../contract/install.ts'
import { pageOf } from '../../contract/page.ts'
import { defineList } from '../../core/listing.ts'
import { query } from '../../core/operation.ts'
import { hostnamesOf, toInstall, wireInstall } from './wire.ts'

const list = defineList({
  name: 'installs',
  fields: {
    state: { kind: 'enum', values: INSTALL_STATES, column: 'state', filter: true, sort: true },
    catalog_id: { kind: 'text', column: 'manifestId', filter: true, sort: true },
    name: { kind: 'text', column: 'name', filter: true, sort: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
    finished_at: { kind: 'time', column: 'finishedAt', range: true, sort: true, nullable: true },
  },
  search: ['name', 'manifestId'],
})

export const listInstalls = query({
  name: 'installs.list', summary: 'Installs of the organization, newest first; those undone only when asked for by filter[state]', scope: 'org', permission: 'apps:read',
  input: z.strictObject(list.input), output: pageOf(Install),
  rest: { method: 'GET', path: '/installs', tag: 'Marketplace' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const rows = await ctx.db.catalogInstall.findMany({
      where: { AND: [page.filter.state ? {} : { state: { not: 'undone' } }, page.where] }, orderBy: page.orderBy, take: page.take,
    })
    const hostnames = await hostnamesOf(ctx.db, rows)
    return page.of(rows, (row) => toInstall(row, hostnames.get(row.id) ?? null))
  },
})

export const getInstall = query({
  name: 'installs.get', summary: 'One install with its steps', scope: 'org', permission: 'apps:read',
  input: z.strictObject({ install_id: z.string().max(60) }), output: Install,
  rest: { method: 'GET', path: '/installs/{install_id}', tag: 'Marketplace' },
  run: (ctx, input) => wireInstall(ctx.db, input.install_id),
})
