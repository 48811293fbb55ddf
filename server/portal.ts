import http from 'node:http'
import type { Env } from './core/env.ts'
import { log } from './core/log.ts'
import type { AnyOperation } from './core/operation.ts'
import { runtime } from './core/runtime.ts'
import { composites, files, operations, sandboxComposites, sandboxOperations } from './compose.ts'
import { prepareSetup } from './domain/auth/index.ts'
import { seedPriceLists } from './domain/billing/index.ts'
import { ensurePlatformBrand } from './domain/branding/index.ts'
import { endAllSessions, endForgottenSessions } from './domain/exec/index.ts'
import { ensureLocalJoinToken, watchNodes } from './domain/nodes/index.ts'
import { startSandbox } from './sandbox/index.ts'
import { startConsole } from './transport/console.ts'
import { doorOf, type Door } from './transport/doors.ts'
import { handleHook } from './transport/inbound/hooks.ts'
import { handleLive } from './transport/live/index.ts'
import { handleInstallScript, handleNodeRequest, stopNodeApi } from './transport/node/index.ts'
import { handleHealth } from './transport/health.ts'
import { countAnswer, handleMetrics } from './transport/metrics.ts'
import { createDocsHandler } from './transport/rest/docs.ts'
import { createRestHandler } from './transport/rest/handler.ts'
import { handleTrpc } from './transport/trpc/handler.ts'
import { createUpgrades } from './transport/upgrades.ts'

type Handler = (req: http.IncomingMessage, res: http.ServerResponse) => void | Promise<void>

/** First things of an installation: brand, prices, setup code, the local node's join token. Safe to run at every start. */
const bootstrap = async (env: Env): Promise<void> => {
  const brand = await runtime().databases.asSystem('brand', async (db) => {
    const platform = await ensurePlatformBrand(db, env.SHELLWEGO_DOMAIN)
    if (platform.created) await seedPriceLists(db, platform.id)
    return platform
  })
  await prepareSetup(brand.id)
  await ensureLocalJoinToken(env.SHELLWEGO_DATA)
  await endForgottenSessions()
}

/** One HTTP server: the API and the node API as plain handlers, everything else Next. */
export const startPortal = async (env: Env): Promise<{ stop(): Promise<void> }> => {
  await bootstrap(env)
  const console = await startConsole(env)
  const isSandbox = env.SHELLWEGO_MODE === 'sandbox'
  const sandbox = isSandbox ? await startSandbox() : null
  const all = [...operations, ...(isSandbox ? sandboxOperations : [])]
  const rest = createRestHandler({ operations: all, composites: [...composites, ...(isSandbox ? sandboxComposites : [])], files, live: handleLive })
  const docs = createDocsHandler([...all, ...composites, ...(isSandbox ? sandboxComposites : []), ...files] as unknown as readonly AnyOperation[])
  const behind: Record<Door, Handler> = {
    rest, trpc: handleTrpc, node: handleNodeRequest, install: handleInstallScript, hooks: handleHook,
    health: (_req, res) => handleHealth(res), metrics: handleMetrics, docs,
  }
  const route = (path: string): Handler => {
    const door = doorOf(path)
    return door === null ? console.handle : behind[door]
  }
  const server = http.createServer((req, res) => {
    const path = (req.url ?? '/').split('?', 1)[0] ?? '/'
    countAnswer(doorOf(path), res)
    Promise.resolve(route(path)(req, res)).catch((error: unknown) => {
      log.error({ path, error: error instanceof Error ? error.stack : String(error) }, 'a request was dropped')
      res.destroy()
    })
  })
  const upgrades = createUpgrades()
  server.on('upgrade', upgrades.handle)
  Object.assign(server, { requestTimeout: 0, headersTimeout: 60_000, keepAliveTimeout: 75_000 })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(env.PORT, '127.0.0.1', resolve))
  const stopWatching = watchNodes()
  return {
    stop: async () => {
      stopWatching()
      stopNodeApi()
      await endAllSessions()
      upgrades.close()
      server.close()
      server.closeAllConnections()
      await sandbox?.stop()
      await console.stop()
    },
  }
}
