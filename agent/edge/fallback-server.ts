/** Answers for apps that cannot: the edge is led here by our DNS, so a visitor learns at once what is the matter. */
import { createServer, type Server } from 'node:http'
import { EDGE_PORT } from '../drivers/network.ts'
import type { RouteTable } from './route-table.ts'
import { appDownPage, appPausedPage, noAppPage } from '../drivers/route/caddy/pages.ts'

const COMMON = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }

/** Tells an app that is down from one that is paused, and from an address nobody uses. */
export function startFallbackServer(address: string, { isApp, isPaused, isOurs }: Pick<RouteTable, 'isApp' | 'isPaused' | 'isOurs'>): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume()
    const host = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
    if (isPaused(host)) response.writeHead(503, { ...COMMON, 'retry-after': '60' }).end(appPausedPage)
    else if (isApp(host)) response.writeHead(503, { ...COMMON, 'retry-after': '5' }).end(appDownPage)
    // A name that was never led here on purpose: the same answer the console gives.
    else response.writeHead(isOurs(host) ? 404 : 421, COMMON).end(noAppPage)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(EDGE_PORT, address, () => resolve(server))
  })
}
