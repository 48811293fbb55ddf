import { z } from 'zod'
import { Domain } from '../../contract/domain.ts'
import type { CompositeOperation } from '../../core/composite.ts'
import { proofFault, proofValue } from '../../core/dns.ts'
import { call, command, query } from '../../core/operation.ts'
import { syncHost } from '../routes/index.ts'
import { claim, refuseConflict } from './claim.ts'
import { DOMAIN_PARTS, loadDomain, type DomainRow } from './load-domain.ts'
import { lookAt } from './look.ts'
import { ByDomain } from './read-domains.ts'
import { unicodeOf } from './rules/hostname.ts'
import { skeletonOf } from './rules/look-alike.ts'
import { domainVersion, targetOf, toDomain } from './wire.ts'

const domainToLookAt = query({
  name: 'domains.to_look_at', summary: 'The names to ask for', scope: 'org', permission: 'apps:write', input: ByDomain,
  output: z.object({ hostname: z.string(), target: z.string(), organization_id: z.string() }),
  run: async (ctx, input) => {
    const row = await loadDomain(ctx, input.domain_id)
    return { hostname: row.hostname, target: targetOf(row), organization_id: ctx.orgId }
  },
})

const Answer = z.object({ values: z.array(z.string()), fault: z.enum(['no_record', 'unreachable']).nullable() })

const noteLook = command({
  name: 'domains.note_look', summary: 'What the resolver said of a domain', scope: 'org', permission: 'apps:write',
  quiet: 'a look that changes nothing is no news; a proof and a recovery emit their events',
  input: ByDomain.extend({ proof: Answer, pointing: z.object({ pointsHere: z.boolean().nullable(), pointsTo: z.array(z.string()) }) }), output: Domain,
  run: async (ctx, { domain_id: id, proof, pointing }) => {
    const row = await loadDomain(ctx, id, { lock: true })
    const fault = proofFault(proof, proofValue(row.token))
    const proven = fault === null && row.verifiedAt === null
    if (proven) await take(ctx, row)
    const found = { ...(fault === null ? { missingSince: null } : {}), ...(proven ? { verifiedAt: new Date(), lostAt: null } : {}) }
    await ctx.db.domain.update({ where: { id }, data: { checkedAt: new Date(), answer: proof.values, fault, ...pointing, ...found } })
    const subject = { type: 'domain', id }
    const data = { hostname: row.hostname, app_id: row.appId }
    if (proven) await ctx.emit('domain.verified', subject, data)
    else if (fault === null && row.missingSince) await ctx.emit('domain.recovered', subject, data)
    if (proven) await ctx.enqueue(syncHost, { hostname: row.hostname })
    return toDomain(await ctx.db.domain.findFirstOrThrow({ where: { id }, include: DOMAIN_PARTS }))
  },
})

const take = async (ctx: Parameters<typeof claim>[0], { appId, hostname }: DomainRow): Promise<void> => {
  const unicode = unicodeOf(hostname)
  const conflict = await claim(ctx, appId, hostname, unicode === hostname ? null : skeletonOf(unicode))
  if (conflict) throw refuseConflict(conflict)
}

/** Asks the DNS outside any transaction. */
export const verifyDomain: CompositeOperation<typeof ByDomain, typeof Domain> = {
  kind: 'composite', name: 'domains.validate', summary: 'Look for the TXT record and where the name leads; the answer shows what the resolver said', scope: 'org', repeatable: true,
  permission: 'apps:write', input: ByDomain, output: Domain, etag: domainVersion,
  rest: { method: 'POST', path: '/domains/{domain_id}/actions/validate', tag: 'Domains' },
  handle: async (meta, raw) => {
    const { hostname, target, organization_id: organizationId } = await call(domainToLookAt, meta, raw)
    const { domain_id: id } = raw as { domain_id: string }
    return call(noteLook, { ...meta, idempotencyKey: null }, { organization_id: organizationId, domain_id: id, ...await lookAt(hostname, target) })
  },
}
