import { makeCertificate } from '../../agent/testing/certificates.ts'
import { newId } from '../core/id.ts'
import { runtime } from '../core/runtime.ts'
import { sealKey } from '../domain/routes/index.ts'

/** A proven domain with everything a domain may have. */
export const makeDomain = async (orgId: string, appId: string, otherAppId: string, marker: string) => {
  const id = newId('domain')
  const hostname = `${marker}.com`
  const { chain, key } = makeCertificate([hostname])
  await runtime().databases.asSystem('job', async (db) => {
    await db.domain.create({
      data: {
        id, orgId, appId, hostname, token: marker, verifiedAt: new Date(), checkedAt: new Date(), answer: [marker], pointsTo: [],
        certificateSource: 'upload', certificateChain: chain, certificateKey: sealKey(id, key), certificateNames: [hostname], certificateIssuer: marker, certificateFrom: new Date(), certificateUntil: new Date(Date.now() + 80 * 86_400_000),
      },
    })
    await db.domainPath.create({ data: { domainId: id, orgId, path: '/api', appId: otherAppId, stripPrefix: true } })
    await db.hostname.create({ data: { hostname, orgId, appId } })
  })
  return { own_domain_id: id }
}
