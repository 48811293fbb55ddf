/** One microVM as the ordered calls that make it, and the files of its jail as it sees them. Pure. */
import { VmmError, type NetworkAttachment, type VmSpec } from '../../vmm.ts'
import { volumeNode } from '../guest/config-drive.ts'
import type { ApiCall, RateLimiter } from './api-types.ts'

/** Paths inside the jail; on the host they lie below its root. */
export const JAIL = {
  apiSocket: '/run/fc.sock', log: '/log.fifo', console: '/serial.log', vsock: '/v.sock',
  kernel: '/vmlinux', initramfs: '/initramfs.cpio', root: '/root.ext4', scratch: '/scratch.ext4', config: '/config.img',
  memoryFolder: '/snapshot', snapshot: { state: '/snapshot/state', memory: '/snapshot/memory' },
} as const
export const volumePath = (index: number): string => `/${volumeNode(index)}`

export interface DeviceLimits { disk: RateLimiter; network: RateLimiter }

/** Until plans carry limits of their own: one VM must not take a node's disk and line from the others. */
export const DEFAULT_LIMITS: DeviceLimits = {
  disk: { bandwidth: { size: 52_428_800, refill_time: 1000, one_time_burst: 0 }, ops: { size: 1000, refill_time: 1000 } },
  network: { bandwidth: { size: 125_000_000, refill_time: 1000 } },
}
/** The console goes to a file that survives both ends; a guest that floods it fills 64 KiB an hour. */
const CONSOLE_LIMIT = { size: 65_536, refill_time: 3_600_000 }

const METADATA_ADDRESS = '169.254.169.254'
const INTERFACE = 'eth0'
const GUEST_CID = 3
const BALLOON_STATS_S = 10
/** x86 machines have no room for more on their bus. */
const MAX_DEVICES = 17
/** vsock, entropy, balloon. */
const FIXED_DEVICES = 3

/** Without a switch to power it off, a guest ends by a reset through the keyboard controller, which Firecracker takes for the end. */
const ENDS_BY_RESET = ['reboot=k', 'panic=-1', 'i8042.noaux', 'i8042.nomux', 'i8042.nopnp', 'i8042.dumbkbd', 'shellwego_end=reset']

export interface MachineSpec {
  id: string
  hostname: string
  vcpu: number
  memoryMib: number
  /** Of the guest build, meant for any VMM. */
  kernelArguments: string
  /** Null boots an init that only answers. */
  volumes: readonly Pick<VmSpec['volumes'][number], 'readOnly'>[] | null
  network: NetworkAttachment | null
  limits: DeviceLimits
}

export function bootCalls(machine: MachineSpec): ApiCall[] {
  const calls: ApiCall[] = [
    loggerCall(),
    { method: 'PUT', path: '/machine-config', body: { vcpu_count: Math.max(1, Math.ceil(machine.vcpu)), mem_size_mib: machine.memoryMib, smt: false, track_dirty_pages: false, huge_pages: 'None' } },
    { method: 'PUT', path: '/boot-source', body: { kernel_image_path: JAIL.kernel, initrd_path: JAIL.initramfs, boot_args: bootArguments(machine) } },
    ...driveCalls(machine),
    ...networkCalls(machine),
    { method: 'PUT', path: '/vsock', body: { guest_cid: GUEST_CID, uds_path: JAIL.vsock } },
    { method: 'PUT', path: '/entropy', body: {} },
    { method: 'PUT', path: '/balloon', body: { amount_mib: 0, deflate_on_oom: true, stats_polling_interval_s: BALLOON_STATS_S, free_page_reporting: true } },
    { method: 'PUT', path: '/serial', body: { serial_out_path: JAIL.console, rate_limiter: CONSOLE_LIMIT } },
  ]
  const devices = FIXED_DEVICES + (machine.network ? 1 : 0) + diskNames(machine).length
  if (devices > MAX_DEVICES) throw new VmmError('vmm_failed', `a Firecracker VM has room for ${MAX_DEVICES} devices, not ${devices}: fewer volumes`)
  return [...calls, { method: 'PUT', path: '/actions', body: { action_type: 'InstanceStart' } }]
}

export type LoadedMachine = Pick<MachineSpec, 'id' | 'hostname' | 'memoryMib' | 'network'>

/**
 * A snapshot goes into a process that knows nothing but where to log; tap and socket are those of the new jail. It stands still until told to
 * go on, and what the guest may ask of itself is not part of it.
 */
export function loadCalls(machine: LoadedMachine): ApiCall[] {
  const { network } = machine
  return [
    loggerCall(),
    {
      method: 'PUT', path: '/snapshot/load',
      body: {
        snapshot_path: JAIL.snapshot.state, mem_backend: { backend_type: 'File', backend_path: JAIL.snapshot.memory }, track_dirty_pages: false, resume_vm: false,
        network_overrides: network ? [{ iface_id: INTERFACE, host_dev_name: tapOf(network).ifname }] : [],
        vsock_override: { uds_path: JAIL.vsock }, clock_realtime: false,
      },
    },
    ...(network ? [metadataCall(machine, tapOf(network).address)] : []),
  ]
}

export const resumeCall: ApiCall = { method: 'PATCH', path: '/vm', body: { state: 'Resumed' } }

const metadataCall = ({ id, hostname }: Pick<MachineSpec, 'id' | 'hostname'>, address: string): ApiCall =>
  ({ method: 'PUT', path: '/mmds', body: { latest: { 'meta-data': { 'instance-id': id, 'local-hostname': hostname, 'local-ipv4': address.split('/')[0] } } } })

const loggerCall = (): ApiCall => ({ method: 'PUT', path: '/logger', body: { log_path: JAIL.log, level: 'Warning', show_level: true } })

/** The root disk is first whatever the order of the calls, and the guest finds the others by it: Firecracker gives disks no names. */
const diskNames = ({ volumes }: MachineSpec): string[] => (volumes === null ? [] : ['root', 'scratch', 'config', ...volumes.map((_, index) => volumeNode(index))])

export function bootArguments(machine: MachineSpec): string {
  const common = machine.kernelArguments.split(/\s+/).filter((argument) => argument !== '' && !/^(reboot|panic)=/.test(argument))
  const disks = diskNames(machine)
  return [...common, ...ENDS_BY_RESET, 'shellwego_channel=vsock', ...(disks.length > 0 ? [`shellwego_disks=${disks.join(',')}`] : [])].join(' ')
}

function driveCalls({ volumes, limits }: MachineSpec): ApiCall[] {
  if (volumes === null) return []
  const drive = (id: string, path: string, readOnly: boolean): ApiCall => ({
    method: 'PUT', path: `/drives/${id}`,
    body: { drive_id: id, path_on_host: path, is_root_device: id === 'root', is_read_only: readOnly, cache_type: 'Writeback', io_engine: 'Sync', rate_limiter: limits.disk },
  })
  return [
    drive('root', JAIL.root, true), drive('scratch', JAIL.scratch, false), drive('config', JAIL.config, true),
    ...volumes.map(({ readOnly }, index) => drive(volumeNode(index), volumePath(index), readOnly)),
  ]
}

function networkCalls({ id, hostname, network, limits }: MachineSpec): ApiCall[] {
  if (network === null) return []
  const { ifname, mac, address } = tapOf(network)
  return [
    { method: 'PUT', path: `/network-interfaces/${INTERFACE}`, body: { iface_id: INTERFACE, host_dev_name: ifname, guest_mac: mac, rx_rate_limiter: limits.network, tx_rate_limiter: limits.network } },
    { method: 'PUT', path: '/mmds/config', body: { version: 'V2', network_interfaces: [INTERFACE], ipv4_address: METADATA_ADDRESS, imds_compat: false } },
    metadataCall({ id, hostname }, address),
  ]
}

export function tapOf(network: NetworkAttachment): Extract<NetworkAttachment, { kind: 'tap' }> {
  if (network.kind === 'tap') return network
  throw new VmmError('vmm_failed', 'Firecracker has no user networking: the node needs root and bridges')
}
