import type { OrgContext } from '../../core/context.ts'
import { notFound } from '../../core/error.ts'
import { originOf } from '../branding/index.ts'
import { APP_PARTS, toApp } from './wire.ts'

/** To load is to authorise: another organization's app is not found. Locks the row when it will be changed. */
export const loadApp = async (ctx: Pick<OrgContext, 'db'>, appId: string, options: { lock?: boolean } = {}) => {
  if (options.lock) await ctx.db.$executeRaw`SELECT 1 FROM app WHERE (id = ${appId} OR name = ${appId}) AND deleted_at IS NULL FOR UPDATE`
  const app = await ctx.db.app.findFirst({ where: { ...byIdOrName(appId), deletedAt: null }, include: APP_PARTS })
  if (!app) throw notFound('app')
  return app
}

export const wireApp = (app: Awaited<ReturnType<typeof loadApp>>) => toApp(app, originOf)

export const appVersion = (app: { version: number }): string => String(app.version)

/** Names are DNS labels, ids hold an underscore: they cannot be mistaken for each other. */
const byIdOrName = (text: string): { id: string } | { name: string } => (text.includes('_') ? { id: text } : { name: text })
