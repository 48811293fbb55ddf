import { z } from 'zod'
import { Domain, UploadCertificate } from '../../contract/domain.ts'
import { DomainError, notFound } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { syncHost } from '../routes/index.ts'
import { certificateColumns, NO_CERTIFICATE } from './certificate-columns.ts'
import { DOMAIN_PARTS, loadDomain } from './load-domain.ts'
import { ByDomain } from './read-domains.ts'
import { checkCertificate } from './rules/certificate.ts'
import { domainVersion, toDomain } from './wire.ts'

export const uploadCertificate = command({
  name: 'domains.upload_certificate', summary: 'Serve a domain with a certificate of your own; the key is never shown again', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ ...ByDomain.shape, ...UploadCertificate.shape }), output: Domain, etag: domainVersion,
  rest: { method: 'POST', path: '/domains/{domain_id}/certificate', tag: 'Domains' },
  run: async (ctx, { domain_id: id, ...given }) => {
    const { hostname } = await loadDomain(ctx, id, { lock: true })
    const pair = checkCertificate(given, hostname, new Date())
    if ('faults' in pair) throw new DomainError('rule_violated', pair.faults.map((f) => f.message).join(' '), { errors: pair.faults })
    await ctx.db.domain.update({ where: { id }, data: { ...certificateColumns(id, 'upload', pair), version: { increment: 1 } } })
    await ctx.emit('domain.certificate_uploaded', { type: 'domain', id }, { hostname, expires_at: pair.until.toISOString() })
    await ctx.enqueue(syncHost, { hostname })
    return toDomain(await ctx.db.domain.findFirstOrThrow({ where: { id }, include: DOMAIN_PARTS }))
  },
})

export const removeCertificate = command({
  name: 'domains.remove_certificate', summary: 'Give your own certificate up; one is made automatically instead', scope: 'org', permission: 'apps:write',
  input: ByDomain, output: Domain, etag: domainVersion,
  rest: { method: 'DELETE', path: '/domains/{domain_id}/certificate', tag: 'Domains' },
  run: async (ctx, { domain_id: id }) => {
    const { hostname, certificateChain } = await loadDomain(ctx, id, { lock: true })
    if (certificateChain === null) throw notFound('certificate')
    await ctx.db.domain.update({ where: { id }, data: { ...NO_CERTIFICATE, version: { increment: 1 } } })
    await ctx.emit('domain.certificate_removed', { type: 'domain', id }, { hostname })
    await ctx.enqueue(syncHost, { hostname })
    return toDomain(await ctx.db.domain.findFirstOrThrow({ where: { id }, include: DOMAIN_PARTS }))
  },
})
