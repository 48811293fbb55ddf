import { z } from 'zod'
import { EmailDomain, SsoDomain } from '../../contract/sso.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import type { CompositeOperation } from '../../core/composite.ts'
import { violatedUnique, type TenantDb } from '../../core/db.ts'
import { lookUp, proofFault, proofName, proofValue } from '../../core/dns.ts'
import { DomainError, notFound, ruleViolated } from '../../core/error.ts'
import { newId, randomText } from '../../core/id.ts'
import { call, command, query } from '../../core/operation.ts'
import type { SsoDomain as Row } from '../../../prisma/generated/client.ts'
import { brandOf } from './domain-of.ts'
import { isPublicMailDomain } from './public-domains.ts'
import { endOtherSessions } from './end-sessions.ts'

const MAX_DOMAINS = 20
const path = '/organizations/{organization_id}/sso/domains'
const ByDomain = z.strictObject({ domain_id: z.string().max(60) })

const toWire = (row: Row): SsoDomain => ({
  id: row.id, domain: row.domain, verified: row.verifiedAt !== null, verified_at: toInstantOrNull(row.verifiedAt),
  record: { type: 'TXT', name: proofName(row.domain), value: proofValue(row.token) },
  check: row.checkedAt && { at: toInstant(row.checkedAt), answer: row.answer, fault: row.fault }, created_at: toInstant(row.createdAt),
})

const load = async (db: TenantDb, id: string): Promise<Row> => {
  const row = await db.ssoDomain.findFirst({ where: { id } })
  if (!row) throw notFound('domain')
  return row
}

export const listSsoDomains = query({
  name: 'sso.list_domains', summary: 'E-mail domains of the organization and the DNS records that prove them', scope: 'org', permission: 'org:read',
  input: z.strictObject({}), output: z.object({ data: z.array(SsoDomain) }),
  rest: { method: 'GET', path, tag: 'Single sign-on' },
  run: async (ctx) => ({ data: (await ctx.db.ssoDomain.findMany({ orderBy: { domain: 'asc' } })).map(toWire) }),
})

export const addSsoDomain = command({
  name: 'sso.add_domain', summary: 'Claim an e-mail domain; the answer holds the TXT record that proves it', scope: 'org', permission: 'org:write',
  input: z.strictObject({ domain: EmailDomain }), output: SsoDomain,
  rest: { method: 'POST', path, status: 201, tag: 'Single sign-on' },
  run: async (ctx, { domain }) => {
    if (isPublicMailDomain(domain)) throw ruleViolated('/domain', 'public_mail_domain', 'Anybody can have an address there. Claim a domain of your own.')
    if (await ctx.db.ssoDomain.count() >= MAX_DOMAINS) throw new DomainError('quota_exceeded', `An organization may claim ${MAX_DOMAINS} domains. Remove one first.`)
    const data = { id: newId('ssoDomain'), orgId: ctx.orgId, brandId: await brandOf(ctx.db), domain, token: randomText(32), answer: [] }
    const row = await ctx.db.ssoDomain.create({ data }).catch((error: unknown) => {
      throw violatedUnique(error) ? ruleViolated('/domain', 'taken', 'This domain is in your list already.') : error
    })
    await ctx.emit('sso_domain.added', { type: 'sso_domain', id: row.id }, { domain })
    return toWire(row)
  },
})

export const removeSsoDomain = command({
  name: 'sso.remove_domain', summary: 'Give a domain up; its people no longer sign in through the organization', scope: 'org', permission: 'org:write', sensitive: true,
  input: ByDomain, output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path: `${path}/{domain_id}`, tag: 'Single sign-on' },
  run: async (ctx, input) => {
    const row = await load(ctx.db, input.domain_id)
    await ctx.db.ssoDomain.deleteMany({ where: { id: row.id } })
    await ctx.emit('sso_domain.removed', { type: 'sso_domain', id: row.id }, { domain: row.domain })
    return { ok: true as const }
  },
})

const domainToCheck = query({
  name: 'sso.domain_to_check', summary: 'The record to look for', scope: 'org', permission: 'org:write', input: ByDomain,
  output: z.object({ domain: z.string(), organization_id: z.string() }),
  run: async (ctx, input) => ({ domain: (await load(ctx.db, input.domain_id)).domain, organization_id: ctx.orgId }),
})

const noteCheck = command({
  name: 'sso.note_check', summary: 'What the resolver said about a domain', scope: 'org', permission: 'org:write',
  quiet: 'a look-up that proves nothing changes nothing; a proof emits its event',
  input: ByDomain.extend({ values: z.array(z.string()), fault: z.enum(['no_record', 'unreachable']).nullable() }), output: SsoDomain,
  run: async (ctx, { domain_id: id, ...answer }) => {
    const { token, verifiedAt } = await load(ctx.db, id)
    const fault = proofFault(answer, proofValue(token))
    const proven = fault === null && verifiedAt === null
    const found = { ...(fault === null ? { missingSince: null } : {}), ...(proven ? { verifiedAt: new Date() } : {}) }
    const data = { checkedAt: new Date(), answer: answer.values, fault, ...found }
    const [row] = await ctx.db.ssoDomain.updateManyAndReturn({ where: { id }, data }).catch((error: unknown) => {
      throw violatedUnique(error) ? new DomainError('domain_taken', 'Another organization has proven this domain. If it is yours, ask support.') : error
    })
    if (!row) throw notFound('domain')
    if (proven) {
      await ctx.emit('sso_domain.verified', { type: 'sso_domain', id }, { domain: row.domain })
      const enforced = await ctx.db.ssoConnection.count({ where: { enforcedAt: { not: null } } }) > 0
      if (enforced) await ctx.enqueue(endOtherSessions, { org_id: ctx.orgId, keep: sessionOf(ctx.actor) })
    }
    return toWire(row)
  },
})

export const sessionOf = (actor: { type: string; sessionId?: string }): string | null => actor.sessionId ?? null

/** Asks the DNS outside any transaction. */
export const verifySsoDomain: CompositeOperation<typeof ByDomain, typeof SsoDomain> = {
  kind: 'composite', name: 'sso.verify_domain', summary: 'Look for the TXT record; the answer shows what the resolver said', scope: 'org', repeatable: true, permission: 'org:write',
  input: ByDomain, output: SsoDomain,
  rest: { method: 'POST', path: `${path}/{domain_id}/verify`, tag: 'Single sign-on' },
  handle: async (meta, raw) => {
    const { domain, organization_id: organizationId } = await call(domainToCheck, meta, raw)
    const { domain_id: id } = raw as { domain_id: string }
    return call(noteCheck, { ...meta, idempotencyKey: null }, { organization_id: organizationId, domain_id: id, ...await lookUp(proofName(domain), 'TXT') })
  },
}
