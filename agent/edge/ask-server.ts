/** Answers the edge's question "may I get a certificate for this host?" from local knowledge, so the portal may be away. */
import { createServer, type Server } from 'node:http'

export function startAskServer(port: number, isKnown: (host: string) => boolean): Promise<Server> {
  const server = createServer((request, response) => {
    const host = new URL(request.url ?? '/', 'http://ask').searchParams.get('domain')?.toLowerCase() ?? ''
    response.statusCode = isKnown(host) ? 200 : 404
    response.end()
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}
