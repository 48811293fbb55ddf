/** Stands between the driver and a real registry: counts downloads and breaks answers on request. */
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { RegistryFault } from '../../image.contract.ts'

export interface FaultRegistry {
  address: string
  fault: RegistryFault
  /** Layer downloads begun, by digest. */
  readonly blobRequests: Map<string, number>
  start(): Promise<void>
  stop(): Promise<void>
}

const isLayer = (bytes: number): boolean => bytes > 2000

function relay(incoming: IncomingMessage, answer: ServerResponse, upstream: string, fault: RegistryFault): void {
  const outgoing = request(`http://${upstream}${incoming.url ?? '/'}`, { method: incoming.method, headers: { ...incoming.headers, host: upstream } }, (reply) => {
    const chunks: Buffer[] = []
    reply.on('data', (chunk: Buffer) => chunks.push(chunk))
    reply.on('end', () => {
      const body = Buffer.concat(chunks)
      const broken = incoming.url?.includes('/blobs/') === true && isLayer(body.length)
      if (broken && fault === 'corrupted') body[body.length - 100] = (body.at(-100) ?? 0) ^ 0xff
      answer.writeHead(reply.statusCode ?? 502, reply.headers)
      if (broken && fault === 'truncated') {
        answer.write(body.subarray(0, body.length / 2))
        setTimeout(() => answer.destroy(), 20)
      } else answer.end(incoming.method === 'HEAD' ? undefined : body)
    })
  })
  outgoing.on('error', () => answer.destroy())
  incoming.pipe(outgoing)
}

export function faultRegistry(port: number, upstream: string): FaultRegistry {
  const blobRequests = new Map<string, number>()
  const registry: FaultRegistry = { address: `127.0.0.1:${port}`, fault: 'none', blobRequests, start, stop }
  let server: Server | null = null

  function answer(incoming: IncomingMessage, reply: ServerResponse): void {
    const digest = /\/blobs\/(sha256:[0-9a-f]+)$/.exec(incoming.url ?? '')?.[1]
    if (digest !== undefined && incoming.method === 'GET') blobRequests.set(digest, (blobRequests.get(digest) ?? 0) + 1)
    if (registry.fault === 'error500') reply.writeHead(500, { 'content-type': 'text/plain' }).end('broken on purpose')
    else if (registry.fault === 'unauthorized') {
      const body = JSON.stringify({ errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] })
      reply.writeHead(401, { 'content-type': 'application/json', 'www-authenticate': 'Basic realm="test"' }).end(body)
    } else relay(incoming, reply, upstream, registry.fault)
  }

  async function start(): Promise<void> {
    if (server !== null) return
    const created = createServer(answer)
    server = created
    await new Promise<void>((resolve, reject) => {
      created.once('error', reject)
      created.listen(port, '127.0.0.1', resolve)
    })
  }

  async function stop(): Promise<void> {
    const running = server
    server = null
    if (running === null) return
    running.closeAllConnections()
    await new Promise((resolve) => running.close(resolve))
  }
  return registry
}
