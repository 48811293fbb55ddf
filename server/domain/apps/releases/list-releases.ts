import { z } from 'zod'
import { Release } from '../../../contract/deployment.ts'
import { pageOf } from '../../../contract/page.ts'
import { toInstant } from '../../../contract/time.ts'
import { defineList } from '../../../core/listing.ts'
import { query } from '../../../core/operation.ts'
import { loadApp } from '../load-app.ts'
import { parkedReleaseId } from '../wire.ts'

const list = defineList({
  name: 'releases',
  fields: {
    number: { kind: 'int', column: 'number', range: true, sort: true },
    image: { kind: 'text', column: 'image', filter: true },
    served_at: { kind: 'time', column: 'servedAt', range: true, sort: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
})

export const listReleases = query({
  name: 'releases.list', summary: 'Releases of an app that it can go back to, newest first', scope: 'org', permission: 'apps:read',
  input: z.strictObject({ app_id: z.string().max(60), ...list.input }), output: pageOf(Release),
  rest: { method: 'GET', path: '/apps/{app_id}/releases', tag: 'Deployments' },
  run: async (ctx, input) => {
    const app = await loadApp(ctx, input.app_id)
    const page = list.page(ctx, input)
    const rows = await ctx.db.release.findMany({
      where: { AND: [{ appId: app.id, servedAt: { not: null }, retiredAt: null }, page.where] }, orderBy: page.orderBy, take: page.take,
    })
    const parked = parkedReleaseId(app)
    return page.of(rows, (r) => ({
      id: r.id, app_id: r.appId, number: r.number, image: r.image, image_digest: r.digest,
      state: r.id === app.currentReleaseId ? 'serving' as const : r.id === parked ? 'standby' as const : 'kept' as const,
      served_at: toInstant(r.servedAt ?? r.createdAt), created_at: toInstant(r.createdAt),
    }))
  },
})
