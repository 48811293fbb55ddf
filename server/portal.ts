import http from 'node:http'
import type { Env } from './core/env.ts'
import { runtime } from './core/runtime.ts'
import { composites, operations } from './compose.ts'
import { prepareSetup } from './domain/auth/index.ts'
import { ensurePlatformBrand } from './domain/branding/index.ts'
import { ensureLocalJoinToken } from './domain/nodes/index.ts'
import { startConsole } from './transport/console.ts'
import { handleHealth } from './transport/health.ts'
import { createRestHandler, sendDocs } from './transport/rest/handler.ts'
import { handleTrpc, TRPC_PATH } from './transport/trpc/handler.ts'

type Handler = (req: http.IncomingMessage, res: http.ServerResponse) => void | Promise<void>

/** First things of an installation: brand, prices, setup code, the local node's join token. Safe to run at every start. */
const bootstrap = async (env: Env): Promise<void> => {
  const brand = await runtime().databases.asSystem('brand', (db) => ensurePlatformBrand(db, env.SHELLWEGO_DOMAIN))
  await prepareSetup(brand.id)
  await ensureLocalJoinToken(env.SHELLWEGO_DATA)
}

/** One HTTP server: the API and the node API as plain handlers, everything else Next. */
export const startPortal = async (env: Env): Promise<{ stop(): Promise<void> }> => {
  await bootstrap(env)
  const console = await startConsole(env)
  const rest = createRestHandler({ operations, composites, special: () => Promise.resolve(false) })
  const route = (path: string): Handler => {
    if (path.startsWith('/v1/')) return rest
    if (path.startsWith(TRPC_PATH)) return handleTrpc
    if (path === '/health') return (_req, res) => handleHealth(res)
    if (path === '/docs') return (_req, res) => sendDocs(res, operations)
    return console.handle
  }
  const server = http.createServer((req, res) => {
    const path = (req.url ?? '/').split('?', 1)[0] ?? '/'
    void route(path)(req, res)
  })
  Object.assign(server, { requestTimeout: 0, headersTimeout: 60_000, keepAliveTimeout: 75_000 })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(env.PORT, '127.0.0.1', resolve))
  return {
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await console.stop()
    },
  }
}
