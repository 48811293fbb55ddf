import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll } from 'vitest'
import { RegisterReply, signaturePayload, type ObjectStatus, type StatusRequest } from '../../contract/node-api/v1.ts'
import { runtime } from '../../core/runtime.ts'
import { issueJoinToken } from '../../domain/nodes/index.ts'
import { FACTS } from '../../domain/nodes/testing.ts'
import { makeUser } from '../../testing/actors.ts'
import { handleNodeRequest } from './handler.ts'

export interface Answer { status: number; body: unknown; headers: http.IncomingHttpHeaders }

const send = (port: number, options: { method: string; path: string; headers: Record<string, string>; body: Buffer; agent?: http.Agent }): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const req = http.request({ host: '127.0.0.1', port, method: options.method, path: options.path, headers: options.headers, ...(options.agent ? { agent: options.agent } : {}) }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: res.statusCode ?? 0, body: text === '' ? null : JSON.parse(text), headers: res.headers })
      })
    })
    req.on('error', reject)
    if (options.body.length > 0) req.setHeader('content-length', options.body.length)
    req.end(options.body)
  })

export interface Tampering { timestampMs?: number; nonce?: string; key?: KeyObject; credential?: string; headers?: Record<string, string>; sentBody?: Buffer }

/** Speaks the node API as an agent would, and wrongly on request. */
export class FakeAgent {
  readonly port: number
  readonly keys = generateKeyPairSync('ed25519')
  readonly installId = randomBytes(8).toString('hex')
  nodeId = ''
  sessionId = ''
  credential = ''
  seq = 0

  constructor(port: number) {
    this.port = port
  }

  get publicKey(): string {
    return this.keys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  }

  async join(over: Record<string, unknown> = {}, token?: string): Promise<Answer> {
    const joinToken = token ?? (await runtime().databases.asSystem('node-api', issueJoinToken)).token
    const body = Buffer.from(JSON.stringify({
      join_token: joinToken, install_id: this.installId, public_key: this.publicKey, boot_id: 'boot-1', agent_version: '0.1.0', facts: FACTS, ...over,
    }))
    return this.#accept(await send(this.port, { method: 'POST', path: '/node/v1/register', headers: { 'content-type': 'application/json' }, body }))
  }

  async session(tampering: Tampering = {}): Promise<Answer> {
    return this.#accept(await this.post('/node/v1/session', { boot_id: 'boot-1', agent_version: '0.1.0', facts: FACTS }, tampering))
  }

  status(objects: ObjectStatus[], over: Partial<StatusRequest> = {}): Promise<Answer> {
    this.seq += 1
    return this.post('/node/v1/status', {
      session_id: this.sessionId, seq: this.seq, observed_epoch: '', observed_index: 0, boot_id: 'boot-1', heartbeat: true, objects,
      node: { load: 0.5, memory_free_mib: 4096, disk_free_mib: 50_000, conditions: [] }, ...over,
    })
  }

  post(path: string, value: unknown, tampering: Tampering = {}): Promise<Answer> {
    return this.#signed('POST', path, Buffer.from(JSON.stringify(value)), { 'content-type': 'application/json' }, tampering)
  }

  logs(records: unknown[], zip = false): Promise<Answer> {
    const plain = Buffer.from(`${records.map((r) => JSON.stringify(r)).join('\n')}\n`)
    return this.#signed('POST', '/node/v1/logs', zip ? gzipSync(plain) : plain, { 'content-type': 'application/x-ndjson', ...(zip ? { 'content-encoding': 'gzip' } : {}) })
  }

  poll(index: number, etag?: string, wait = '55s', agent?: http.Agent): Promise<Answer> {
    return this.#signed('GET', `/node/v1/desired?index=${index}&wait=${wait}`, Buffer.alloc(0), etag ? { 'if-none-match': etag } : {}, {}, agent)
  }

  /** A read, without waiting for news. */
  get(path: string, tampering: Tampering = {}): Promise<Answer> {
    return this.#signed('GET', path, Buffer.alloc(0), {}, tampering)
  }

  /** Of a call without a body that is not sent here. */
  signedHeaders(method: string, path: string, tampering: Tampering = {}): Record<string, string> {
    return this.#headers(method, path, Buffer.alloc(0), {}, tampering)
  }

  #headers(method: string, path: string, body: Buffer, headers: Record<string, string>, tampering: Tampering): Record<string, string> {
    const timestamp = String(tampering.timestampMs ?? Date.now())
    const nonce = tampering.nonce ?? randomBytes(12).toString('hex')
    const payload = signaturePayload({ method, path, bodySha256: createHash('sha256').update(body).digest('hex'), timestamp, nonce })
    const signature = sign(null, Buffer.from(payload), tampering.key ?? this.keys.privateKey).toString('base64')
    return {
      ...headers, authorization: `Bearer ${tampering.credential ?? this.credential}`, 'x-node-id': this.nodeId, 'x-timestamp': timestamp,
      'x-nonce': nonce, 'x-signature': signature, ...tampering.headers,
    }
  }

  #signed(method: string, path: string, body: Buffer, headers: Record<string, string>, tampering: Tampering = {}, agent?: http.Agent): Promise<Answer> {
    return send(this.port, {
      method, path, body: tampering.sentBody ?? body, ...(agent ? { agent } : {}), headers: this.#headers(method, path, body, headers, tampering),
    })
  }

  #accept(answer: Answer): Answer {
    const parsed = RegisterReply.safeParse(answer.body)
    if (answer.status < 300 && parsed.success) {
      Object.assign(this, { nodeId: parsed.data.node_id, sessionId: parsed.data.session_id, credential: parsed.data.credential, seq: 0 })
    }
    return answer
  }
}

const nodeApi: http.RequestListener = (req, res) => void handleNodeRequest(req, res)

export const listen = async (handler = nodeApi): Promise<{ port: number; close(): Promise<void> }> => {
  const server = http.createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

/** The node API, listening for the tests of a file, and an operator. After `withRuntime()`. */
export const withNodeApi = () => {
  const made = { server: null as Awaited<ReturnType<typeof listen>> | null, staff: null as Awaited<ReturnType<typeof makeUser>> | null }
  beforeAll(async () => {
    made.server = await listen()
    made.staff = await makeUser({ staff: true })
  })
  afterAll(() => made.server?.close())
  const there = <T>(one: T | null): T => {
    if (one === null) throw new Error('only within a test')
    return one
  }
  return { port: () => there(made.server).port, staff: () => there(made.staff) }
}
