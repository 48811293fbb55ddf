import { readOptional } from '../host/files.ts'
import { stage } from '../host/timing.ts'
import { prepareRegistry } from './assets.ts'
import { prepareDatabase } from './database.ts'
import { edgeSpec } from './edge.ts'
import type { DatabaseUrls } from './environment.ts'
import { askEdge, askPortal, untilHealthy } from './health.ts'
import { nodeHeard } from './node-heard.ts'
import { agentSpec, fenceSpec, portalSpec, workerSpec } from './parts.ts'
import { setupCodeFile } from './paths.ts'
import { consoleUrl, writeRunFile } from './run-file.ts'
import type { Setting } from './setting.ts'
import type { Supervisor } from './supervisor.ts'

const PORTAL_MS = 60_000
const EDGE_MS = 90_000
/** After that it is for the console to say why the machine does not join. */
const NODE_MS = 15_000

async function startControlPlane(setting: Setting, supervisor: Supervisor): Promise<DatabaseUrls> {
  const urls = await stage('database', () => prepareDatabase(setting, supervisor))
  supervisor.start(portalSpec(setting, urls))
  supervisor.start(workerSpec(setting, urls))
  // Before the agent's first report the portal may call itself unhealthy; that it answers is enough here.
  const answers = async (): ReturnType<typeof askPortal> => ({ ...await askPortal(setting.ports.portal), status: 200 })
  await stage('portal', () => untilHealthy(answers, AbortSignal.timeout(PORTAL_MS)))
  return urls
}

/** Starts every part and resolves when the product answers through its edge and has a machine to run apps on. */
export async function startProduct(setting: Setting, supervisor: Supervisor): Promise<void> {
  supervisor.start(edgeSpec(setting))
  const startedAt = new Date()
  const [urls] = await Promise.all([
    startControlPlane(setting, supervisor),
    stage('registry', () => prepareRegistry(setting, supervisor)),
  ])
  supervisor.start(fenceSpec(setting))
  supervisor.start(agentSpec(setting))
  await Promise.all([
    stage('edge', () => untilHealthy(() => askEdge(setting), AbortSignal.timeout(EDGE_MS))),
    stage('node', () => nodeHeard(urls.system, startedAt, NODE_MS)),
  ])
  writeRunFile(setting)
}

export function announce(setting: Setting): void {
  const code = readOptional(setupCodeFile(setting.config.data))?.trim()
  if (code) console.log(`setup code: ${code}`)
  console.log(`ready ${consoleUrl(setting)}`)
}
