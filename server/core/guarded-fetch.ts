import { Resolver } from 'node:dns/promises'
import http from 'node:http'
import net, { isIP } from 'node:net'
import tls from 'node:tls'
import { OUTGOING_FAULTS, type OutgoingFault } from '../contract/outgoing.ts'
import { allows, isOwnAddress, isPublicAddress, parseAllowList, type AllowedNetwork } from '../contract/address-rules.ts'
import { runtime } from './runtime.ts'

/** No answer, and why. `message` is public text; an address a name led to is never part of it. */
export class OutgoingError extends Error {
  readonly code: OutgoingFault
  constructor(code: OutgoingFault, detail = '', cause?: unknown) {
    super(`${OUTGOING_FAULTS[code]}${detail ? ` (${detail})` : ''}`, { cause })
    this.code = code
  }
}

export interface OutgoingPolicy {
  /** Networks of the operator that may be reached although they are private. */
  allow: readonly AllowedNetwork[]
  plainHttp: boolean
  ports: ReadonlySet<number>
  /** Names of this installation's console: never meant. */
  ownHosts: readonly string[]
  /** Name servers as `address:port`; the machine's own unless set. */
  nameServers?: readonly string[]
  /** Certificate authorities beside the usual ones. */
  ca?: readonly string[]
}

const OPEN_PORTS: ReadonlySet<number> = new Set([80, 443, 8080, 8443])

export const outgoingPolicy = (): OutgoingPolicy => {
  const { SHELLWEGO_MODE: mode, SHELLWEGO_DOMAIN: domain, SHELLWEGO_WEBHOOK_ALLOW: allow } = runtime().env
  return { allow: parseAllowList(allow ?? ''), plainHttp: mode === 'sandbox', ports: OPEN_PORTS, ownHosts: [domain] }
}

export interface OutgoingRequest {
  url: string
  method?: string
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array
  /** For everything together: name, connection, TLS, answer. */
  timeoutMs?: number
  /** What is beyond is not read. */
  maxBytes?: number
}

export interface OutgoingAnswer { status: number; headers: Record<string, string>; body: Buffer; truncated: boolean; durationMs: number }

interface Target { url: URL; host: string; port: number; secure: boolean }

/** What can be said without a look-up: form, scheme, port, and addresses written as such in whatever notation. */
export const checkOutgoingUrl = (text: string, policy: OutgoingPolicy = outgoingPolicy()): Target => {
  let url: URL
  try { url = new URL(text) } catch { throw new OutgoingError('invalid_url') }
  const secure = url.protocol === 'https:'
  if (!secure && !(url.protocol === 'http:' && policy.plainHttp)) throw new OutgoingError('scheme_not_allowed')
  if (url.username || url.password) throw new OutgoingError('credentials_not_allowed')
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '').toLowerCase()
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port)
  if (!policy.ports.has(port) && !policy.allow.some((entry) => entry.port === port || (entry.port === null && port >= 1024))) throw new OutgoingError('port_not_allowed')
  if (policy.ownHosts.includes(host)) throw new OutgoingError('address_not_allowed')
  const known = knownAddresses(host)
  if (known && !known.some((address) => mayReach(address, port, policy))) throw new OutgoingError('address_not_allowed')
  return { url, host, port, secure }
}

/** Addresses that need no look-up. */
const knownAddresses = (host: string): string[] | null => {
  if (isIP(host) !== 0) return [host]
  return host === 'localhost' || host.endsWith('.localhost') ? ['127.0.0.1', '::1'] : null
}

const mayReach = (address: string, port: number, policy: OutgoingPolicy): boolean =>
  allows(policy.allow, address, port, policy.ports) || (policy.ports.has(port) && isPublicAddress(address) && !isOwnAddress(address))

/** One look-up per request. It uses no thread of the pool, so a slow name server holds up nobody else. */
const resolve = async (host: string, policy: OutgoingPolicy, signal: AbortSignal): Promise<string[]> => {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  if (policy.nameServers) resolver.setServers([...policy.nameServers])
  const cancel = (): void => resolver.cancel()
  signal.addEventListener('abort', cancel)
  try {
    const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
    const addresses = found.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    if (addresses.length === 0) throw new OutgoingError('name_not_found')
    return addresses
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

const MAX_ADDRESSES = 4

/** Connects to the very addresses that were checked; the name is not asked again. */
const connect = async ({ host, port }: Target, policy: OutgoingPolicy, timeoutMs: number, signal: AbortSignal): Promise<net.Socket> => {
  const permitted = (knownAddresses(host) ?? await resolve(host, policy, signal)).filter((address) => mayReach(address, port, policy)).slice(0, MAX_ADDRESSES)
  if (permitted.length === 0) throw new OutgoingError('address_not_allowed')
  let last: unknown = null
  for (const address of permitted) {
    try {
      return await connectTo(address, port, timeoutMs / permitted.length, signal)
    } catch (error) {
      last = error
      if (signal.aborted) break
    }
  }
  throw new OutgoingError('connection_failed', codeOf(last), last)
}

const connectTo = (address: string, port: number, limitMs: number, signal: AbortSignal): Promise<net.Socket> =>
  new Promise((resolve, reject) => {
    const socket = net.connect({ host: address, port, autoSelectFamily: false, signal })
    const limit = setTimeout(() => socket.destroy(new Error('ETIMEDOUT')), limitMs)
    socket.on('error', () => {}) // what comes after the connection stood is told by TLS or HTTP above it
    socket.once('error', (error) => {
      clearTimeout(limit)
      reject(error)
    })
    socket.once('connect', () => {
      clearTimeout(limit)
      resolve(socket)
    })
  })

const encrypt = (socket: net.Socket, { host }: Target, policy: OutgoingPolicy): Promise<tls.TLSSocket> =>
  new Promise((resolve, reject) => {
    const secured = tls.connect({
      socket, host, ALPNProtocols: ['http/1.1'], ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(policy.ca ? { ca: [...tls.rootCertificates, ...policy.ca] } : {}),
    })
    secured.once('error', (error) => reject(new OutgoingError('tls_failed', codeOf(error), error)))
    secured.once('close', () => reject(new OutgoingError('tls_failed')))
    secured.once('secureConnect', () => resolve(secured))
  })

const codeOf = (error: unknown): string => {
  const { code, message } = error as { code?: unknown; message?: unknown }
  const text = [code, message].find((part) => typeof part === 'string')
  return text?.slice(0, 60) ?? ''
}

/** Sends on a connection of its own: no agent, so no proxy of the environment, no connection shared with another target. */
const exchange = (socket: net.Socket, { url }: Target, request: OutgoingRequest, maxBytes: number): Promise<Omit<OutgoingAnswer, 'durationMs'>> =>
  new Promise((resolve, reject) => {
    const body = request.body === undefined ? null : Buffer.from(request.body as string)
    const failed = (error: unknown): void => {
      const malformed = codeOf(error).startsWith('HPE_')
      reject(new OutgoingError(malformed ? 'invalid_response' : 'connection_failed', malformed ? '' : codeOf(error), error))
    }
    const outgoing = http.request({
      createConnection: () => socket, method: request.method ?? 'GET', path: url.pathname + url.search, setHost: false, maxHeaderSize: 16_384,
      headers: { 'accept-encoding': 'identity', ...request.headers, host: url.host, connection: 'close', ...(body ? { 'content-length': body.length } : {}) },
    }, (response) => {
      const chunks: Buffer[] = []
      let size = 0
      const finish = (truncated: boolean): void => {
        const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]))
        resolve({ status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).subarray(0, maxBytes), truncated })
        if (truncated) response.destroy()
      }
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        if (size > maxBytes) finish(true)
      })
      response.on('end', () => finish(false))
      response.on('error', failed)
    })
    outgoing.on('error', failed)
    outgoing.end(body)
  })

/**
 * The one way out to an address a customer chose. What is connected to is what was checked; redirects are answers, never followed.
 * Throws {@link OutgoingError}.
 */
export const send = async (request: OutgoingRequest, policy: OutgoingPolicy = outgoingPolicy()): Promise<OutgoingAnswer> => {
  const timeoutMs = request.timeoutMs ?? 15_000
  const startedMs = performance.now()
  const target = checkOutgoingUrl(request.url, policy)
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), timeoutMs)
  let socket: net.Socket | null = null
  try {
    socket = await connect(target, policy, timeoutMs, deadline.signal)
    if (target.secure) socket = await encrypt(socket, target, policy)
    const answer = await exchange(socket, target, request, request.maxBytes ?? 65_536)
    return { ...answer, durationMs: Math.round(performance.now() - startedMs) }
  } catch (error) {
    throw deadline.signal.aborted ? new OutgoingError('timeout', '', error) : error
  } finally {
    clearTimeout(timer)
    socket?.destroy()
  }
}

const FETCH_LIMIT = 1024 * 1024
const WITHOUT_BODY = new Set([204, 205, 304])

const bytesOf = (body: unknown): string | Uint8Array | undefined => {
  if (body === undefined || body === null || typeof body === 'string' || body instanceof Uint8Array) return body ?? undefined
  if (body instanceof URLSearchParams) return body.toString()
  throw new TypeError('only text, bytes and forms can be sent')
}

/** {@link send} in the form libraries take. Redirects are handed back; more than 1 MiB is an error. */
export const guardedFetch = async (
  url: string | URL, init: { method?: string; headers?: Record<string, string>; body?: unknown } = {}, policy?: OutgoingPolicy,
): Promise<Response> => {
  const bytes = bytesOf(init.body)
  const answer = await send({
    url: String(url), maxBytes: FETCH_LIMIT, ...(init.method ? { method: init.method } : {}), ...(init.headers ? { headers: init.headers } : {}),
    ...(bytes === undefined ? {} : { body: bytes }),
  }, policy)
  if (answer.truncated) throw new OutgoingError('invalid_response', 'too large')
  return new Response(WITHOUT_BODY.has(answer.status) ? null : new Uint8Array(answer.body), { status: answer.status, headers: answer.headers })
}
