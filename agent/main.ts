/** Composition root of the agent: the only file that knows which drivers there are. */
import { hostname, release } from 'node:os'
import { join } from 'node:path'
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { EdgeSettings } from '../server/contract/node-api/edge.ts'
import type { Facts } from '../server/contract/node-api/v1.ts'
import { VERSION as PRODUCT_VERSION } from '../server/contract/version.ts'
import type { AgentDrivers, AgentOptions } from './agent-options.ts'
import { Agent } from './agent.ts'
import { ConfigError, readConfig, type AgentConfig } from './config.ts'
import { createExt4Disks } from './drivers/disk/ext4.ts'
import { openS3 } from './drivers/bucket/s3.ts'
import { Ext4Volumes } from './drivers/volume/ext4/driver.ts'
import { ZfsVolumes } from './drivers/volume/zfs/driver.ts'
import { OciImageDriver } from './drivers/image/oci/driver.ts'
import { BridgeNetwork } from './drivers/network/bridge/driver.ts'
import { createUserNetwork } from './drivers/network/user.ts'
import { createCaddyRoutes } from './drivers/route/caddy/driver.ts'
import { parseRequest, requestLogFolder } from './drivers/route/caddy/request-log.ts'
import { createVmm } from './drivers/vmm/choose.ts'
import { createTrialVm } from './drivers/vmm/trial-vm.ts'
import { portalProof } from './edge/portal-proof.ts'
import { keepPortalSettings, withPortalSettings } from './edge/portal-settings.ts'
import { ensureArguments } from './guest/arguments.ts'
import { guestAssets } from './guest/assets.ts'
import { installCommand, isPlain, uninstallCommand } from './install/command.ts'
import { meshFacts, meshKeyFile } from './mesh-facts.ts'
import { nodeUpgrader } from './release/node-upgrader.ts'
import { selftest } from './release/selftest.ts'
import { sleep } from './runtime/backoff.ts'
import { systemClock } from './runtime/clock.ts'
import { acquireHostLock, acquireLock, LockedError, lockHolder, processStart } from './runtime/lock.ts'
import { createLogger, errorText, type Logger } from './runtime/log.ts'
import { healthCheck } from './health-check.ts'

const VERSION = process.env['SHELLWEGO_VERSION'] ?? PRODUCT_VERSION
const STOP_OTHER_MS = 15_000

async function main(): Promise<number> {
  const [command = 'run', ...flags] = process.argv.slice(2)
  // Looks at the machine, whether an agent is set up on it or not.
  if (command === 'health-check') return healthCheck(process.env)
  if (command === 'install') return installCommand(flags)
  if (command === 'uninstall') return uninstallCommand(flags, async (environment) => void await shutdown(readConfig(environment)))
  const config = readConfig(process.env)
  switch (command) {
    case 'run': return run(config)
    case 'shutdown': return shutdown(config)
    case 'selftest': return await trySelf(config, flags)
    case 'status': return status(config, flags.includes('--json'))
    default:
      process.stderr.write('usage: agent [run | shutdown | status [--json] | health-check | install | uninstall [--purge]]\n')
      return 2
  }
}

const lockPath = (config: AgentConfig): string => join(config.agentDir, 'lock')

async function run(config: AgentConfig): Promise<number> {
  const unlock = acquireLock(lockPath(config))
  const log = createLogger(config.logLevel)
  let unlockHost = (): void => {}
  try {
    if (withBridges(config)) unlockHost = acquireHostLock()
    const agent = await createAgent(config, log)
    await agent.start()
    const signal = await endSignal()
    log.info('the agent ends; virtual machines keep running', { signal })
    await agent.stop()
    return 0
  } finally {
    unlockHost()
    unlock()
  }
}

const isRoot = (): boolean => process.getuid?.() === 0
const withBridges = ({ network }: AgentConfig): boolean => network === 'bridge' || (network === 'auto' && isRoot())

const machinesOf = (config: AgentConfig) =>
  ({ ...config.vmm, accel: config.accel, guestDir: config.guestDir, bridge: withBridges(config), probeUid: config.vmUidBase })

/** Ends a running agent first: two must never work on one ledger. */
async function shutdown(config: AgentConfig): Promise<number> {
  const log = createLogger(config.logLevel)
  const holder = lockHolder(lockPath(config))
  if (holder) {
    process.kill(holder.pid, 'SIGTERM')
    const end = performance.now() + STOP_OTHER_MS
    while (processStart(holder.pid) === holder.pidStart && performance.now() < end) await sleep(50)
    if (processStart(holder.pid) === holder.pidStart) process.kill(holder.pid, 'SIGKILL')
    await sleep(50)
  }
  const unlock = acquireLock(lockPath(config))
  try {
    const agent = await createAgent({ ...config, edge: null }, log)
    await agent.shutdown()
    return 0
  } finally {
    unlock()
  }
}

async function trySelf(config: AgentConfig, flags: string[]): Promise<number> {
  await selftest({ ...config, vmm: createVmm({ ...machinesOf(config), vmsDir: config.vmsDir }) }, flags)
  return 0
}

function status(config: AgentConfig, json: boolean): number {
  const holder = lockHolder(lockPath(config))
  const path = join(config.agentDir, 'ledger.db')
  const records = existsSync(path) ? readRecords(path) : []
  const report = { running: holder !== null, pid: holder?.pid ?? null, vms: records }
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${describe(report)}\n`)
  return 0
}

interface RecordSummary { id: string; phase: string; health: string | null; code: string | null; start_id: string | null; pid: number | null }

function readRecords(path: string): RecordSummary[] {
  const db = new DatabaseSync(path, { readOnly: true })
  const rows = db.prepare('SELECT record FROM vm').all().map((row) => JSON.parse(String(row['record'])) as {
    id: string; phase: string; health: string | null; code: string | null; start: { startId: string; identity: { pid: number } | null } | null
  })
  db.close()
  return rows.map(({ id, phase, health, code, start }) => ({ id, phase, health, code, start_id: start?.startId ?? null, pid: start?.identity?.pid ?? null }))
}

function describe(report: { running: boolean; pid: number | null; vms: RecordSummary[] }): string {
  const head = report.running ? `agent runs (pid ${report.pid})` : 'agent does not run'
  return [head, ...report.vms.map((vm) => `${vm.id}  ${vm.phase}${vm.health ? `, ${vm.health}` : ''}${vm.code ? ` (${vm.code})` : ''}`)].join('\n')
}

/** A loopback address of this agent alone. */
const fallbackAddress = ({ space }: AgentConfig): string => `127.63.${space}.1`

async function createAgent(given: AgentConfig, log: Logger): Promise<Agent> {
  const config = withPortalSettings(given)
  const [root, bridge] = [isRoot(), withBridges(config)]
  if (bridge && !root) throw new ConfigError('The agent cannot start:\n  SHELLWEGO_NETWORK: bridge needs root; use user or auto')
  const machines = machinesOf(config)
  const vmm = createVmm({ ...machines, vmsDir: config.vmsDir })
  log.info('what starts virtual machines', { ...await vmm.choice() })
  const drivers: AgentDrivers = {
    vmm,
    images: new OciImageDriver({ imagesDir: config.imagesDir, builtinRegistry: config.builtinRegistry, allowRegistries: config.allowRegistries }),
    network: bridge ? new BridgeNetwork(join(config.agentDir, 'network.json'), {
      keyFile: meshKeyFile(config), port: config.mesh.port, ...(config.edge?.acme ? { challengePort: config.edge.httpPort } : {}),
    }) : createUserNetwork(config.space),
    disks: createExt4Disks(config.disksDir),
    volumes: config.zfsDataset === null ? new Ext4Volumes(config.volumesDir) : new ZfsVolumes({ root: config.zfsDataset, work: config.volumesDir }),
    trial: createTrialVm({
      vmm: createVmm({ ...machines, vmsDir: config.trialsDir, like: vmm }),
      init: guestAssets(config.guestDir).init, folder: config.trialsDir, uid: root ? config.vmUidBase : null,
    }),
    buckets: openS3,
    requests: config.edge && { folder: requestLogFolder(config.edge.storage), parse: parseRequest },
    routes: config.edge && createCaddyRoutes({
      ...config.edge, dnsPort: config.dnsPort, portalUpstream: config.portal.upstream, portalTls: portalProof(config.portal.tls), askUpstream: `${fallbackAddress(config)}:${config.edge.askPort}`,
    }, log),
  }
  if (config.guestTravelled) await ensureArguments(config.guestDir)
  const facts = await factsOf(config, drivers, log)
  const upgrade = nodeUpgrader({ ...config, env: process.env, log, restart })
  const onEdge = (told: EdgeSettings): void => {
    if (!keepPortalSettings(given, told)) return
    log.info('the portal has new settings for the edge; the agent starts anew with them')
    restart()
  }
  return new Agent(drivers, { ...optionsOf(config, facts, root), upgrade, onEdge }, systemClock(), log)
}

/** Whoever watches over us starts the next one. */
const restart = (): void => void process.kill(process.pid, 'SIGTERM')

async function factsOf(config: AgentConfig, drivers: AgentDrivers, log: Logger): Promise<Facts> {
  const vmm = await drivers.vmm.probe()
  const mesh = drivers.network.mode === 'bridge' ? await meshFacts(config) : undefined
  log.info('virtual machines', { driver: vmm.driver, accelerator: vmm.accelerator, reason: vmm.reason, ...(vmm.noSleep === null ? {} : { apps_stay_awake: vmm.noSleep }) })
  return {
    hostname: hostname(), cpu: config.capacity.cpu, memory_mib: config.capacity.memoryMib, disk_mib: await drivers.disks.freeMib(), kernel: release(),
    driver: vmm.driver, accelerator: vmm.accelerator, isolation: vmm.isolation, network: drivers.network.mode, ...(mesh ? { mesh } : {}),
    ...(process.env['SHELLWEGO_RELEASE'] ? { release: process.env['SHELLWEGO_RELEASE'] } : {}),
  }
}

const optionsOf = (config: AgentConfig, facts: Facts, root: boolean): AgentOptions => ({
  dir: config.agentDir, metricsPort: config.metricsPort, imageMirrorPort: config.imageMirrorPort,
  pools: { disks: config.disksDir, images: config.imagesDir, volumes: config.volumesDir },
  portal: config.portal, joinTokenFile: config.joinTokenFile,
  edge: config.edge && { ...config.edge, dnsPort: config.dnsPort, fallbackAddress: fallbackAddress(config) },
  uidBase: root ? config.vmUidBase : null, diskFloorMib: config.diskFloorMib, bootSlots: Math.max(1, config.capacity.cpu), version: VERSION, facts,
  timing: { usageMs: 10_000, logsMs: 200, drainMs: 2_000 },
})

const endSignal = (): Promise<string> => new Promise((resolve) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal))
})

main().then((code) => process.exit(code), (error: unknown) => {
  const plain = error instanceof ConfigError || error instanceof LockedError || isPlain(error)
  process.stderr.write(`${plain ? errorText(error) : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(plain ? 2 : 1)
})
