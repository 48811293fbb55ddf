/** Whether a host may hold a guest's memory in files for a moment: room for them, and no way from there to a disk. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { tryCommand } from '../../command.ts'
import { VmmError } from '../../vmm.ts'

export interface SwapArea { name: string; safe: boolean }
export interface HostMemoryFacts { totalMib: number; availableMib: number; swaps: readonly SwapArea[] }

/** Left for the host itself whatever sleeps and wakes. */
export const HEADROOM_MIB = 512

/** Null where nothing of such a file can come to lie on a disk in clear. */
export function whyItMayLeak(canPin: boolean, swaps: readonly SwapArea[]): string | null {
  const open = swaps.filter(({ safe }) => !safe).map(({ name }) => name)
  if (canPin || open.length === 0) return null
  return `swap in clear (${open.join(', ')}), and this kernel has no tmpfs without swap: use Linux 6.4 or newer, encrypted swap (dm-crypt), or none`
}

/**
 * A copy of a guest's memory lies beside it while it falls asleep, and after waking until its next start. It has to fit into what the host
 * has beyond what its VMs were promised: they may all ask for it at once.
 */
export const spareMib = ({ totalMib, availableMib }: Pick<HostMemoryFacts, 'totalMib' | 'availableMib'>, promisedMib: number, takenMib: number): number =>
  Math.min(totalMib - promisedMib, availableMib) - takenMib - HEADROOM_MIB

export class HostMemory {
  readonly #look: () => Promise<HostMemoryFacts>
  readonly #canPin: () => Promise<boolean>
  #pins: Promise<boolean> | null = null
  #takenMib = 0

  constructor(look = lookAtMemory, canPin = triesToPin) {
    this.#look = look
    this.#canPin = canPin
  }

  /** Whether a tmpfs can be kept out of swap: Linux 6.4 and newer. */
  pins(): Promise<boolean> {
    return (this.#pins ??= this.#canPin())
  }

  async whyNoSleep(): Promise<string | null> {
    const [canPin, { swaps }] = await Promise.all([this.pins(), this.#look()])
    return whyItMayLeak(canPin, swaps)
  }

  /** Room for so much for as long as `work` takes. */
  async withRoom<T>(mib: number, promisedMib: number, work: () => Promise<T>): Promise<T> {
    const [facts, canPin] = [await this.#look(), await this.pins()]
    const leak = whyItMayLeak(canPin, facts.swaps)
    if (leak !== null) throw new VmmError('vmm_failed', leak)
    const spare = spareMib(facts, promisedMib, this.#takenMib)
    if (spare < mib) throw new VmmError('vmm_failed', `the copy of its memory needs ${mib} MiB, and the host has ${Math.max(0, spare)} MiB to spare`)
    this.#takenMib += mib
    try {
      return await work()
    } finally {
      this.#takenMib -= mib
    }
  }
}

async function lookAtMemory(): Promise<HostMemoryFacts> {
  const [memory, swaps] = await Promise.all([readFile('/proc/meminfo', 'utf8'), readFile('/proc/swaps', 'utf8').catch(() => '')])
  const mib = (name: string): number => Math.floor(Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(memory)?.[1] ?? 0) / 1024)
  return { totalMib: mib('MemTotal'), availableMib: mib('MemAvailable'), swaps: await Promise.all(swapNames(swaps).map(async (name) => ({ name, safe: await isSafe(name) }))) }
}

export const swapNames = (text: string): string[] => text.split('\n').slice(1).flatMap((line) => /^(\S+)/.exec(line)?.[1] ?? [])

/** Encrypted by the kernel, or memory itself. A file lies on some disk, and nobody tells which. */
async function isSafe(name: string): Promise<boolean> {
  const block = join('/sys/block', basename(name))
  const read = (path: string): Promise<string> => readFile(join(block, path), 'utf8').catch(() => '')
  if ((await read('dm/uuid')).startsWith('CRYPT-')) return true
  return /^zram\d+$/.test(basename(name)) && ['', 'none'].includes((await read('backing_dev')).trim())
}

async function triesToPin(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'shellwego-pin-'))
  const { code } = await tryCommand(['mount', '-t', 'tmpfs', '-o', 'size=4k,noswap', 'tmpfs', folder])
  if (code === 0) await tryCommand(['umount', folder])
  await rm(folder, { recursive: true, force: true })
  return code === 0
}
