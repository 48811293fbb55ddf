import { z } from 'zod'
import { DomainError, notFound } from '../../core/error.ts'
import { command, query } from '../../core/operation.ts'
import { Instant, toInstant } from '../../contract/time.ts'

const HeldHostname = z.object({
  hostname: z.string(), organization_id: z.string().describe('Whose it was'), organization_name: z.string(), released_at: Instant, held_until: Instant,
})
const LIMIT = 500

export const listHeldHostnames = query({
  name: 'admin.list_held_hostnames', summary: 'Domains that were given up and are held for their owners, those soon free first', scope: 'staff',
  input: z.strictObject({}), output: z.object({ data: z.array(HeldHostname) }),
  rest: { method: 'GET', path: '/admin/held-hostnames', tag: 'Staff' },
  run: async (ctx) => {
    const rows = await ctx.db.hostname.findMany({
      where: { releasedAt: { not: null }, heldUntil: { gt: new Date() } }, orderBy: [{ heldUntil: 'asc' }, { hostname: 'asc' }], take: LIMIT,
    })
    const owners = await ctx.db.organization.findMany({ where: { id: { in: rows.map(({ orgId }) => orgId) } }, select: { id: true, name: true } })
    const names = new Map(owners.map(({ id, name }) => [id, name]))
    return { data: rows.flatMap(({ hostname, orgId, releasedAt, heldUntil }) => (releasedAt && heldUntil
      ? [{ hostname, organization_id: orgId, organization_name: names.get(orgId) ?? '', released_at: toInstant(releasedAt), held_until: toInstant(heldUntil) }] : [])) }
  },
})

/** Real time, as the hold itself. What is served is nobody's to release: its owner removes it, or its record goes. */
export const releaseHeldHostname = command({
  name: 'admin.release_hostname', summary: 'End the hold on a domain that was given up, so that whoever proves it next may have it', scope: 'staff',
  input: z.strictObject({
    hostname: z.string().max(255), reason: z.string().trim().min(3, 'Say why, for the records.').max(500),
  }),
  output: z.object({ hostname: z.string(), organization_id: z.string() }),
  rest: { method: 'POST', path: '/admin/held-hostnames/{hostname}/actions/release', tag: 'Staff' },
  run: async (ctx, { hostname, reason }) => {
    const held = await ctx.db.hostname.findUnique({ where: { hostname: hostname.toLowerCase() } })
    const now = new Date()
    if (!held || (held.releasedAt && held.heldUntil && held.heldUntil <= now)) throw notFound('held hostname')
    if (!held.releasedAt) throw new DomainError('state_conflict', 'This name is being served. Its owner must remove it first.')
    if (!held.heldUntil) throw new DomainError('state_conflict', 'Names of the platform stay with the app that had them.')
    const asRead = { hostname: held.hostname, releasedAt: held.releasedAt, heldUntil: held.heldUntil }
    const { count } = await ctx.db.hostname.updateMany({ where: asRead, data: { heldUntil: now } })
    if (count === 0) throw new DomainError('state_conflict', 'It changed meanwhile. Look again.')
    await ctx.emit('domain.hold_released', { type: 'hostname', id: held.hostname }, { hostname: held.hostname, reason }, held.orgId)
    return { hostname: held.hostname, organization_id: held.orgId }
  },
})
