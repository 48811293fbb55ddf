import { z } from 'zod'
import { App, AppDetail } from '../../contract/app.ts'
import { PageInput, pageOf } from '../../contract/page.ts'
import { afterCursor, NEWEST_FIRST, toPage } from '../../core/cursor.ts'
import { query } from '../../core/operation.ts'
import { loadApp, wireApp } from './load-app.ts'
import { APP_PARTS, toInstance } from './wire.ts'

export const listApps = query({
  name: 'apps.list', summary: 'Apps of the organization, newest first', scope: 'org', permission: 'apps:read',
  input: z.strictObject({ ...PageInput, filter: z.strictObject({ q: z.string().max(100).optional(), install_id: z.string().max(60).optional() }).optional() }),
  output: pageOf(App),
  rest: { method: 'GET', path: '/apps', tag: 'Apps' },
  run: async (ctx, input) => {
    const { q, install_id: installId } = input.filter ?? {}
    const rows = await ctx.db.app.findMany({
      where: { deletedAt: null, ...(q ? { name: { contains: q } } : {}), ...(installId ? { installId } : {}), ...afterCursor(input.cursor) },
      include: APP_PARTS, orderBy: NEWEST_FIRST, take: input.limit + 1,
    })
    return toPage(rows, input.limit, wireApp)
  },
})

export const getApp = query({
  name: 'apps.get', summary: 'One app with its instances', scope: 'org', permission: 'apps:read',
  input: z.strictObject({ app_id: z.string().max(60) }), output: AppDetail,
  rest: { method: 'GET', path: '/apps/{app_id}', tag: 'Apps' },
  run: async (ctx, input) => {
    const app = await loadApp(ctx, input.app_id)
    return { ...wireApp(app), instances: app.instances.map(toInstance) }
  },
})
