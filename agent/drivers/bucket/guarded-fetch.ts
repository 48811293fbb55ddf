/** The way to a bucket: what is connected to is what was checked, connections are kept, redirects are answers and never followed. */
import { lookup, type LookupAddress } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { allows, isOwnAddress, isPublicAddress, parseAllowList } from '../../../server/contract/address-rules.ts'
import type { BucketTarget } from '../../../server/contract/node-api/backup.ts'
import { BucketError } from '../bucket.ts'

const OPEN_PORTS: ReadonlySet<number> = new Set([80, 443, 8080, 8443])
const IDLE_MS = 60_000
const MAX_BYTES = 64 * 2 ** 20
const WITHOUT_BODY = new Set([204, 205, 304])

type Guard = BucketTarget['guard']
type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

const refusal = (): BucketError =>
  new BucketError('backup_refused', 'The address of the bucket leads to a private, local or reserved network, or to a port that is not open. Nothing was sent.')

const mayReach = (guard: Guard, port: number) => (address: string): boolean => {
  if (guard === null) return true
  return allows(parseAllowList(guard.allow), address, port, OPEN_PORTS) || (OPEN_PORTS.has(port) && isPublicAddress(address) && !isOwnAddress(address))
}

const guardedLookup = (permitted: (address: string) => boolean): LookupFunction => (host, options, done) => {
  lookup(host, { family: options.family ?? 0, all: true }, (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => {
    if (error) return done(error, '', 0)
    const allowed = found.filter(({ address }) => permitted(address))
    const [first] = allowed
    if (!first) return done(refusal(), '', 0)
    if (options.all) return (done as (e: null, all: LookupAddress[]) => void)(null, allowed)
    return done(null, first.address, first.family)
  })
}

/** For one endpoint. Throws where the address itself says that it is not to be reached. */
export function bucketFetch(endpoint: string, guard: Guard): Fetch {
  const url = new URL(endpoint)
  const secure = url.protocol === 'https:'
  if (!secure && (url.protocol !== 'http:' || (guard !== null && !guard.plain_http))) throw new BucketError('backup_refused', 'Only https addresses may be reached.')
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port)
  const permitted = mayReach(guard, port)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (isIP(host) !== 0 && !permitted(host)) throw refusal()
  const options = { keepAlive: true, maxSockets: 8, timeout: IDLE_MS, lookup: guardedLookup(permitted) }
  const agent = secure ? new https.Agent(options) : new http.Agent(options)
  return (input, init = {}) => exchange(new URL(input instanceof Request ? input.url : input), init, agent)
}

function exchange(url: URL, init: RequestInit, agent: http.Agent): Promise<Response> {
  const body = init.body === undefined || init.body === null ? null : Buffer.from(init.body as Uint8Array)
  const given = Object.fromEntries(new Headers(init.headers ?? {}).entries())
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      agent, method: init.method ?? 'GET', headers: { ...given, ...(body ? { 'content-length': String(body.length) } : {}) }, timeout: IDLE_MS, ...(init.signal ? { signal: init.signal } : {}),
    }, (response) => collect(response, resolve, reject))
    request.on('timeout', () => request.destroy(new Error('no answer in time')))
    request.on('error', reject)
    request.end(body ?? undefined)
  })
}

function collect(response: http.IncomingMessage, resolve: (answer: Response) => void, reject: (error: Error) => void): void {
  const parts: Buffer[] = []
  let size = 0
  response.on('data', (part: Buffer) => {
    parts.push(part)
    size += part.length
    if (size > MAX_BYTES) response.destroy(new Error('the answer is too large'))
  })
  response.on('error', reject)
  response.on('end', () => {
    const status = response.statusCode ?? 0
    const headers = Object.entries(response.headers).map(([name, value]): [string, string] => [name, [value ?? ''].flat().join(', ')])
    resolve(new Response(WITHOUT_BODY.has(status) ? null : new Uint8Array(Buffer.concat(parts)), { status, headers }))
  })
}
