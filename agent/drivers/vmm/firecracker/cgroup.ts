/** The control group of a VM: what says that it lives, what it used, and what ends all of it at once. */
import { watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readText, removeGroup } from '../control-group.ts'
import { PARENT } from '../limits.ts'

const MOUNT = /^\S+ (\S+) cgroup2 /m

/** Null on a host without version 2. */
export function cgroupRoot(): string | null {
  return MOUNT.exec(readText('/proc/self/mounts') ?? '')?.[1] ?? null
}

export const cgroupControllers = (root: string): string[] => (readText(join(root, 'cgroup.controllers')) ?? '').trim().split(' ')

export class VmCgroup {
  readonly #folder: string
  readonly #path: string

  constructor(root: string, jailId: string) {
    this.#path = join('/', PARENT, jailId)
    this.#folder = join(root, PARENT, jailId)
  }

  holds(pid: number): boolean {
    return (readText(`/proc/${pid}/cgroup`) ?? '').split('\n').some((line) => line === `0::${this.#path}`)
  }

  populated(): boolean {
    return /^populated 1$/m.test(readText(join(this.#folder, 'cgroup.events')) ?? '')
  }

  /** False where the kernel is older than `cgroup.kill` or the group is gone. */
  kill(): boolean {
    try {
      writeFileSync(join(this.#folder, 'cgroup.kill'), '1')
      return true
    } catch {
      return false
    }
  }

  cpuMicroseconds(): number | null {
    const used = /^usage_usec (\d+)$/m.exec(readText(join(this.#folder, 'cpu.stat')) ?? '')?.[1]
    return used === undefined ? null : Number(used)
  }

  /** Where the controller is; the jailer has refused a host without it. */
  limitMemory(mib: number): void {
    try {
      writeFileSync(join(this.#folder, 'memory.max'), String(mib * 2 ** 20))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES'))) throw error
    }
  }

  oomKills(): number {
    return Number(/^oom_kill (\d+)$/m.exec(readText(join(this.#folder, 'memory.events')) ?? '')?.[1] ?? 0)
  }

  /** Calls whenever the kernel says that the group filled or emptied. */
  onChange(call: () => void): () => void {
    try {
      const watcher = watch(join(this.#folder, 'cgroup.events'), call)
      watcher.on('error', () => watcher.close())
      return () => watcher.close()
    } catch {
      return () => {}
    }
  }

  remove(): Promise<void> {
    return removeGroup(this.#folder)
  }
}
