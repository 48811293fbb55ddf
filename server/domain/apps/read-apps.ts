import { z } from 'zod'
import { App, APP_STATUSES, AppDetail, Instance, Size } from '../../contract/app.ts'
import { pageOf } from '../../contract/page.ts'
import { defineList } from '../../core/listing.ts'
import { query } from '../../core/operation.ts'
import { appVersion, loadApp, wireApp } from './load-app.ts'
import { toMib } from './sizes.ts'
import { appsInStatus } from './status.ts'
import { APP_PARTS, toInstance } from './wire.ts'

const list = defineList({
  name: 'apps',
  fields: {
    status: { kind: 'enum', values: APP_STATUSES, filter: true },
    name: { kind: 'text', column: 'name', filter: true, sort: true },
    image: { kind: 'text', column: 'image', filter: true, sort: true },
    install_id: { kind: 'text', column: 'installId', filter: true },
    node_id: { kind: 'text', filter: true, where: (ids) => ({ instances: { some: { nodeId: { in: ids }, endedAt: null } } }) },
    public: { kind: 'bool', column: 'public', filter: true },
    'resources.memory': { kind: 'text', filter: true, each: Size, where: (sizes) => ({ memoryMib: { in: sizes.map(toMib) } }) },
    replicas: { kind: 'int', column: 'replicas', range: true, sort: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
    updated_at: { kind: 'time', column: 'updatedAt', range: true, sort: true },
  },
  search: ['name', 'image'],
  include: ['instances'],
})

export const listApps = query({
  name: 'apps.list', summary: 'Apps of the organization, newest first', scope: 'org', permission: 'apps:read',
  input: z.strictObject(list.input), output: pageOf(App.extend({ instances: z.array(Instance).optional().describe('With include=instances') })),
  rest: { method: 'GET', path: '/apps', tag: 'Apps' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const { status } = page.filter
    const rows = await ctx.db.app.findMany({
      where: { AND: [{ deletedAt: null }, ...(status ? [{ id: { in: await appsInStatus(ctx.db, ctx.orgId, status) } }] : []), page.where] },
      include: APP_PARTS, orderBy: page.orderBy, take: page.take,
    })
    return page.of(rows, (app) => ({ ...wireApp(app), ...(page.includes('instances') ? { instances: app.instances.map(toInstance) } : {}) }))
  },
})

export const getApp = query({
  name: 'apps.get', summary: 'One app with its instances', scope: 'org', permission: 'apps:read',
  input: z.strictObject({ app_id: z.string().max(60) }), output: AppDetail,
  rest: { method: 'GET', path: '/apps/{app_id}', tag: 'Apps' }, etag: appVersion,
  run: async (ctx, input) => {
    const app = await loadApp(ctx, input.app_id)
    return { ...wireApp(app), instances: app.instances.map(toInstance) }
  },
})
