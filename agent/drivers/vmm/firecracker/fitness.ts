/** Whether Firecracker can run on this host: every fault at once, and when there is none, a VM that answered. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isExecutable, isInstalled, tryCommand } from '../../command.ts'
import { hostFacts } from '../qemu/accelerator.ts'
import { cgroupControllers, cgroupRoot } from './cgroup.ts'

/** 1.16.0 restored snapshots leave the guest's vsock dead, and with it every command in the guest. */
const LEAST_VERSION = [1, 16, 1] as const
const CONTROLLERS = ['cpu', 'memory']

export type Fitness = { fit: true; version: string } | { fit: false; because: string }

export interface Host {
  isRoot: boolean
  /** Guests get taps; there is no user networking. */
  hasBridges: boolean
  missing: readonly string[]
  /** What the binary says of itself; null when there is none. */
  version: string | null
  kvm: 'usable' | 'closed' | 'paravirtual'
  /** Of version 2; null where it is not mounted. */
  controllers: readonly string[] | null
  /** Null when a throw-away VM answered over vsock, else what happened. */
  boots: () => Promise<string | null>
}

export function versionOf(text: string): string | null {
  return /\bv?(\d+\.\d+\.\d+)\b/.exec(text)?.[1] ?? null
}

function isOld(version: string): boolean {
  const parts = version.split('.').map(Number)
  const at = LEAST_VERSION.findIndex((least, index) => parts[index] !== least)
  return at >= 0 && (parts[at] ?? 0) < (LEAST_VERSION[at] ?? 0)
}

const KVM_FAULT = { usable: null, closed: '/dev/kvm cannot be opened', paravirtual: 'this KVM (kvm_pvm) runs only kernels built for it' } as const

function faultsOf(host: Host): string[] {
  const absent = CONTROLLERS.filter((name) => host.controllers?.includes(name) === false)
  const faults: (string | null)[] = [
    host.missing.length > 0 ? `missing: ${host.missing.join(', ')}` : null,
    host.version === null ? null : isOld(host.version) ? `version ${host.version} is older than ${LEAST_VERSION.join('.')}` : null,
    KVM_FAULT[host.kvm],
    host.isRoot ? null : 'the agent is not root',
    host.hasBridges ? null : 'it has no user networking',
    host.controllers === null ? 'control groups of version 2 are not mounted' : absent.length > 0 ? `control groups of version 2 lack ${absent.join(' and ')}` : null,
  ]
  return faults.filter((fault) => fault !== null)
}

export async function fitnessOf(host: Host): Promise<Fitness> {
  const faults = faultsOf(host)
  if (faults.length > 0 || host.version === null) return { fit: false, because: faults.join('; ') || 'its version is unknown' }
  const fault = await host.boots()
  return fault === null ? { fit: true, version: host.version } : { fit: false, because: `a probe VM did not come up: ${fault}` }
}

export interface Binaries { firecracker: string; jailer: string }

export async function lookAtHost({ firecracker, jailer }: Binaries, hasBridges: boolean, boots: Host['boots']): Promise<Host> {
  const { kvmUsable, paravirtualOnly } = hostFacts(undefined, () => Promise.resolve(false))
  const there = isExecutable(firecracker)
  const root = cgroupRoot()
  return {
    isRoot: process.getuid?.() === 0, hasBridges, boots,
    missing: [...[firecracker, jailer].filter((path) => !isExecutable(path)), ...(isInstalled('cryptsetup') ? [] : ['cryptsetup']), ...(existsSync('/dev/net/tun') ? [] : ['/dev/net/tun'])],
    version: there ? versionOf((await tryCommand([firecracker, '--version'])).stdout) : null,
    kvm: !kvmUsable ? 'closed' : paravirtualOnly ? 'paravirtual' : 'usable',
    controllers: root === null ? null : cgroupControllers(root),
  }
}

/** They come together, in one release. */
export const binariesAt = (firecracker: string): Binaries => ({ firecracker, jailer: join(dirname(firecracker), 'jailer') })
