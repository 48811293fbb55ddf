/** The control groups of one VM of QEMU: its limits, and what the kernel noted of it. One folder per tree, named after the VM. */
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { VmmError } from '../vmm.ts'
import { CONTROLLERS, limitFiles, PARENT, treesOf, type Controller, type Grant, type Tree } from './limits.ts'

const [REMOVE_TRIES, REMOVE_PAUSE_MS] = [40, 50]

export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** What was killed just now is busy until the kernel has taken it apart. */
export async function removeGroup(folder: string): Promise<void> {
  for (let left = REMOVE_TRIES; ; left -= 1) {
    try {
      return await rmdir(folder)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null
      if (code === 'ENOENT') return
      if (code !== 'EBUSY' || left === 0) throw error
      await sleep(REMOVE_PAUSE_MS)
    }
  }
}

const controllersOf = (root: string): string[] => (readText(join(root, 'cgroup.controllers')) ?? '').trim().split(' ')

/** Trees of this host in which this process may make groups. `missing` are the controllers that limit nothing here. */
export function hostTrees(): { trees: Tree[]; missing: Controller[] } {
  const trees = treesOf(readText('/proc/self/mounts') ?? '', controllersOf).filter(isOpen)
  return { trees, missing: CONTROLLERS.filter((name) => !trees.some(({ controllers }) => controllers.includes(name))) }
}

/** A group of version 2 passes controllers on only when it is told to, from the root down. */
function isOpen({ root, version, controllers }: Tree): boolean {
  try {
    const parent = join(root, PARENT)
    mkdirSync(parent, { recursive: true })
    accessSync(parent, constants.W_OK)
    if (version === 2 && controllers.length > 0) for (const folder of [root, parent]) writeFileSync(join(folder, 'cgroup.subtree_control'), controllers.map((name) => `+${name}`).join(' '))
    return true
  } catch {
    return false
  }
}

/** Of a VM whose process ended without a word of its guest. */
export function whyKilled(onRequest: boolean, memoryKills: number): string {
  if (onRequest) return 'killed on request'
  return memoryKills > 0 ? 'the host killed the VM process: its memory limit was reached' : 'the VM process ended without a word'
}

export class ControlGroup {
  readonly #trees: readonly (Tree & { folder: string })[]

  /** `name`: what both drivers call the groups of a VM, so that the fence finds them. */
  constructor(trees: readonly Tree[], name: string) {
    this.#trees = trees.map((tree) => ({ ...tree, folder: join(tree.root, PARENT, name) }))
  }

  /** With everything the process has started. Rejected limits are an error: a VM without them could take the node from its neighbours. */
  hold(pid: number, grant: Grant): void {
    try {
      for (const { folder, version, controllers } of this.#trees) {
        mkdirSync(folder, { recursive: true })
        for (const { name, value } of controllers.flatMap((controller) => limitFiles(controller, version, grant))) writeFileSync(join(folder, name), value)
        writeFileSync(join(folder, 'cgroup.procs'), String(pid))
      }
    } catch (error) {
      throw new VmmError('vmm_failed', `the limits of the VM could not be set: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  /** How often the kernel ended a process of it because its memory was used up. */
  memoryKills(): number {
    const tree = this.#trees.find(({ controllers }) => controllers.includes('memory'))
    const text = tree ? readText(join(tree.folder, tree.version === 2 ? 'memory.events' : 'memory.oom_control')) : null
    return Number(/^oom_kill (\d+)$/m.exec(text ?? '')?.[1] ?? 0)
  }

  async remove(): Promise<void> {
    for (const { folder } of this.#trees) await removeGroup(folder)
  }
}

