/** Answers for hosts under the apps domain that no route names: the edge is led here by our DNS, and says so at once. */
import { createServer, type Server } from 'node:http'
import { EDGE_PORT } from '../drivers/network.ts'
import { noAppPage } from '../drivers/route/caddy/pages.ts'

export function startNoAppServer(address: string): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(404, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(noAppPage)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(EDGE_PORT, address, () => resolve(server))
  })
}
