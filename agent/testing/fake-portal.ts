/** The portal's side of the node API in one process, strict about signatures and numbers, with knobs for every way to fail. */
import { createHash, createPublicKey, randomUUID, verify, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import type { HostRecord, TrafficRecord } from '../../server/contract/node-api/measures.ts'
import {
  LogRecord, RegisterRequest, SessionRequest, signaturePayload, StatusRequest, UsageRequest,
  type DesiredObject, type NodeErrorCode, type ObjectStatus, type UsageRecord,
} from '../../server/contract/node-api/v1.ts'

export type Fault = 'none' | '500' | 'hang' | 'html' | 'rst' | 'truncate'

interface Reply { status: number; body?: unknown; headers?: Record<string, string> }

const sameCounters = (a: UsageRecord, b: UsageRecord): boolean => JSON.stringify(a.cum) === JSON.stringify(b.cum)

const refusal = (status: number, code: NodeErrorCode, more: object = {}): Reply => ({ status, body: { code, message: code, ...more } })

export class FakePortal {
  readonly joinTokens = new Set(['join_token'])
  readonly statuses = new Map<string, ObjectStatus>()
  readonly history: ObjectStatus[] = []
  readonly usage: UsageRecord[] = []
  readonly measures: (TrafficRecord | HostRecord)[] = []
  readonly logs = new Map<string, LogRecord>()
  readonly calls = new Map<string, number>()
  lastStatus: StatusRequest | null = null
  epoch = 'e1'
  index = 1
  objects: DesiredObject[] = []
  fault: Fault = 'none'
  clockSkewMs = 0
  refuse: NodeErrorCode | null = null
  /** Handles the call fully, then loses the reply: the agent must send again. */
  loseReplies = 0
  /** Older ones stay valid for a while, so that a lost reply locks nobody out. */
  readonly credentials = new Set<string>()
  credentialTtlS = 86_400
  /** The record first sent by this number is refused as counting less than before, whatever number it gets later. */
  decreasedSeq: number | null = null
  /** How long a status report lies about before it is judged. */
  statusDelayMs = 0
  /** Null: a portal of before fencing. */
  least: Record<string, number> | null = {}
  leaseTtlS = 40
  #key: KeyObject | null = null
  #publicKey = ''
  #installId = ''
  #session = ''
  #usageSeq = 0
  #usageStream = ''
  #decreased: UsageRecord | null = null
  readonly #nonces = new Set<string>()
  readonly #server: Server
  #waiters = new Set<() => void>()

  constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response))
  }

  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  want(objects: DesiredObject[]): void {
    this.objects = objects
    this.index += 1
    this.wake()
  }

  wake(): void {
    for (const waiter of this.#waiters) waiter()
  }

  status(id: string): ObjectStatus | null {
    return this.statuses.get(`vm:${id}`) ?? this.statuses.get(`route:${id}`) ?? this.statuses.get(`volume:${id}`) ?? this.statuses.get(`backup:${id}`) ?? null
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const path = (request.url ?? '').split('?')[0] ?? ''
    this.calls.set(path, (this.calls.get(path) ?? 0) + 1)
    if (this.#misbehave(request, response)) return
    const body = Buffer.concat(chunks)
    const plain = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
    const reply = await this.#route(request, path, body, plain.toString('utf8'))
    if (this.loseReplies > 0 && path !== '/node/v1/desired') {
      this.loseReplies -= 1
      request.socket.destroy()
      return
    }
    const text = reply.body === undefined ? '' : JSON.stringify(reply.body)
    response.writeHead(reply.status, { ...(text ? { 'content-type': 'application/json' } : {}), ...reply.headers })
    response.end(text)
  }

  #misbehave(request: IncomingMessage, response: ServerResponse): boolean {
    switch (this.fault) {
      case 'none': return false
      case 'hang': return true
      case '500': response.writeHead(500, { 'content-type': 'application/json' }).end('{"code":"unavailable","message":"down"}'); return true
      case 'html': response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please sign in to the Wi-Fi</html>'); return true
      case 'truncate': response.writeHead(200, { 'content-type': 'application/json' }).end('{"epoch":"e1","index":9,"complete":true,"obj'); return true
      case 'rst': request.socket.resetAndDestroy(); return true
    }
  }

  async #route(request: IncomingMessage, path: string, raw: Buffer, text: string): Promise<Reply> {
    if (path === '/node/v1/register') return this.#register(JSON.parse(text))
    const denied = this.#authenticate(request, raw)
    if (denied) return denied
    if (this.refuse) return refusal(this.refuse === 'node_unknown' ? 404 : 409, this.refuse)
    switch (path) {
      case '/node/v1/session': SessionRequest.parse(JSON.parse(text)); return this.#grant(200)
      case '/node/v1/desired': return this.#desired(request)
      case '/node/v1/status': return this.#status(StatusRequest.parse(JSON.parse(text)))
      case '/node/v1/usage': return this.#usage(UsageRequest.parse(JSON.parse(text)))
      case '/node/v1/logs': return this.#logs(text)
      default: return refusal(404, 'bad_request')
    }
  }

  #register(input: unknown): Reply {
    const body = RegisterRequest.parse(input)
    const again = this.#installId === body.install_id && this.#publicKey === body.public_key
    if (!this.joinTokens.has(body.join_token) && !again) return refusal(401, 'join_token_invalid')
    this.joinTokens.delete(body.join_token)
    this.#installId = body.install_id
    this.#publicKey = body.public_key
    this.#key = createPublicKey({ key: Buffer.from(body.public_key, 'base64'), format: 'der', type: 'spki' })
    return this.#grant(201)
  }

  #grant(status: number): Reply {
    this.#session = `ses_${randomUUID()}`
    const credential = `cred_${randomUUID()}`
    this.credentials.add(credential)
    const body = {
      node_id: 'node_1', session_id: this.#session, credential, credential_ttl_s: this.credentialTtlS, lease_ttl_s: 40,
      heartbeat_s: 1, poll_wait_s: 2, epoch: this.epoch, server_time: new Date().toISOString(), ...(this.least ? { fencing: true } : {}),
    }
    return { status, body }
  }

  #authenticate(request: IncomingMessage, raw: Buffer): Reply | null {
    const header = (name: string): string => String(request.headers[name] ?? '')
    if (!this.#key || !this.credentials.has(header('authorization').replace('Bearer ', ''))) return refusal(401, 'credential_expired')
    const [timestamp, nonce] = [header('x-timestamp'), header('x-nonce')]
    const payload = signaturePayload({
      method: request.method ?? '', path: request.url ?? '', bodySha256: createHash('sha256').update(raw).digest('hex'), timestamp, nonce,
    })
    if (!verify(null, Buffer.from(payload), this.#key, Buffer.from(header('x-signature'), 'base64'))) return refusal(401, 'bad_signature')
    const now = Date.now() + this.clockSkewMs
    if (Math.abs(Number(timestamp) - now) > 300_000) return refusal(401, 'clock_skew', { server_time: new Date(now).toISOString() })
    if (this.#nonces.has(nonce)) return refusal(401, 'replayed_nonce')
    this.#nonces.add(nonce)
    return null
  }

  async #desired(request: IncomingMessage): Promise<Reply> {
    const tag = (): string => `"${this.epoch}:${this.index}"`
    const index = Number(new URL(request.url ?? '', 'http://portal').searchParams.get('index'))
    if (index !== 0 && request.headers['if-none-match'] === tag()) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer)
          this.#waiters.delete(wake)
          resolve()
        }
        const timer = setTimeout(wake, 2_000)
        this.#waiters.add(wake)
      })
      if (request.headers['if-none-match'] === tag()) return { status: 304, headers: { 'x-epoch': this.epoch, 'x-index': String(this.index) } }
    }
    return { status: 200, headers: { etag: tag() }, body: { epoch: this.epoch, index: this.index, complete: true, objects: this.objects } }
  }

  async #status(body: StatusRequest): Promise<Reply> {
    await new Promise((resolve) => { setTimeout(resolve, this.statusDelayMs) })
    if (body.session_id !== this.#session) return refusal(409, 'superseded_session')
    for (const object of body.objects) {
      this.statuses.set(`${object.kind}:${object.id}`, object)
      this.history.push(object)
    }
    this.lastStatus = body
    const fencing = this.least ? { fencing: { least: this.least } } : {}
    return { status: 200, body: { acked_seq: body.seq, next_heartbeat_s: 1, lease_ttl_s: this.leaseTtlS, ...fencing } }
  }

  #usage(body: UsageRequest): Reply {
    if (body.stream_id !== this.#usageStream) {
      this.#usageStream = body.stream_id
      this.#usageSeq = 0
    }
    const refused = body.records.filter((record) => 'cum' in record).find((record) => (this.#decreased === null ? record.seq === this.decreasedSeq : sameCounters(record, this.#decreased)))
    if (refused) {
      this.#decreased = refused
      return refusal(422, 'counter_decreased', { expected: refused.seq })
    }
    for (const record of body.records) {
      if (record.seq <= this.#usageSeq) continue
      if (record.seq !== this.#usageSeq + 1) return refusal(409, 'seq_gap', { expected: this.#usageSeq + 1 })
      this.#usageSeq = record.seq
      if ('cum' in record) this.usage.push(record)
      else this.measures.push(record)
    }
    return { status: 200, body: { acked_seq: this.#usageSeq } }
  }

  #logs(text: string): Reply {
    const acked: Record<string, number> = {}
    for (const line of text.split('\n').filter(Boolean)) {
      const record = LogRecord.parse(JSON.parse(line))
      this.logs.set(`${record.start}:${record.seq}`, record)
      acked[record.start] = Math.max(acked[record.start] ?? 0, record.seq)
    }
    return { status: 200, body: { acked } }
  }
}
