/** Takes the node off this machine. Its VMs are stopped in order; its data stays unless it is asked to go too. */
import { existsSync, rmSync } from 'node:fs'
import { lockHolder, processStart } from '../runtime/lock.ts'
import { sleep } from '../runtime/backoff.ts'
import { layoutOf } from '../release/layout.ts'
import { join } from 'node:path'
import type { Services } from './services.ts'

const STOP_MS = 15_000

export interface UninstallPorts {
  services: Services
  isRoot: () => boolean
  /** Stops every VM and takes our network objects off the machine. */
  shutdown: (environment: string) => Promise<void>
  say: (line: string) => void
}

export async function uninstall({ data, purge }: { data: string; purge: boolean }, ports: UninstallPorts): Promise<void> {
  if (!ports.isRoot()) throw new Error('Uninstalling needs root. Put sudo before the command.')
  const layout = layoutOf(data)
  if (!existsSync(layout.environment)) throw new Error(`No node is installed in ${data}.`)
  ports.say('services')
  if (ports.services.present()) await ports.services.remove()
  const holder = lockHolder(join(layout.agentDir, 'lock'))
  if (holder) {
    process.kill(holder.pid, 'SIGTERM')
    for (let waitedMs = 0; waitedMs < STOP_MS && processStart(holder.pid) === holder.pidStart; waitedMs += 50) await sleep(50)
  }
  ports.say('virtual machines')
  await ports.shutdown(layout.environment)
  for (const path of [layout.launch, layout.environment, layout.releases]) rmSync(path, { recursive: true, force: true })
  if (purge) rmSync(data, { recursive: true, force: true })
}
