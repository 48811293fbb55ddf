/** One pretended host and portal; agents come and go on it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DesiredObject, VmObjectSpec } from '../../server/contract/node-api/v1.ts'
import type { VolumeObjectSpec } from '../../server/contract/node-api/volume.ts'
import { Agent } from '../agent.ts'
import type { AgentDrivers, AgentOptions } from '../agent-options.ts'
import { createFakeDisks, type FakeDisks } from '../drivers/disk/fake.ts'
import { FakeImageDriver } from '../drivers/image/fake.ts'
import { createFakeNetwork, type FakeNetwork } from '../drivers/network/fake.ts'
import { createFakeRoutes, type FakeRoutes } from '../drivers/route/fake.ts'
import { createFakeVolumes, FakeVolumeHost } from '../drivers/volume/fake.ts'
import { MemoryBucket } from '../drivers/bucket/memory.ts'
import { FakeHost, FakeVmmDriver } from '../drivers/vmm/fake.ts'
import type { Probe } from '../reconcile/probe.ts'
import { systemClock, type Clock } from '../runtime/clock.ts'
import { silentLogger, type Logger } from '../runtime/log.ts'
import { FakePortal } from './fake-portal.ts'

export interface World {
  dir: string
  portal: FakePortal
  portalUrl: string
  host: FakeHost
  volumes: FakeVolumeHost
  bucket: MemoryBucket
  disks: FakeDisks
  network: FakeNetwork
  images: FakeImageDriver
  routes: FakeRoutes
  healthy: { ok: boolean }
  /** Addresses with open connections through the edge. */
  connected: Set<string>
  options(): AgentOptions
  drivers(): AgentDrivers
  agent(changes?: AgentChanges): Agent
  /** One that ends with the world, if not before by {@link World.end}. */
  keep(changes?: AgentChanges): Agent
  /** One that is kept and has started. */
  begin(changes?: AgentChanges): Promise<Agent>
  end(agent: Agent): Promise<void>
  close(): Promise<void>
}

interface AgentChanges { drivers?: Partial<AgentDrivers>; options?: Partial<AgentOptions>; clock?: Clock; log?: Logger }

export async function createWorld(): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), 'agent-world-'))
  const portal = new FakePortal()
  const portalUrl = await portal.listen()
  writeFileSync(join(dir, 'token'), 'join_token\n')
  const host = new FakeHost()
  const volumes = new FakeVolumeHost()
  const bucket = new MemoryBucket()
  const [disks, network, images, routes, healthy] = [createFakeDisks(), createFakeNetwork(), new FakeImageDriver(), createFakeRoutes(), { ok: true }]
  const probe: Probe = async () => (healthy.ok ? { ok: true } : { ok: false, fault: 'connection refused' })
  const connected = new Set<string>()
  const options = (): AgentOptions => ({
    dir, portal: { url: portalUrl, ca: null }, joinTokenFile: join(dir, 'token'), edge: null, uidBase: 2_100_000, diskFloorMib: 100,
    bootSlots: 2, version: '0.1.0', timing: { usageMs: 50, logsMs: 20, drainMs: 1, idleMs: 20 }, probe, connections: () => Promise.resolve(connected),
    facts: {
      hostname: 'node-1', cpu: 2, memory_mib: 1024, disk_mib: 1024, kernel: '6.1', driver: 'fake', accelerator: 'tcg', isolation: 'emulated', network: 'bridge',
    },
  })
  const drivers = (): AgentDrivers => ({
    vmm: new FakeVmmDriver(host), images, network: quietGateways(network), disks, volumes: createFakeVolumes(volumes),
    trial: { use: async () => ({ files: 2, bytes: 9 }), clear: async () => {} }, buckets: bucket.open, routes,
  })
  const agent = (changes: AgentChanges = {}): Agent => new Agent(
    { ...drivers(), ...changes.drivers }, { ...options(), ...changes.options }, changes.clock ?? systemClock(), changes.log ?? silentLogger,
  )
  const kept = new Set<Agent>()
  const keep = (changes?: AgentChanges): Agent => {
    const one = agent(changes)
    kept.add(one)
    return one
  }
  const end = async (one: Agent): Promise<void> => {
    if (kept.delete(one)) await one.stop()
  }
  return {
    dir, portal, portalUrl, host, volumes, bucket, disks, network, images, routes, healthy, connected, options, drivers, agent, keep, end,
    async begin(changes) {
      const one = keep(changes)
      await one.start()
      return one
    },
    async close() {
      await Promise.all([...kept].map(end))
      await portal.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Tests must not bind port 53. */
const quietGateways = (network: FakeNetwork): FakeNetwork => ({ ...network, gateways: () => [] })

export const vmSpec = (changes: Partial<VmObjectSpec> = {}): VmObjectSpec => ({
  org_id: 'org_1', app_id: 'app_1', app_name: 'web', release: 1, deployment_id: null, image: 'builtin/hello:v1', command: null, env: { HELLO_A: '1' },
  secrets: { TOKEN: 'very-secret-value' }, vcpu: 1, memory_mib: 128, disk_mib: 64, port: 8080,
  network: { id: 'net_1', address: '10.64.1.2/24', gateway: '10.64.1.1', mac: '02:50:0a:40:01:02' }, internal_name: 'web',
  health: { path: '/', interval_s: 0.1, timeout_s: 1, healthy: 1, unhealthy: 2, grace_s: 30 },
  restart: { policy: 'always', max_in_window: 3, window_s: 600 }, stop: { timeout_s: 1 }, volumes: [], ...changes,
})

export const vmObject = (id: string, generation = 1, spec: Partial<VmObjectSpec> = {}, desired: 'running' | 'stopped' = 'running'): DesiredObject =>
  ({ kind: 'vm', id, generation, desired, spec: vmSpec(spec) })

export const volumeObject = (id: string, generation = 1, spec: Partial<VolumeObjectSpec> = {}): DesiredObject => ({
  kind: 'volume', id, generation, desired: 'present', spec: { org_id: 'org_1', size_mib: 64, source: null, restore: null, snapshots: [], secrets: {}, ...spec },
})

export const tombstone = (id: string, generation: number): DesiredObject => ({ kind: 'vm', id, generation, desired: 'absent', spec: null })

export async function until(what: string, condition: () => boolean | Promise<boolean>, limitMs = 5_000): Promise<void> {
  const end = performance.now() + limitMs
  while (performance.now() < end) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`still waiting: ${what}`)
}
