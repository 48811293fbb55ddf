import type { RouteObjectSpec } from '../../contract/node-api/v1.ts'
import { HeaderRules, Redirect } from '../../contract/domain.ts'
import type { SystemDb } from '../../core/db.ts'
import type { Domain } from '../../../prisma/generated/client.ts'
import { openKey } from './certificate-key.ts'

type Target = Exclude<RouteObjectSpec['target'], 'portal'>

/** While a canary is under way its instances get their share together. */
const targetOf = async (db: SystemDb, appId: string): Promise<Target> => {
  const routed = await db.instance.findMany({ where: { appId, routed: true, endedAt: null }, orderBy: { createdAt: 'asc' }, select: { id: true, releaseId: true } })
  const instances = routed.map((i) => i.id)
  const canary = await db.deployment.findFirst({ where: { appId, state: { in: ['queued', 'running'] }, canaryShare: { gt: 0 } }, select: { releaseId: true, canaryShare: true } })
  if (!canary) return { instances }
  return { instances, share: { instances: routed.filter((i) => i.releaseId === canary.releaseId).map((i) => i.id), percent: canary.canaryShare } }
}

const isPlain = ({ set, remove }: HeaderRules): boolean => Object.keys(set).length === 0 && remove.length === 0

/** What every edge is told about a host name; null when nobody is served under it. */
export const routeSpec = async (db: SystemDb, hostname: string): Promise<RouteObjectSpec | null> => {
  const held = await db.hostname.findUnique({ where: { hostname } })
  if (!held || held.releasedAt) return null
  const target = await targetOf(db, held.appId)
  const at = { orgId_hostname: { orgId: held.orgId, hostname } }
  const domain = await db.domain.findUnique({ where: at, include: { paths: { orderBy: { path: 'asc' } } } })
  if (!domain) return { host: hostname, target, app_id: held.appId }
  const paths = []
  for (const { path, stripPrefix, appId } of domain.paths) paths.push({ path, strip_prefix: stripPrefix, target: await targetOf(db, appId) })
  const [request, response] = [HeaderRules.parse(domain.requestHeaders), HeaderRules.parse(domain.responseHeaders)]
  return {
    host: hostname, target, app_id: held.appId,
    ...(domain.redirect ? { redirect: Redirect.parse(domain.redirect) } : {}), ...(paths.length > 0 ? { paths } : {}),
    ...(isPlain(request) ? {} : { request_headers: request }), ...(isPlain(response) ? {} : { response_headers: response }),
    ...certificateOf(domain),
  }
}

/** Its key goes as a secret: sealed on the way and in the node's ledger. */
const certificateOf = ({ id, orgId, certificateChain: chain, certificateKey: key }: Domain): Partial<RouteObjectSpec> =>
  (chain && key ? { certificate: { chain }, org_id: orgId, secrets: { certificate_key: openKey(id, key) } } : {})
