import { once } from 'node:events'
import { createServer } from 'node:http'
import { runtime } from '../core/runtime.ts'
import { originOf } from '../domain/branding/index.ts'
import { createPostgresStore } from './postgres-store.ts'
import { sandboxSettings } from './provider-settings.ts'
import { createProviderServer, type ProviderServer } from './providers/provider-server.ts'

let running: ProviderServer | null = null

/** The fake providers of this process; only the portal has them. */
export const sandboxProviders = (): ProviderServer => {
  if (!running) throw new Error('the sandbox providers are not started')
  return running
}

/** Starts Stripe's and Paystack's stand-ins on loopback; their webhooks come to the portal's own routes. */
export const startSandbox = async (): Promise<{ stop(): Promise<void> }> => {
  const { env, clock } = runtime()
  const { port, secrets } = sandboxSettings(env)
  const hook = (name: string): string => `http://127.0.0.1:${env.PORT}/hooks/${name}`
  const providers = createProviderServer({
    store: createPostgresStore(), secrets, webhookTarget: hook, now: () => clock.now(),
    checkoutUrl: (provider, id) => `${originOf(env.SHELLWEGO_DOMAIN)}/sandbox/checkout/${provider}/${encodeURIComponent(id)}`,
  })
  const server = createServer(providers.handler)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  running = providers
  await providers.resume()
  return {
    stop: async () => {
      running = null
      server.closeAllConnections()
      server.close()
      await providers.close()
    },
  }
}
