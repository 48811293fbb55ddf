import { z } from 'zod'
import { Install } from '../../contract/install.ts'
import { query } from '../../core/operation.ts'
import { toInstall, wireInstall, hostnameOf } from './wire.ts'

export const listInstalls = query({
  name: 'installs.list', summary: 'Installs of the organization, newest first', scope: 'org', permission: 'apps:read',
  input: z.strictObject({}), output: z.object({ data: z.array(Install) }),
  rest: { method: 'GET', path: '/installs', tag: 'Marketplace' },
  run: async (ctx) => {
    const rows = await ctx.db.catalogInstall.findMany({ where: { state: { not: 'undone' } }, orderBy: { createdAt: 'desc' }, take: 100 })
    const data = []
    for (const row of rows) data.push(toInstall(row, await hostnameOf(ctx.db, row)))
    return { data }
  },
})

export const getInstall = query({
  name: 'installs.get', summary: 'One install with its steps', scope: 'org', permission: 'apps:read',
  input: z.strictObject({ install_id: z.string().max(60) }), output: Install,
  rest: { method: 'GET', path: '/installs/{install_id}', tag: 'Marketplace' },
  run: (ctx, input) => wireInstall(ctx.db, input.install_id),
})
