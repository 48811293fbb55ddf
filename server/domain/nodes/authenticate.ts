import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { signaturePayload } from '../../contract/node-api/v1.ts'
import { sameSecret, sha256 } from '../../core/crypto.ts'
import { runtime } from '../../core/runtime.ts'
import { batchedRead } from './batched-read.ts'
import { NodeFault } from './fault.ts'
import { NonceCache } from './nonce.ts'

const SKEW_MS = 300_000
const NONCES_PER_WINDOW = 200_000
const CACHED_KEYS = 10_000

const nonces = new NonceCache(2 * SKEW_MS, NONCES_PER_WINDOW)
const keys = new Map<string, KeyObject>()

interface NodeRow {
  id: string
  public_key: string
  credential_hash: string
  previous_credential_hash: string | null
  credential_expires_at: Date
  previous_expires_at: Date | null
  last_seen_at: Date
  revoked_reason: string | null
}

const readNode = batchedRead(async (ids) => {
  const { rows } = await runtime().databases.systemPool.query<NodeRow>({
    name: 'identify-nodes', values: [ids],
    text: 'SELECT id, public_key, credential_hash, previous_credential_hash, credential_expires_at, previous_expires_at, last_seen_at, revoked_reason FROM node WHERE id = ANY($1)',
  })
  return new Map(rows.map((row) => [row.id, row]))
})

/** Who calls, before the body is read: a known node with a credential of its own and a clock near ours. The signature is still to be checked. */
export interface Caller { nodeId: string; credentialHash: string; publicKey: string; timestamp: string; nonce: string; signature: string }

const header = (headers: IncomingHttpHeaders, name: string): string => {
  const value = headers[name]
  if (typeof value !== 'string' || value.length === 0 || value.length > 512) throw new NodeFault('bad_signature', `The header ${name} is missing.`)
  return value
}

/**
 * `forSession`: an agent that was away longer than its credential lives may open a session with it; the signature proves who it is. Of an
 * agent that was not heard since a restore the credential may be one the database never knew.
 */
export const identifyNode = async (headers: IncomingHttpHeaders, options: { forSession?: boolean } = {}): Promise<Caller> => {
  const nodeId = header(headers, 'x-node-id')
  const [timestamp, nonce, signature] = [header(headers, 'x-timestamp'), header(headers, 'x-nonce'), header(headers, 'x-signature')]
  const credentialHash = sha256(/^Bearer (\S+)$/.exec(header(headers, 'authorization'))?.[1] ?? '')
  if (!(Math.abs(Date.now() - Number(timestamp)) <= SKEW_MS)) {
    throw new NodeFault('clock_skew', 'The clocks differ by more than five minutes.', { serverTime: new Date().toISOString() })
  }
  const node = await readNode(nodeId)
  if (!node) throw new NodeFault('node_unknown', 'No such node. Join it again with a new token.')
  const restored = options.forSession === true && isForgotten(node.last_seen_at)
  if (node.revoked_reason !== null) throw new NodeFault('revoked', `An operator revoked this node: ${node.revoked_reason} Its VMs go on. Join it again with a new token.`)
  if (!restored && !isCredentialGood(node, credentialHash, options.forSession ?? false)) {
    throw new NodeFault('credential_expired', 'The credential is not valid any more. Open a new session.')
  }
  return { nodeId, credentialHash, publicKey: node.public_key, timestamp, nonce, signature }
}

/** Its last word was before the restore, so what it was given since is not known here. */
export const isForgotten = (lastSeenAt: Date): boolean => lastSeenAt.getTime() < (runtime().recovery.since?.getTime() ?? 0)

const isCredentialGood = (node: NodeRow, hash: string, anyAge: boolean): boolean => {
  const alive = (until: Date | null): boolean => anyAge || (until?.getTime() ?? 0) > Date.now()
  if (sameSecret(hash, node.credential_hash)) return alive(node.credential_expires_at)
  return node.previous_credential_hash !== null && sameSecret(hash, node.previous_credential_hash) && alive(node.previous_expires_at)
}

/** Checks the signature over the call and that it was not made before. */
export const verifyCall = (caller: Caller, request: { method: string; path: string; bodySha256: string }): void => {
  const payload = signaturePayload({ ...request, timestamp: caller.timestamp, nonce: caller.nonce })
  if (!verify(null, Buffer.from(payload), keyOf(caller.publicKey), Buffer.from(caller.signature, 'base64'))) {
    throw new NodeFault('bad_signature', 'The signature does not fit the request.')
  }
  if (!nonces.take(`${caller.nodeId} ${caller.nonce}`)) throw new NodeFault('replayed_nonce', 'This request was sent before. Use a new nonce.')
}

const keyOf = (spki: string): KeyObject => {
  const cached = keys.get(spki)
  if (cached) return cached
  if (keys.size >= CACHED_KEYS) keys.clear()
  const key = createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' })
  keys.set(spki, key)
  return key
}
