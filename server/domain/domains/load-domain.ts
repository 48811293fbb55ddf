import type { Domain as Row } from '../../../prisma/generated/client.ts'
import type { OrgContext } from '../../core/context.ts'
import { notFound, ruleViolated } from '../../core/error.ts'

export const DOMAIN_PARTS = {
  paths: { orderBy: { path: 'asc' } },
  app: { select: { name: true, hostnames: { where: { releasedAt: null }, orderBy: { createdAt: 'asc' }, select: { hostname: true } } } },
} as const

export interface DomainRow extends Row {
  paths: { path: string; appId: string; stripPrefix: boolean }[]
  app: { name: string; hostnames: { hostname: string }[] }
}

/** To load is to authorise: another organization's domain, or that of a hidden app, is not found. */
export const loadDomain = async (ctx: Pick<OrgContext, 'db'>, id: string, options: { lock?: boolean } = {}): Promise<DomainRow> => {
  if (options.lock) await ctx.db.$executeRaw`SELECT 1 FROM domain WHERE id = ${id} FOR UPDATE`
  const row = await ctx.db.domain.findFirst({ where: { id }, include: DOMAIN_PARTS })
  if (!row) throw notFound('domain')
  return row
}

/** An app that can be led to, by id or name. */
export const servingApp = async (ctx: Pick<OrgContext, 'db' | 'may'>, idOrName: string, pointer: string): Promise<string> => {
  const named = idOrName.includes('_') ? { id: idOrName } : { name: idOrName }
  const app = await ctx.db.app.findFirst({ where: { ...named, deletedAt: null }, select: { id: true, name: true, port: true, public: true } })
  if (!app || !ctx.may('apps:write', app.id)) throw pointer === '/app_id' ? notFound('app') : ruleViolated(pointer, 'not_found', 'There is no such app.')
  if (app.port === null || !app.public) {
    throw ruleViolated(pointer, 'not_served', `${app.name} is not served to the public. Give it a port and make it public first.`)
  }
  return app.id
}
