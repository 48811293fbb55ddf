import { endProcess, waitForExit } from '../host/process.ts'
import { readConfig } from './config.ts'
import { supervisorOf, takeDataFolder } from './data-folder.ts'
import { rememberedPorts } from './ports.ts'
import { forgetRunFile } from './run-file.ts'
import { shutDownNode } from './stop.ts'
import { endLeftovers } from './supervisor.ts'

const STOP_MS = 120_000

async function endRunning(data: string): Promise<void> {
  const supervisor = supervisorOf(data)
  if (!supervisor) return
  process.kill(supervisor.pid, 'SIGTERM')
  if (await waitForExit(supervisor, STOP_MS)) return
  console.error(`the supervisor (process ${supervisor.pid}) does not stop; ending it`)
  await endProcess(supervisor, 'SIGKILL', 0)
}

const config = readConfig(process.env)
await endRunning(config.data)
const ports = rememberedPorts(config.data)
if (ports) {
  const release = takeDataFolder(config.data)
  const ended = await endLeftovers(config.data)
  if (ended.length > 0) console.log(`ended what was left over: ${ended.join(', ')}`)
  await shutDownNode({ config, ports })
  forgetRunFile(config.data)
  release()
}
console.log('down')
