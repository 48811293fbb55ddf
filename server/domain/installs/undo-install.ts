import { z } from 'zod'
import { Install } from '../../contract/install.ts'
import { notFound } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { stepsOf, wireInstall } from './wire.ts'

export const undoInstall = command({
  name: 'installs.undo', summary: 'Delete every app of an install, dependants first', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ install_id: z.string().max(60) }), output: Install,
  rest: { method: 'DELETE', path: '/installs/{install_id}', status: 200, tag: 'Marketplace' },
  run: async (ctx, input) => {
    const row = await ctx.db.catalogInstall.findFirst({ where: { id: input.install_id } })
    if (!row) throw notFound('install')
    for (const { app_id: id, app_name: name } of stepsOf(row).toReversed()) {
      const { count } = await ctx.db.app.updateMany({ where: { id, deletedAt: null }, data: { desired: 'deleted', deletedAt: new Date() } })
      await ctx.db.deployment.updateMany({ where: { appId: id, state: { in: ['queued', 'running'] } }, data: { state: 'cancelled', finishedAt: new Date() } })
      if (count > 0) await ctx.emit('app.deleted', { type: 'app', id }, { name })
    }
    await ctx.db.catalogInstall.update({ where: { id: row.id }, data: { state: 'undone', finishedAt: new Date() } })
    await ctx.emit('install.undone', { type: 'install', id: row.id })
    return wireInstall(ctx.db, row.id)
  },
})
