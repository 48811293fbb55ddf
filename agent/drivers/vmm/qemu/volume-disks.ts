/** Acts on the volumes of a running VM over QEMU's control socket. */
import { randomBytes } from 'node:crypto'
import { chown, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { runCommand } from '../../command.ts'
import { VmmError } from '../../vmm.ts'
import { volumeNode } from '../guest/config-drive.ts'
import { volumeFileNode } from './arguments.ts'
import type { Qmp } from './qmp.ts'

const MIB = 1 << 20
const POLL_MS = 20
const STUCK_MS = 120_000

const nodesSchema = z.array(z.object({ 'node-name': z.string(), image: z.object({ 'virtual-size': z.number() }) }))
const jobsSchema = z.array(z.object({ id: z.string(), status: z.string(), 'current-progress': z.number(), error: z.string().optional() }))

/** Volumes may lie on a disk of their own. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    await runCommand(['cp', '--sparse=always', from, to], { timeoutMs: 3_600_000 })
    await rm(from)
  }
}

/** Volumes in the order of their disks, and where QEMU's own user may write. */
export interface RunningDisks { folder: string; volumes: readonly string[]; encrypted: readonly string[] }

export class VolumeDisks {
  readonly #qmp: Qmp
  readonly #folder: string
  readonly #run: RunningDisks

  constructor(qmp: Qmp, run: RunningDisks) {
    this.#qmp = qmp
    this.#folder = run.folder
    this.#run = run
  }

  /** A backup job keeps for the copy what the guest overwrites meanwhile: the result is the disk at the instant the job began. */
  async copy(volumeId: string, target: string): Promise<void> {
    const index = this.#indexOf(volumeId)
    const device = this.#run.encrypted.includes(volumeId) ? volumeFileNode(index) : volumeNode(index)
    const name = `copy-${randomBytes(6).toString('hex')}`
    const draft = join(this.#folder, `${name}.img`)
    try {
      await this.#makeFile(draft, await this.#sizeOf(device))
      await this.#qmp.execute('blockdev-add', {
        driver: 'raw', 'node-name': name, discard: 'unmap', 'detect-zeroes': 'unmap', file: { driver: 'file', filename: `${name}.img` },
      })
      try {
        await this.#runBackup(name, device)
      } finally {
        await this.#qmp.execute('blockdev-del', { 'node-name': name })
      }
      await move(draft, target)
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
  }

  async grow(volumeId: string, sizeMib: number): Promise<void> {
    await this.#qmp.execute('block_resize', { 'node-name': volumeNode(this.#indexOf(volumeId)), size: sizeMib * MIB })
  }

  #indexOf(volumeId: string): number {
    const index = this.#run.volumes.indexOf(volumeId)
    if (index < 0) throw new VmmError('vmm_failed', `the VM has no volume ${volumeId}`)
    return index
  }

  async #sizeOf(node: string): Promise<number> {
    const nodes = nodesSchema.parse(await this.#qmp.execute('query-named-block-nodes', { flat: true }))
    const found = nodes.find((candidate) => candidate['node-name'] === node)
    if (!found) throw new VmmError('vmm_failed', `the VM has no disk ${node}`)
    return found.image['virtual-size']
  }

  /** QEMU's own user must be able to open it. */
  async #makeFile(path: string, size: number): Promise<void> {
    const owner = await stat(this.#folder)
    const file = await open(path, 'wx', 0o600)
    await file.truncate(size).finally(() => file.close())
    await chown(path, owner.uid, owner.gid)
  }

  async #runBackup(name: string, device: string): Promise<void> {
    await this.#qmp.execute('blockdev-backup', { 'job-id': name, device, target: name, sync: 'full', 'auto-dismiss': false })
    try {
      await this.#concluded(name)
    } catch (error) {
      await this.#qmp.execute('job-cancel', { id: name }).catch(() => {})
      await this.#concluded(name).catch(() => {})
      throw error
    } finally {
      await this.#qmp.execute('job-dismiss', { id: name }).catch(() => {})
    }
  }

  /** Patient while it moves on. */
  async #concluded(name: string): Promise<void> {
    let progress = -1
    for (let movedAt = performance.now(); performance.now() - movedAt < STUCK_MS; await sleep(POLL_MS)) {
      const job = jobsSchema.parse(await this.#qmp.execute('query-jobs')).find(({ id }) => id === name)
      if (!job) throw new VmmError('vmm_failed', 'the copy of the disk was given up')
      if (job.status === 'concluded' && job.error !== undefined) throw new VmmError(/No space left/.test(job.error) ? 'no_space' : 'vmm_failed', job.error)
      if (job.status === 'concluded') return
      if (job['current-progress'] !== progress) movedAt = performance.now()
      progress = job['current-progress']
    }
    throw new VmmError('vmm_failed', 'the copy of the disk does not move on')
  }
}
