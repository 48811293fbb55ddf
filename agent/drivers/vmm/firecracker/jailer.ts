/** The jailer's command line. Pure. */
import { createHash } from 'node:crypto'
import { CPU_PERIOD_US, cpuQuotaUs, PARENT } from '../limits.ts'
import { JAIL } from './machine.ts'

export interface JailerOptions {
  jailId: string
  execFile: string
  uid: number
  chrootBase: string
  vcpu: number
  /** Of its control group. */
  limitMib: number
}

/** Firecracker itself needs 5 MiB; the rest is what the kernel counts for its files. */
const OVERHEAD_MIB = 64
const OPEN_FILES = 2048
const MIB = 2 ** 20
const ID_LIMIT = 64
const HASH_CHARS = 12

/** So many copies of the guest's memory: one, or two after it was woken, and one more while it falls asleep. */
export const groupMemoryMib = (memoryMib: number, copies: number): number => memoryMib * copies + OVERHEAD_MIB

/** The jailer takes letters, digits and hyphens, 64 of them: an id that is not so is cut and told apart by its hash. */
export function jailIdOf(id: string): string {
  if (/^[A-Za-z0-9-]+$/.test(id) && id.length <= ID_LIMIT) return id
  const hash = createHash('sha256').update(id).digest('hex').slice(0, HASH_CHARS)
  return `${id.replaceAll(/[^A-Za-z0-9-]/g, '-').slice(0, ID_LIMIT - HASH_CHARS - 1)}-${hash}`
}

/** `--daemonize` and `--new-pid-ns`: the VM is nobody's child, holds none of the agent's files and sees no other process. */
export function jailerArguments({ jailId, execFile, uid, chrootBase, vcpu, limitMib }: JailerOptions): string[] {
  return [
    '--id', jailId, '--exec-file', execFile, '--uid', String(uid), '--gid', String(uid),
    '--cgroup-version', '2', '--parent-cgroup', PARENT,
    '--cgroup', `memory.max=${limitMib * MIB}`, '--cgroup', `cpu.max=${cpuQuotaUs(vcpu)} ${CPU_PERIOD_US}`,
    '--chroot-base-dir', chrootBase, '--resource-limit', `no-file=${OPEN_FILES}`, '--daemonize', '--new-pid-ns',
    '--', '--api-sock', JAIL.apiSocket,
  ]
}
