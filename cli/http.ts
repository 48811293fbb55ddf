import http from 'node:http'
import https from 'node:https'
import { Readable } from 'node:stream'
import tls from 'node:tls'

const CONNECT_TIMEOUT_MS = 10_000
const EMPTY = new Set([204, 205, 304])

/** Names under `localhost` are this machine by definition; not every resolver knows. */
const hostOf = (url: URL): string => url.hostname.endsWith('.localhost') ? '127.0.0.1' : url.hostname.replace(/^\[|\]$/g, '')

function optionsOf(request: Request, url: URL, ca: string | undefined): https.RequestOptions {
  return {
    method: request.method, host: hostOf(url), path: url.pathname + url.search, signal: request.signal,
    port: url.port === '' ? undefined : Number(url.port),
    headers: { ...Object.fromEntries(request.headers), host: url.host },
    ...(url.protocol === 'https:' ? { servername: url.hostname, ...(ca ? { ca: [...tls.rootCertificates, ca] } : {}) } : {}),
  }
}

function responseOf(answer: http.IncomingMessage): Response {
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headers)) for (const one of [value ?? []].flat()) headers.append(name, one)
  const status = answer.statusCode ?? 500
  if (EMPTY.has(status)) answer.resume()
  const body = EMPTY.has(status) ? null : Readable.toWeb(answer) as unknown as ReadableStream
  return new Response(body, { status, statusText: answer.statusMessage ?? '', headers })
}

/** `fetch` that trusts one authority more: the local one of an installation without a public name. Follows no redirects: none are sent. */
export function fetchTrusting(ca: string | undefined): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url)
    const body = Buffer.from(await request.arrayBuffer())
    return new Promise((resolve, reject) => {
      const options = optionsOf(request, url, ca)
      const outgoing = url.protocol === 'https:' ? https.request(options) : http.request(options)
      const connecting = setTimeout(() => outgoing.destroy(new Error('the connection took too long')), CONNECT_TIMEOUT_MS)
      outgoing.on('socket', (socket) => socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(connecting)))
      outgoing.on('response', (answer) => {
        clearTimeout(connecting)
        resolve(responseOf(answer))
      })
      outgoing.on('error', (error) => {
        clearTimeout(connecting)
        reject(error)
      })
      outgoing.setHeader('content-length', body.length)
      outgoing.end(body)
    })
  }
}
