import { createPublicKey } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { NODE_API_LIMITS, type Facts, type RegisterReply, type RegisterRequest, type SessionRequest } from '../../contract/node-api/v1.ts'
import { sha256 } from '../../core/crypto.ts'
import type { SystemDb } from '../../core/db.ts'
import { recordEvent } from '../../core/event.ts'
import { newId, randomText } from '../../core/id.ts'
import { Prisma } from '../../../prisma/generated/client.ts'
import { runtime } from '../../core/runtime.ts'
import { isForgotten, type Caller } from './authenticate.ts'
import { CREDENTIAL_TTL_S, issueCredential } from './credential.ts'
import { NodeFault } from './fault.ts'
import { edgeSettings } from './install-line.ts'
import { heartbeatPlan, leaseSeconds } from './lease.ts'
import { takeMeshIndex, withOwnKey } from './mesh-place.ts'
import { countNodes } from './node-count.ts'
import { noteClone, noteRefusal, requireSpeakable } from './standing.ts'

interface Place { region: string; zone: string; labels: Record<string, string> }
interface TokenRow extends Place { install_id: string | null; expires_at: Date; used_at: Date | null }

/** One call at a time for a machine, until its transaction ends: two tokens in its hands make one node. */
const takeToken = async (db: SystemDb, token: string, installId: string): Promise<Place> => {
  const hash = sha256(token)
  const now = new Date()
  const [fresh] = await db.$queryRaw<Place[]>`
    WITH machine AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtextextended(${`node ${installId}`}, 0)))
    UPDATE join_token SET used_at = ${now}, install_id = ${installId} FROM machine
    WHERE token_hash = ${hash} AND used_at IS NULL AND expires_at > ${now} RETURNING region, zone, labels`
  if (fresh) return fresh
  // Nothing was updated, so the lock may not have been asked for.
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`node ${installId}`}, 0))`
  const [row] = await db.$queryRaw<TokenRow[]>`SELECT install_id, expires_at, used_at, region, zone, labels FROM join_token WHERE token_hash = ${hash}`
  if (!row) throw new NodeFault('join_token_invalid', 'There is no such join token. Make a new one in the console.')
  if (row.used_at && row.install_id !== installId) throw new NodeFault('join_token_used', 'Another machine joined with this token. Make one for each machine.')
  if (row.expires_at.getTime() <= now.getTime()) throw new NodeFault('join_token_expired', 'The join token is older than 30 minutes. Make a new one in the console.')
  return { region: row.region, zone: row.zone, labels: row.labels }
}

const requireEd25519 = (spki: string): void => {
  try {
    if (createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' }).asymmetricKeyType === 'ed25519') return
  } catch { /* told below */ }
  throw new NodeFault('bad_request', 'public_key must be an Ed25519 key, SPKI DER in base64.')
}

const KNOWN = { id: true, publicKey: true, region: true, zone: true, revokedAt: true, bootId: true, credentialHash: true } as const

/** Joins a machine. The same machine and key again within the token's life is the same node: its first reply may have been lost. */
export const register = async (request: RegisterRequest, can: readonly string[] = []): Promise<{ created: boolean; reply: RegisterReply }> => {
  requireSpeakable(request.agent_version)
  requireEd25519(request.public_key)
  const { created, opened } = await runtime().databases.asSystem('node-api', async (db) => {
    const place = await takeToken(db, request.join_token, request.install_id)
    const known = await db.node.findUnique({ where: { installId: request.install_id }, select: KNOWN })
    if (!known) return { created: true, opened: await join(db, { ...request, can }, place) }
    if (known.publicKey !== request.public_key) throw new NodeFault('identity_mismatch', 'This installation is registered with another key.')
    if (known.region !== place.region || known.zone !== place.zone) {
      const where = [known.region, known.zone].filter(Boolean).join(', ')
      throw new NodeFault('join_token_elsewhere', `This machine is a node of ${where} already, and the token is for another place. Move or delete it in the console first.`)
    }
    await db.node.update({ where: { id: known.id }, data: { revokedAt: null, revokedReason: null } })
    // The same call may have arrived twice, and the answer to the first of them is the one that came.
    const held = known.revokedAt === null && known.bootId === request.boot_id ? known.credentialHash : null
    return { created: false, opened: await startSession(db, known.id, { ...request, can }, held) }
  })
  return { created, reply: await replyWith(opened) }
}

const join = async (db: SystemDb, request: RegisterRequest & Opening, place: Place): Promise<Opened> => {
  const id = newId('node')
  const facts = await withOwnKey(db, id, request.facts)
  const { columns, ...opened } = newSession(id, request, facts, null)
  const meshIndex = facts.mesh?.edges ? await takeMeshIndex(db) : null
  const { install_id: installId, public_key: publicKey } = request
  await db.node.create({ data: { id, meshIndex, ...place, installId, publicKey, status: 'ready', ...columns }, select: { id: true } })
  const subject = { type: 'node', id }
  await recordEvent(db, { orgId: null, type: 'node.joined', subject, actor: { type: 'node', nodeId: id }, requestId: null, data: { hostname: facts.hostname } })
  return opened
}

/** A restarted agent, or one renewing its credential. The session before it is superseded. */
export const openSession = async (caller: SessionCaller, request: SessionRequest, can: readonly string[] = []): Promise<RegisterReply> => {
  try {
    requireSpeakable(request.agent_version)
    const opened = await runtime().databases.asSystem('node-api', async (db) => {
      await requireLatest(db, caller, request.boot_id)
      return startSession(db, caller.nodeId, { ...request, can }, caller.credentialHash, Number(caller.timestamp))
    })
    return await replyWith(opened)
  } catch (error) {
    if (!(error instanceof NodeFault)) throw error
    if (error.code === 'agent_too_old' || error.code === 'agent_too_new') await noteRefusal(caller.nodeId, error)
    if (error.code === 'superseded_session') await noteClone(caller.nodeId, request.boot_id)
    throw error
  }
}

/**
 * Other nodes reach it under another address or key from now on, or its edge is to be told its routes otherwise. One that was outside the mesh
 * is given a place as soon as it can use one and one is free.
 */
const meshIndexNow = async (db: SystemDb, nodeId: string, facts: Facts, can: readonly string[]): Promise<number | null> => {
  const before = await db.node.findUniqueOrThrow({ where: { id: nodeId }, select: { facts: true, can: true, meshIndex: true } })
  const index = before.meshIndex ?? (facts.mesh?.edges ? await takeMeshIndex(db) : null)
  if (!isDeepStrictEqual([(before.facts as unknown as Facts).mesh ?? null, before.can, before.meshIndex], [facts.mesh ?? null, can, index])) {
    await recordEvent(db, { orgId: null, type: 'node.moved', subject: { type: 'node', id: nodeId }, actor: { type: 'node', nodeId }, requestId: null })
  }
  return index
}

type SessionCaller = Pick<Caller, 'nodeId' | 'credentialHash' | 'timestamp'>

/**
 * Under the node's lock, because the credential was looked up before it: a call that was under way while later ones were answered would end
 * what they granted, and the agent would hold a credential that is good no more.
 */
const requireLatest = async (db: SystemDb, { nodeId, credentialHash, timestamp }: SessionCaller, bootId: string): Promise<void> => {
  await db.$executeRaw`SELECT 1 FROM node WHERE id = ${nodeId} FOR UPDATE`
  const node = await db.node.findUnique({
    where: { id: nodeId }, select: { credentialHash: true, previousCredentialHash: true, sessionAskedMs: true, bootId: true, lastSeenAt: true },
  })
  if (!node) throw new NodeFault('node_unknown', 'No such node. Join it again with a new token.')
  if (credentialHash === node.credentialHash || isForgotten(node.lastSeenAt)) return
  if (credentialHash !== node.previousCredentialHash) throw new NodeFault('credential_expired', 'A later session has another credential.')
  if (Number(timestamp) < Number(node.sessionAskedMs)) throw new NodeFault('replayed_nonce', 'A later call for a session was answered already.')
  // From another boot the credential before is no lost reply: it is the older of two machines, which stays out while the newer is heard.
  const heard = Date.now() - node.lastSeenAt.getTime() < leaseSeconds(await db.node.count()) * 1000
  if (node.bootId !== bootId && heard) throw new NodeFault('superseded_session', 'Another machine with this identity has opened a newer session.')
}

type Opening = SessionRequest & { can: readonly string[] }
interface Opened { nodeId: string; sessionId: string; credential: string }

const newSession = (nodeId: string, request: Opening, facts: Facts, presentedHash: string | null) => {
  const sessionId = `ses_${randomText(20)}`
  const { credential, columns } = issueCredential(presentedHash)
  const { boot_id: bootId, agent_version: agentVersion, can } = request
  const session = { sessionId, lastSeenAt: new Date(), can: [...can], facts, hostname: facts.hostname, bootId, agentVersion, ...columns }
  return { nodeId, sessionId, credential, columns: session }
}

const startSession = async (db: SystemDb, nodeId: string, request: Opening, presentedHash: string | null, askedMs = 0): Promise<Opened> => {
  const facts = await withOwnKey(db, nodeId, request.facts)
  const { columns, ...opened } = newSession(nodeId, request, facts, presentedHash)
  const meshIndex = await meshIndexNow(db, nodeId, facts, request.can)
  const fresh = { statusSeq: 0, sessionAskedMs: askedMs, refusal: Prisma.DbNull }
  await db.node.update({ where: { id: nodeId }, data: { ...columns, ...fresh, meshIndex }, select: { id: true } })
  return opened
}

/** After the transaction: what is the same for every node holds up none. */
const replyWith = async ({ nodeId, sessionId, credential }: Opened): Promise<RegisterReply> => {
  const plan = heartbeatPlan(await countNodes(), () => 0)
  const { rows: [control] } = await runtime().databases.systemPool.query<{ epoch: string }>('SELECT epoch FROM control_epoch WHERE id = 1')
  return {
    node_id: nodeId, session_id: sessionId, credential, credential_ttl_s: CREDENTIAL_TTL_S, lease_ttl_s: plan.lease_ttl_s,
    heartbeat_s: plan.next_heartbeat_s, poll_wait_s: NODE_API_LIMITS.pollWaitS, epoch: control?.epoch ?? '', server_time: new Date().toISOString(),
    edge: await edgeSettings(),
    fencing: true,
  }
}
