import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { serverArguments, type Cluster } from '../db/embedded.ts'
import { checkout, makeFolder, type Owner } from '../host/files.ts'
import { registryConfig } from '../images/registry.ts'
import { agentEnvironment, baseEnvironment, portalEnvironment, type DatabaseUrls } from './environment.ts'
import type { PartSpec } from './part.ts'
import type { Setting } from './setting.ts'

const QUICK_STOP_MS = 5000
/** The agent shares its node with paying VMs: some speed for 10 MB less. Source maps would cost it 30 MB more at the first logged error. */
const SMALLEST_HEAP = ['--max-semi-space-size=1', '--optimize-for-size']
/** Young objects get 4 MiB instead of 16 before they are collected: 30 MB less for each of portal and worker. */
const SMALL_HEAP = ['--max-semi-space-size=4']
const DATABASE_STOP_MS = 15_000

export function postgresSpec(cluster: Cluster): PartSpec {
  return {
    name: 'postgres', argv: serverArguments(cluster), env: baseEnvironment(), cwd: '/', owner: cluster.owner,
    stopSignal: 'SIGINT', stopMs: DATABASE_STOP_MS,
  }
}

export interface RegistryOptions {
  port: number
  owner: Owner | undefined
  readOnly: boolean
}

function registrySettings(storage: string, { port, readOnly }: RegistryOptions): string {
  const settings = JSON.parse(registryConfig({ dataDir: storage, address: `127.0.0.1:${port}` })) as { storage: object }
  if (readOnly) Object.assign(settings.storage, { maintenance: { readonly: { enabled: true } } })
  return JSON.stringify(settings, null, 2)
}

export function registrySpec(data: string, options: RegistryOptions): PartSpec {
  const folder = makeFolder(path.join(data, 'registry'), 0o700, options.owner)
  const storage = makeFolder(path.join(folder, 'storage'), 0o700, options.owner)
  const configFile = path.join(folder, 'config.yml')
  writeFileSync(configFile, registrySettings(storage, options), { mode: 0o644 })
  return {
    name: 'registry', argv: ['docker-registry', 'serve', configFile], env: baseEnvironment(), cwd: '/', owner: options.owner,
    stopSignal: 'SIGTERM', stopMs: QUICK_STOP_MS,
  }
}

function nodeSpec(name: string, bundle: string, env: NodeJS.ProcessEnv, flags: string[] = []): PartSpec {
  return {
    name, argv: [process.execPath, ...flags, path.join(checkout, 'dist', bundle)], env, cwd: checkout,
    stopSignal: 'SIGTERM', stopMs: QUICK_STOP_MS,
  }
}

export function portalSpec(setting: Setting, urls: DatabaseUrls): PartSpec {
  return nodeSpec('portal', 'server.js', portalEnvironment(setting, urls, 'portal'), SMALL_HEAP)
}

export function workerSpec(setting: Setting, urls: DatabaseUrls): PartSpec {
  return nodeSpec('worker', 'server.js', portalEnvironment(setting, urls, 'worker'), SMALL_HEAP)
}

export function fenceSpec(setting: Setting): PartSpec {
  return nodeSpec('fence', 'fence.js', { ...baseEnvironment(), SHELLWEGO_DATA: setting.config.data, MALLOC_ARENA_MAX: '1' }, SMALLEST_HEAP)
}

export function agentSpec(setting: Setting): PartSpec {
  return nodeSpec('agent', 'agent.js', { ...agentEnvironment(setting), MALLOC_ARENA_MAX: '1' }, SMALLEST_HEAP)
}
