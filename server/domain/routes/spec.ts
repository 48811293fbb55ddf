import type { RemoteInstance, RouteObjectSpec } from '../../contract/node-api/v1.ts'
import { HeaderRules, Redirect } from '../../contract/domain.ts'
import type { SystemDb } from '../../core/db.ts'
import type { Domain } from '../../../prisma/generated/client.ts'
import { openKey } from './certificate-key.ts'

type Target = Exclude<RouteObjectSpec['target'], 'portal'>
interface Routed { id: string; app_id: string; release_id: string; node_id: string; address: string; state: RemoteInstance['state'] | null; sleeps: boolean }
/** A node whose edge is told; `meets`: it reaches instances of others; `wakes`: it asks for those that sleep; `shares`: it divides requests in shares. */
export interface Edge { id: string; meets: boolean; wakes: boolean; shares: boolean }
/** The same name is not the same to every edge: each is told how to reach what runs elsewhere. Those told the same get the same object. */
export type RouteFor = (edge: Edge) => RouteObjectSpec
interface Targets { hosts: ReadonlySet<string>; of: (edge: Edge) => Target }

/** Of those on nodes that others reach, how they stand; one that serves nothing is nobody's business. */
const routedOf = (db: SystemDb, appId: string): Promise<Routed[]> => db.$queryRaw<Routed[]>`
  SELECT i.id, i.app_id, i.release_id, i.node_id, i.address,
    CASE WHEN n.mesh_index IS NULL OR n.facts->'mesh'->'edges' IS DISTINCT FROM 'true' OR n.status = 'lost' THEN NULL
      WHEN i.desired <> 'running' OR r.config->>'port' IS NULL THEN NULL
      WHEN i.phase IN ('running', 'sleeping') AND i.health = 'ok' THEN CASE n.status WHEN 'ready' THEN 'serving' ELSE 'doubtful' END
      WHEN n.status = 'ready' AND (i.phase IN ('pending', 'pulling', 'preparing', 'booting') OR (i.phase = 'running' AND i.health = 'starting')) THEN 'starting' END AS state,
    coalesce((r.config->>'sleepAfterMinutes')::integer, 0) > 0 AS sleeps
  FROM instance i JOIN node n ON n.id = i.node_id JOIN release r ON r.id = i.release_id
  WHERE i.app_id = ${appId} AND i.routed AND i.ended_at IS NULL ORDER BY i.created_at, i.id`

/** While a canary is under way its instances get their share together. */
const shareOf = async (db: SystemDb, appId: string, routed: readonly Routed[]): Promise<Pick<Target, 'share'>> => {
  const canary = await db.deployment.findFirst({ where: { appId, state: { in: ['queued', 'running'] }, canaryShare: { gt: 0 } }, select: { releaseId: true, canaryShare: true } })
  if (!canary) return {}
  return { share: { instances: routed.filter((i) => i.release_id === canary.releaseId).map((i) => i.id), percent: canary.canaryShare } }
}

const targetOf = async (db: SystemDb, appId: string): Promise<Targets> => {
  const routed = await routedOf(db, appId)
  const { share } = await shareOf(db, appId, routed)
  const wholly = share ? oneSide(routed, share) : routed
  const of = ({ id: nodeId, meets, wakes, shares }: Edge): Target => {
    const told = shares ? routed : wholly
    const elsewhere = meets ? told.filter((one) => one.node_id !== nodeId) : []
    const remote = elsewhere.flatMap(({ id, app_id, node_id, address, state, sleeps }) =>
      (state === null ? [] : [{ id, app_id, node_id, address, state, ...(sleeps && wakes ? { sleeps: true as const } : {}) }]))
    return { instances: told.map(({ id }) => id), ...(share && shares ? { share } : {}), ...(remote.length > 0 ? { remote } : {}) }
  }
  return { hosts: new Set(routed.map((one) => one.node_id)), of }
}

/** For an edge that cannot divide: all to the old release, until the new one is to have everything. */
const oneSide = (routed: Routed[], { instances, percent }: NonNullable<Target['share']>): Routed[] => {
  const side = routed.filter(({ id }) => instances.includes(id) === (percent >= 100))
  return side.length > 0 ? side : routed
}

/** Edges without an instance of the route's own are told the same: it is made once for all of them. */
const alike = (hosts: ReadonlySet<string>, make: RouteFor): RouteFor => {
  const made = new Map<string, RouteObjectSpec>()
  return (edge) => {
    const kind = JSON.stringify([edge.meets, edge.wakes, edge.shares, edge.meets && hosts.has(edge.id) ? edge.id : null])
    const known = made.get(kind) ?? make(edge)
    made.set(kind, known)
    return known
  }
}

const isPlain = ({ set, remove }: HeaderRules): boolean => Object.keys(set).length === 0 && remove.length === 0

/** What every edge is told about a host name; null when nobody is served under it. */
export const routeSpec = async (db: SystemDb, hostname: string): Promise<RouteFor | null> => {
  const held = await db.hostname.findUnique({ where: { hostname } })
  if (!held || held.releasedAt) return null
  const target = await targetOf(db, held.appId)
  const at = { orgId_hostname: { orgId: held.orgId, hostname } }
  const domain = await db.domain.findUnique({ where: at, include: { paths: { orderBy: { path: 'asc' } } } })
  if (!domain) return alike(target.hosts, (edge) => ({ host: hostname, target: target.of(edge), app_id: held.appId }))
  const paths: { path: string; strip_prefix: boolean; target: Targets }[] = []
  for (const { path, stripPrefix, appId } of domain.paths) paths.push({ path, strip_prefix: stripPrefix, target: await targetOf(db, appId) })
  const [request, response] = [HeaderRules.parse(domain.requestHeaders), HeaderRules.parse(domain.responseHeaders)]
  const more = {
    ...(domain.redirect ? { redirect: Redirect.parse(domain.redirect) } : {}), ...(isPlain(request) ? {} : { request_headers: request }),
    ...(isPlain(response) ? {} : { response_headers: response }), ...certificateOf(domain),
  }
  const hosts = new Set([target, ...paths.map((path) => path.target)].flatMap((one) => [...one.hosts]))
  return alike(hosts, (edge) => ({
    host: hostname, target: target.of(edge), app_id: held.appId, ...more,
    ...(paths.length > 0 ? { paths: paths.map((path) => ({ ...path, target: path.target.of(edge) })) } : {}),
  }))
}

/** Its key goes as a secret: sealed on the way and in the node's ledger. */
const certificateOf = ({ id, orgId, certificateChain: chain, certificateKey: key }: Domain): Partial<RouteObjectSpec> =>
  (chain && key ? { certificate: { chain }, org_id: orgId, secrets: { certificate_key: openKey(id, key) } } : {})
