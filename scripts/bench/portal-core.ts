import { readFileSync } from 'node:fs'
import { readEnv, type Env } from '../../server/core/env.ts'
import type { Runtime } from '../../server/core/runtime.ts'
import { startCore } from '../../server/start-core.ts'
import type { Product } from '../test/product.ts'
import { readJournal } from '../up/journal.ts'

interface PortalEnvironment { pid: number; env: Env }

/** What the portal of a running product was started with. */
export function portalEnvironment(product: Product): PortalEnvironment {
  const portal = readJournal(product.data).portal
  if (!portal) throw new Error('the product has no portal running')
  const environment = Object.fromEntries(readFileSync(`/proc/${portal.pid}/environ`, 'utf8').split('\0').filter(Boolean)
    .map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]))
  const { SHELLWEGO_SETUP: _, ...settings } = environment
  return { pid: portal.pid, env: readEnv({ ...settings, NODE_ENV: 'production' }) }
}

/** The server's own code in this process, on the database of a running product and with its portal's environment. */
export async function joinPortal(product: Product): Promise<{ runtime: Runtime; portalPid: number; stop: () => Promise<void> }> {
  const { pid, env } = portalEnvironment(product)
  const core = await startCore(env, { jobs: [], work: false, poolSize: 4 })
  return { runtime: core.runtime, portalPid: pid, stop: () => core.stop() }
}
