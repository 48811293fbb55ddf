import { readFileSync } from 'node:fs'
import { readEnv } from '../../server/core/env.ts'
import type { Runtime } from '../../server/core/runtime.ts'
import { startCore } from '../../server/start-core.ts'
import type { Product } from '../test/product.ts'
import { readJournal } from '../up/journal.ts'

/** The server's own code in this process, on the database of a running product and with its portal's environment. */
export async function joinPortal(product: Product): Promise<{ runtime: Runtime; portalPid: number; stop: () => Promise<void> }> {
  const portal = readJournal(product.data).portal
  if (!portal) throw new Error('the product has no portal running')
  const environment = Object.fromEntries(readFileSync(`/proc/${portal.pid}/environ`, 'utf8').split('\0').filter(Boolean)
    .map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]))
  const { SHELLWEGO_SETUP: _, ...settings } = environment
  const core = await startCore(readEnv({ ...settings, NODE_ENV: 'production' }), { jobs: [], work: false, poolSize: 4 })
  return { runtime: core.runtime, portalPid: portal.pid, stop: () => core.stop() }
}
