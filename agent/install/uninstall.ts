/** Takes the node off this machine. Its VMs are stopped in order; its data stays unless it is asked to go too. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lockHolder, processStart } from '../runtime/lock.ts'
import { sleep } from '../runtime/backoff.ts'
import { layoutOf, type Layout } from '../release/layout.ts'
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
  await endKeeper(layout)
  const holder = lockHolder(join(layout.agentDir, 'lock'))
  if (holder) await end(holder.pid)
  ports.say('virtual machines')
  await ports.shutdown(layout.environment)
  for (const path of [layout.launch, layout.environment, layout.releases, layout.keeper]) rmSync(path, { recursive: true, force: true })
  if (purge) rmSync(data, { recursive: true, force: true })
}

async function end(pid: number): Promise<void> {
  const start = processStart(pid)
  if (start === null) return
  process.kill(pid, 'SIGTERM')
  for (let waitedMs = 0; waitedMs < STOP_MS && processStart(pid) === start; waitedMs += 50) await sleep(50)
}

/** `launch keep`, where there is no systemd: it would start again what is stopped here, and it holds the edge. */
async function endKeeper({ keeper, launch }: Layout): Promise<void> {
  const pid = existsSync(keeper) ? Number(readFileSync(keeper, 'utf8')) : 0
  if (pid > 1 && existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(launch)) await end(pid)
}
