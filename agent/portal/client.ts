/** Signed calls of the node API. A reply counts only with the right content type and schema: a proxy's page is never an answer. */
import { createHash, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { z } from 'zod'
import { NodeError, signaturePayload, type NodeErrorCode } from '../../server/contract/node-api/v1.ts'
import type { HttpAnswer, Transport } from './http.ts'
import type { NodeKey } from './node-key.ts'

export class PortalError extends Error {
  /** Null when the portal did not answer in its own words: no network, a proxy's error page, a cut-off body. */
  readonly code: NodeErrorCode | null
  readonly retryAfterMs: number | null
  readonly expected: number | null
  constructor(code: NodeErrorCode | null, message: string, more: { retryAfterMs?: number | null; expected?: number | null } = {}) {
    super(message)
    this.code = code
    this.retryAfterMs = more.retryAfterMs ?? null
    this.expected = more.expected ?? null
  }
}

export interface Credentials { nodeId: string; credential: string }

export interface CallOptions {
  timeoutMs?: number
  signal?: AbortSignal
  headers?: Record<string, string>
}

export interface PortalClient {
  get<T>(path: string, schema: z.ZodType<T>, options?: CallOptions): Promise<{ value: T; headers: HttpAnswer['headers'] } | null>
  post<T>(path: string, body: unknown, schema: z.ZodType<T>, options?: CallOptions): Promise<T>
  postNdjson<T>(path: string, lines: string, schema: z.ZodType<T>): Promise<T>
  /** For a call that is not sent here: a WebSocket's handshake, which has no body. */
  signedHeaders(method: string, path: string): Record<string, string>
  useCredentials(credentials: Credentials | null): void
}

const DEFAULT_TIMEOUT_MS = 15_000
const GZIP_FROM_BYTES = 4096

export function createPortalClient(transport: Transport, key: NodeKey): PortalClient {
  let credentials: Credentials | null = null
  let clockOffsetMs = 0

  const signed = (method: string, path: string, body: Buffer | null): Record<string, string> => {
    if (!credentials) return {}
    const timestamp = String(Math.round(Date.now() + clockOffsetMs))
    const nonce = randomBytes(16).toString('hex')
    const bodySha256 = createHash('sha256').update(body ?? '').digest('hex')
    return {
      authorization: `Bearer ${credentials.credential}`,
      'x-node-id': credentials.nodeId,
      'x-timestamp': timestamp,
      'x-nonce': nonce,
      'x-signature': key.sign(signaturePayload({ method, path, bodySha256, timestamp, nonce })),
    }
  }

  const exchange = async (method: 'GET' | 'POST', path: string, body: Buffer | null, options: CallOptions, retried = false): Promise<HttpAnswer> => {
    const headers = { accept: 'application/json', ...options.headers, ...signed(method, path, body) }
    const call = { method, path, headers, body, timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS, ...(options.signal ? { signal: options.signal } : {}) }
    const answer = await transport.send(call).catch((error: Error) => {
      throw new PortalError(null, `The portal cannot be reached: ${error.message}`)
    })
    if (answer.status < 400) return answer
    const fault = faultOf(answer)
    if (fault.code === 'clock_skew' && fault.serverTimeMs !== null && !retried) {
      clockOffsetMs = fault.serverTimeMs - Date.now()
      return exchange(method, path, body, options, true)
    }
    throw fault.error
  }

  const encode = (text: string, type: string): { body: Buffer; headers: Record<string, string> } => {
    const plain = Buffer.from(text)
    if (plain.length < GZIP_FROM_BYTES) return { body: plain, headers: { 'content-type': type } }
    return { body: gzipSync(plain, { level: 3 }), headers: { 'content-type': type, 'content-encoding': 'gzip' } }
  }

  return {
    useCredentials(next) {
      credentials = next
    },
    signedHeaders: (method, path) => signed(method, path, null),
    async get(path, schema, options = {}) {
      const answer = await exchange('GET', path, null, options)
      return answer.status === 304 ? null : { value: decode(answer, schema), headers: answer.headers }
    },
    async post(path, body, schema, options = {}) {
      const sent = encode(JSON.stringify(body), 'application/json')
      return decode(await exchange('POST', path, sent.body, { ...options, headers: { ...options.headers, ...sent.headers } }), schema)
    },
    async postNdjson(path, lines, schema) {
      const sent = encode(lines, 'application/x-ndjson')
      return decode(await exchange('POST', path, sent.body, { headers: sent.headers, timeoutMs: 30_000 }), schema)
    },
  }
}

function decode<T>(answer: HttpAnswer, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(jsonOf(answer))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new PortalError(null, `The answer is not of the node API: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`)
}

function jsonOf(answer: HttpAnswer): unknown {
  if (!/^application\/(\w+\+)?json\b/.test(answer.headers['content-type'] ?? '')) {
    throw new PortalError(null, `The answer is not JSON (HTTP ${answer.status}, ${answer.headers['content-type'] ?? 'no content type'}); a proxy may stand in between.`)
  }
  try {
    return JSON.parse(answer.body.toString('utf8'))
  } catch {
    throw new PortalError(null, 'The answer is no valid JSON; it may have been cut off.')
  }
}

interface Fault { code: NodeErrorCode | null; serverTimeMs: number | null; error: PortalError }

function faultOf(answer: HttpAnswer): Fault {
  const header = Number(answer.headers['retry-after'])
  const retryAfterMs = Number.isFinite(header) && header >= 0 ? header * 1000 : null
  let parsed: ReturnType<typeof NodeError.safeParse> | null = null
  try {
    parsed = NodeError.safeParse(jsonOf(answer))
  } catch {
    parsed = null
  }
  if (!parsed?.success) {
    return { code: null, serverTimeMs: null, error: new PortalError(null, `The portal answered HTTP ${answer.status}.`, { retryAfterMs }) }
  }
  const { code, message, retry_after_ms, expected, server_time } = parsed.data
  const serverTimeMs = server_time ? Date.parse(server_time) : Number.NaN
  const error = new PortalError(code, message, { retryAfterMs: retry_after_ms ?? retryAfterMs, expected: expected ?? null })
  return { code, serverTimeMs: Number.isNaN(serverTimeMs) ? null : serverTimeMs, error }
}
