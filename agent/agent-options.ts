/** What an agent is made of: its drivers come from outside, so that tests run the same agent over fakes. */
import type { EdgeSettings } from '../server/contract/node-api/edge.ts'
import type { Facts } from '../server/contract/node-api/v1.ts'
import type { OpenBucket } from './drivers/bucket.ts'
import type { DiskDriver } from './drivers/disk.ts'
import type { ImageDriver } from './drivers/image.ts'
import type { NetworkDriver } from './drivers/network.ts'
import type { RequestLog, RouteDriver } from './drivers/route.ts'
import type { VmmDriver } from './drivers/vmm.ts'
import type { TrialRoom, VolumeDriver } from './drivers/volume.ts'
import type { OwnEdge } from './edge/servers.ts'
import type { Probe } from './reconcile/probe.ts'
import type { MakeUpgrader } from './release/node-upgrader.ts'
import type { Connections } from './sleep/connections.ts'

export interface AgentDrivers {
  vmm: VmmDriver
  images: ImageDriver
  network: NetworkDriver
  disks: DiskDriver
  volumes: VolumeDriver
  /** Where restored disks are tried. */
  trial: TrialRoom
  buckets: OpenBucket
  routes: RouteDriver | null
  requests?: RequestLog | null
}

export interface AgentOptions {
  dir: string
  portal: { url: string; ca: string | null }
  joinTokenFile: string | null
  edge: OwnEdge | null
  uidBase: number | null
  diskFloorMib: number
  bootSlots: number
  version: string
  facts: Facts
  timing: { usageMs: number; logsMs: number; drainMs: number; idleMs?: number }
  /** For Prometheus on loopback; absent: none. */
  metricsPort?: number | null
  imageMirrorPort?: number | null
  /** Absent where the agent goes with its portal. */
  upgrade?: MakeUpgrader | null
  /** The portal says what the edge needs. */
  onEdge?: (settings: EdgeSettings) => void
  pools?: Readonly<Record<string, string>>
  probe?: Probe
  connections?: Connections
}
