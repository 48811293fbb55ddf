import { existsSync } from 'node:fs'
import path from 'node:path'
import { checkout } from '../host/files.ts'
import { run } from '../host/run.ts'
import { agentEnvironment } from './environment.ts'
import { dropHostFolder } from './host-folder.ts'
import { edgePaths } from './paths.ts'
import type { Setting } from './setting.ts'

/** Stops the VMs of this node gracefully and undoes its network objects; no agent may be running. */
export async function shutDownNode(setting: Pick<Setting, 'config' | 'ports'>): Promise<void> {
  const bundle = path.join(checkout, 'dist/agent.js')
  try {
    if (existsSync(bundle)) await run([process.execPath, bundle, 'shutdown'], { env: agentEnvironment(setting), cwd: checkout, uninterrupted: true })
  } catch (error) {
    console.error(`the agent could not stop all virtual machines: ${error instanceof Error ? error.message : String(error)}`)
  }
  dropHostFolder(edgePaths(setting.config.data).storage)
}
