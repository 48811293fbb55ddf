import os from 'node:os'
import { buildStale } from '../build/build.ts'
import { interruptCommands } from '../host/run.ts'
import { stage } from '../host/timing.ts'
import { readConfig } from './config.ts'
import { prepareDataFolder, takeDataFolder } from './data-folder.ts'
import { prepareGuest } from './guest.ts'
import { isNoteworthy } from './noteworthy.ts'
import { ensurePackages, MESH_PACKAGES } from '../../agent/install/packages.ts'
import { RUNTIME_PACKAGES, TRIAL_PACKAGES } from './packages.ts'
import { choosePorts } from './ports.ts'
import { forgetRunFile } from './run-file.ts'
import { openSecrets } from './secrets.ts'
import type { Setting } from './setting.ts'
import { announce, startProduct } from './start.ts'
import { shutDownNode } from './stop.ts'
import { endLeftovers, makeSupervisor, type Supervisor } from './supervisor.ts'
import { requireSubordinateIds } from './subordinate-ids.ts'
import { ensureUsers } from './users.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function untilSignal(): Promise<never> {
  return new Promise((_resolve, reject) => {
    for (const signal of SIGNALS) process.on(signal, () => reject(new Error(signal)))
  })
}

function print(line: string): void {
  if (process.env.SHELLWEGO_LOGS === 'all' || isNoteworthy(line.slice(line.indexOf('|') + 2))) console.log(line)
}

async function prepare(): Promise<Setting> {
  const config = readConfig(process.env)
  if (!config.isRoot) requireSubordinateIds(os.userInfo())
  await Promise.all([
    stage('packages', () => ensurePackages(config.isRoot ? { ...RUNTIME_PACKAGES, ...MESH_PACKAGES } : TRIAL_PACKAGES, config.isRoot)).then(() => stage('guest', () => prepareGuest(config))),
    stage('build', buildStale),
  ])
  const [users, ports] = await Promise.all([ensureUsers(config.isRoot), choosePorts(config)])
  return { config, users, ports, secrets: openSecrets(config.data) }
}

interface Running {
  setting?: Setting
  supervisor?: Supervisor
}

async function start(running: Running): Promise<void> {
  const setting = await stage('prepare', prepare)
  running.setting = setting
  running.supervisor = makeSupervisor(setting.config.data, print)
  await Promise.race([startProduct(setting, running.supervisor), running.supervisor.hopeless])
  announce(setting)
}

async function stop({ setting, supervisor }: Running): Promise<void> {
  interruptCommands()
  if (setting && supervisor) {
    await supervisor.stop('agent')
    await shutDownNode(setting)
    forgetRunFile(setting.config.data)
  }
  await supervisor?.stopAll()
}

async function main(): Promise<number> {
  const config = readConfig(process.env)
  prepareDataFolder(config)
  const release = takeDataFolder(config.data)
  // Whoever reads our output may go away; the product stays.
  process.stdout.on('error', () => undefined)
  const stopped = untilSignal()
  const running: Running = {}
  let failure: unknown
  try {
    await endLeftovers(config.data)
    await Promise.race([start(running), stopped])
    await stopped
  } catch (error) {
    const isSignal = error instanceof Error && SIGNALS.some((signal) => signal === error.message)
    failure = isSignal ? undefined : error
  }
  if (failure) console.error(failure instanceof Error ? failure.message : failure)
  console.log('stopping')
  await stop(running)
  release()
  return failure ? 1 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
process.exit()
