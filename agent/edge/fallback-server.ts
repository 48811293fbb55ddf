/** Answers for apps that cannot: the edge is led here by our DNS, so a visitor learns at once what is the matter. */
import { createServer, type Server } from 'node:http'
import { EDGE_PORT } from '../drivers/network.ts'
import { appDownPage, noAppPage } from '../drivers/route/caddy/pages.ts'

const COMMON = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }

/** `isApp` tells an app that is down from an address nobody uses. */
export function startFallbackServer(address: string, isApp: (host: string) => boolean): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume()
    const host = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
    if (isApp(host)) response.writeHead(503, { ...COMMON, 'retry-after': '5' }).end(appDownPage)
    else response.writeHead(404, COMMON).end(noAppPage)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(EDGE_PORT, address, () => resolve(server))
  })
}
