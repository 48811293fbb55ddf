import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { brandOfHost } from '../../domain/branding/index.ts'
import { consoleAuthority, consoleNames, currentDist, installScript, NodeFault } from '../../domain/nodes/index.ts'

/** Each may be a hundred megabytes on its way to a slow machine. */
const MOST_STREAMS = 32
const FOR_EVER = 'public, max-age=31536000, immutable'
let streams = 0

/** `GET /node/v1/dist`, `…/dist/ca` and `…/dist/<sha256>`: public code, asked for by its hash, so nobody has to say who they are. */
export const handleDist = async (req: IncomingMessage, res: ServerResponse, name: string): Promise<void> => {
  if (req.method !== 'GET' && req.method !== 'HEAD') throw new NodeFault('bad_request', 'Use GET.', { status: 405 })
  if (name === 'ca') return sendText(res, required(await consoleAuthority(), 'This console has a certificate of a public authority.'), 'application/x-pem-file')
  if (name === 'console') return sendText(res, JSON.stringify(consoleNames()), 'application/json')
  const dist = await currentDist()
  if (!dist) throw new NodeFault('unavailable', 'This portal was not built whole: it has no agent to give. Run npm run up there.', { retryAfterMs: 10_000 })
  if (name === '') return sendText(res, dist.manifest, 'application/json', { etag: `"${dist.id}"`, 'x-release': dist.id })
  if (name === dist.id) return sendText(res, dist.manifest, 'application/json', { 'cache-control': FOR_EVER })
  const file = required(dist.files.get(name) ?? null, 'There is no such file in the present release. Ask for its manifest again.')
  await sendFile(req, res, { ...file, etag: `"${name}"` })
}

const required = <T>(value: T | null, message: string): T => {
  if (value === null) throw new NodeFault('bad_request', message, { status: 404 })
  return value
}

const sendText = (res: ServerResponse, text: string, type: string, headers: Record<string, string> = {}): void => {
  res.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(text), 'cache-control': 'no-cache', ...headers })
  res.end(res.req.method === 'HEAD' ? undefined : text)
}

interface Part { start: number; end: number }

/** One range, as `curl -C -` and our own client ask; null: the whole. */
export const rangeOf = (header: string | undefined, bytes: number): Part | 'unsatisfiable' | null => {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return null
  const start = from === '' ? Math.max(0, bytes - Number(to)) : Number(from)
  const end = from === '' || to === '' ? bytes - 1 : Math.min(bytes - 1, Number(to))
  return start > end || start >= bytes ? 'unsatisfiable' : { start, end }
}

export const sendFile = async (req: IncomingMessage, res: ServerResponse, file: { path: string; bytes: number; etag: string }): Promise<void> => {
  const headers = { etag: file.etag, 'cache-control': FOR_EVER, 'accept-ranges': 'bytes' }
  if (req.headers['if-none-match'] === file.etag) return void res.writeHead(304, headers).end()
  const wanted = req.headers['if-range'] === undefined || req.headers['if-range'] === file.etag ? rangeOf(req.headers.range, file.bytes) : null
  if (wanted === 'unsatisfiable') return void res.writeHead(416, { ...headers, 'content-range': `bytes */${file.bytes}` }).end()
  const { start, end } = wanted ?? { start: 0, end: file.bytes - 1 }
  const range = wanted ? { 'content-range': `bytes ${start}-${end}/${file.bytes}` } : {}
  if (req.method !== 'HEAD' && streams >= MOST_STREAMS) throw new NodeFault('unavailable', 'Many machines fetch at once. Try again.', { retryAfterMs: 5_000 })
  res.writeHead(wanted ? 206 : 200, { ...headers, ...range, 'content-type': 'application/octet-stream', 'content-length': end - start + 1 })
  if (req.method === 'HEAD') return void res.end()
  streams += 1
  try {
    await pipeline(createReadStream(file.path, { start, end }), res)
  } catch {
    // The machine went away; it asks for the rest.
    res.destroy()
  } finally {
    streams -= 1
  }
}

/** `GET /install.sh` on a console's host: no secret in it, the same for everybody. */
export const handleInstallScript = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
  const plain = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' }
  if (!(await brandOfHost(req.headers.host))) return void res.writeHead(421, plain).end('No console is served under this host name.\n')
  if (req.method !== 'GET' && req.method !== 'HEAD') return void res.writeHead(405, { ...plain, allow: 'GET' }).end('Use GET.\n')
  const script = await installScript()
  res.writeHead(200, { ...plain, 'content-type': 'text/x-shellscript; charset=utf-8', 'content-length': Buffer.byteLength(script) })
  res.end(req.method === 'HEAD' ? undefined : script)
}
