import createFetchClient, { type Client as FetchClient, type Middleware } from 'openapi-fetch'
import { errorOf } from './errors.ts'
import type { paths } from './generated/api.ts'
import { serializeQuery } from './query.ts'
import { withRetries, type RetryOptions } from './retry.ts'

export interface ClientOptions {
  /** Where the console is served, `https://console.example.com`. */
  baseUrl: string
  token?: string
  /** For people who belong to several. */
  organizationId?: string
  userAgent?: string
  /** 3 unless said; a change is repeated under the same Idempotency-Key. */
  retries?: number
  /** Ends whatever is under way. */
  signal?: AbortSignal
  fetch?: RetryOptions['fetch']
  sleep?: RetryOptions['sleep']
}

export type Client = FetchClient<paths>

const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

const sleep = (ms: number, signal: AbortSignal): Promise<void> => new Promise((resolve, reject) => {
  const timer = setTimeout(() => {
    signal.removeEventListener('abort', stop)
    resolve()
  }, ms)
  const stop = (): void => {
    clearTimeout(timer)
    reject(signal.reason as Error)
  }
  signal.addEventListener('abort', stop, { once: true })
})

function headersOf({ token, organizationId, userAgent }: ClientOptions): Record<string, string> {
  return {
    accept: 'application/json',
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(organizationId ? { 'shellwego-organization': organizationId } : {}),
    ...(userAgent ? { 'user-agent': userAgent } : {}),
  }
}

/** Each change gets a key, so that it can be sent twice and count once. */
const keyed: Middleware = {
  onRequest: ({ request }) => {
    if (CHANGES.has(request.method) && !request.headers.has('idempotency-key')) request.headers.set('idempotency-key', crypto.randomUUID())
    return request
  },
}

const endedBy = (signal: AbortSignal): Middleware => ({ onRequest: ({ request }) => new Request(request, { signal }) })

const refusing: Middleware = {
  onResponse: async ({ response }) => {
    if (!response.ok) throw await errorOf(response)
  },
}

/** A client of one installation. A refusal is thrown as an `ApiError`, a lost connection as a `ConnectionError`. */
export function createClient(options: ClientOptions): Client {
  const client = createFetchClient<paths>({
    baseUrl: options.baseUrl.replace(/\/+$/, ''),
    headers: headersOf(options),
    querySerializer: serializeQuery,
    fetch: withRetries({ retries: options.retries ?? 3, longestWaitS: 60, fetch: options.fetch ?? fetch, sleep: options.sleep ?? sleep }),
  })
  client.use(keyed, refusing)
  if (options.signal) client.use(endedBy(options.signal))
  return client
}
