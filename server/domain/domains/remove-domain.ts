import { z } from 'zod'
import { command } from '../../core/operation.ts'
import { HOLD_MS, syncHost } from '../routes/index.ts'
import { loadDomain } from './load-domain.ts'
import { ByDomain } from './read-domains.ts'

/** The name stays the organization's for a while: a CNAME left behind must not become a stranger's. */
export const removeDomain = command({
  name: 'domains.delete', summary: 'Give a domain up; it is no longer served, and for 30 days nobody else can claim it', scope: 'org', permission: 'apps:write',
  input: ByDomain, output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path: '/domains/{domain_id}', status: 204, tag: 'Domains' },
  run: async (ctx, { domain_id: id }) => {
    const { hostname, appId } = await loadDomain(ctx, id, { lock: true })
    const now = new Date()
    await ctx.db.domain.deleteMany({ where: { id } })
    await ctx.db.hostname.updateMany({ where: { hostname, releasedAt: null }, data: { releasedAt: now, heldUntil: new Date(now.getTime() + HOLD_MS) } })
    await ctx.emit('domain.removed', { type: 'domain', id }, { hostname, app_id: appId })
    await ctx.enqueue(syncHost, { hostname })
    return { ok: true as const }
  },
})
