/** What the kernel's control groups grant one VM, as the files that say so. Pure. Units and names: the kernel's cgroup-v1 and cgroup-v2 guides. */

export type Controller = 'memory' | 'cpu' | 'pids'
/** The group that holds those of all VMs. */
export const PARENT = 'shellwego.slice'
export const CONTROLLERS: readonly Controller[] = ['memory', 'cpu', 'pids']
export interface Grant { memoryMib: number; cpus: number; threads: number }
interface LimitFile { name: string; value: string }

const MIB = 1 << 20
export const CPU_PERIOD_US = 100_000
/** The kernel takes no quota below a millisecond. */
const LEAST_QUOTA_US = 1000
/** QEMU itself, its buffers, and room for the host's cache of its disks. */
const VMM_MIB = 192
/** QEMU keeps up to 1 GiB of translated code. */
const TRANSLATED_MIB = 1024
/** Emulation needs a second thread's time for disks and network, which is no time of the guest. */
const EMULATED_SHARE = 2
/** Processors, disks and QEMU's own; a VMM that wants more is up to no good. */
const THREADS = 256

export const cpuQuotaUs = (cpus: number): number => Math.max(LEAST_QUOTA_US, Math.round(cpus * CPU_PERIOD_US))

/** Of a QEMU process; a fraction of a processor (`vcpu` 0.5) is that share of one's time. */
export function grantOf({ vcpu, memoryMib }: { vcpu: number; memoryMib: number }, accelerator: 'kvm' | 'tcg'): Grant {
  const emulated = accelerator === 'tcg'
  return { memoryMib: memoryMib + VMM_MIB + (emulated ? TRANSLATED_MIB : 0), cpus: vcpu * (emulated ? EMULATED_SHARE : 1), threads: THREADS }
}

/** In the order in which they are written. */
export function limitFiles(controller: Controller, version: 1 | 2, { memoryMib, cpus, threads }: Grant): LimitFile[] {
  const bytes = String(memoryMib * MIB)
  if (controller === 'memory') return [version === 2 ? { name: 'memory.max', value: bytes } : { name: 'memory.limit_in_bytes', value: bytes }]
  if (controller === 'pids') return [{ name: 'pids.max', value: String(threads) }]
  if (version === 2) return [{ name: 'cpu.max', value: `${cpuQuotaUs(cpus)} ${CPU_PERIOD_US}` }]
  return [{ name: 'cpu.cfs_period_us', value: String(CPU_PERIOD_US) }, { name: 'cpu.cfs_quota_us', value: String(cpuQuotaUs(cpus)) }]
}

export interface Tree { version: 1 | 2; root: string; controllers: Controller[] }

/**
 * Where each controller is: one tree (version 2), a tree each (version 1), or both (hybrid). `mounts` is /proc/self/mounts;
 * `inUnified` are the controllers of the version 2 tree at `root`, which the kernel gives to one of both versions only.
 */
export function treesOf(mounts: string, inUnified: (root: string) => readonly string[]): Tree[] {
  const trees = mounts.split('\n').flatMap((line): Tree[] => {
    const [, root = '', type = '', options = ''] = line.split(' ')
    if (type === 'cgroup2') return [{ version: 2, root, controllers: CONTROLLERS.filter((name) => inUnified(root).includes(name)) }]
    return type === 'cgroup' ? [{ version: 1, root, controllers: CONTROLLERS.filter((name) => options.split(',').includes(name)) }] : []
  })
  const taken = new Set<Controller>()
  return trees.flatMap((tree) => {
    const controllers = tree.controllers.filter((name) => !taken.has(name))
    for (const name of controllers) taken.add(name)
    return tree.version === 2 || controllers.length > 0 ? [{ ...tree, controllers }] : []
  })
}
