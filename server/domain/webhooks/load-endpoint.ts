import type { OrgContext } from '../../core/context.ts'
import { DomainError, notFound, ruleViolated } from '../../core/error.ts'
import { checkOutgoingUrl, OutgoingError } from '../../core/guarded-fetch.ts'

/** To load is to authorise. Locks the row when it will be changed. */
export const loadEndpoint = async (ctx: Pick<OrgContext, 'db'>, id: string, options: { lock?: boolean } = {}) => {
  if (options.lock) await ctx.db.$executeRaw`SELECT 1 FROM webhook_endpoint WHERE id = ${id} FOR UPDATE`
  const row = await ctx.db.webhookEndpoint.findFirst({ where: { id } })
  if (!row) throw notFound('webhook')
  return row
}

/** What can be sent to right now. */
export const loadEnabled = async (ctx: Pick<OrgContext, 'db'>, id: string) => {
  const row = await loadEndpoint(ctx, id)
  if (!row.enabled) throw new DomainError('state_conflict', 'The webhook is disabled. Enable it first.')
  return row
}

/** As it will be stored; what could never be reached is refused now, the rest whenever it is connected to. */
export const checkedUrl = (url: string): string => {
  try {
    const target = checkOutgoingUrl(url).url
    target.hash = ''
    return target.href
  } catch (error) {
    if (error instanceof OutgoingError) throw ruleViolated('/url', error.code, error.message)
    throw error
  }
}
