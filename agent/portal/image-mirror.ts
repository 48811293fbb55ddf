/** Images that come with the product lie in the portal's registry, on loopback there. Here this answers in its place, asking the portal as this node. */
import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { registryHeaders } from '../../server/contract/node-api/registry-headers.ts'
import { errorText, type Logger } from '../runtime/log.ts'

export interface ImageMirrorOptions {
  port: number
  portal: { url: string; ca: string | null }
  /** Of a call without a body. */
  headers: (method: string, path: string) => Record<string, string>
  log: Logger
}

export function startImageMirror(options: ImageMirrorOptions): Promise<Server> {
  const server = createServer((req, res) => answer(options, req, res))
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', () => resolve(server))
  })
}

function answer({ portal, headers, log }: ImageMirrorOptions, req: IncomingMessage, res: ServerResponse): void {
  const { method = 'GET', url = '/' } = req
  if ((method !== 'GET' && method !== 'HEAD') || !/^\/v2\/[A-Za-z0-9._:/@-]*$/.test(url) || url.includes('..')) {
    res.writeHead(405).end()
    return
  }
  const path = `/node/v1/images${url}`
  const target = new URL(portal.url + path)
  const accept = req.headers.accept
  const call = { method, headers: { ...headers(method, path), ...(accept === undefined ? {} : { accept }) }, agent: false as const }
  const outgoing = target.protocol === 'https:' ? httpsRequest(target, { ...call, ...(portal.ca === null ? {} : { ca: portal.ca }) }) : httpRequest(target, call)
  outgoing.setTimeout(60_000, () => outgoing.destroy(new Error('no answer within 60 s')))
  outgoing.on('error', (error) => {
    log.warn('an image of the product could not be read from the portal', { error: errorText(error) })
    if (res.headersSent) res.destroy()
    else res.writeHead(502).end()
  })
  outgoing.on('response', (incoming) => {
    res.writeHead(incoming.statusCode ?? 502, registryHeaders(incoming.headers))
    incoming.pipe(res)
  })
  res.once('close', () => outgoing.destroy())
  outgoing.end()
}
