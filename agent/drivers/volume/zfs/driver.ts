/** Volumes as block devices of a ZFS pool; snapshots, clones and restores share their blocks with what they came from. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runCommand } from '../../command.ts'
import {
  VolumeError, type DiskContent, type OpenVolume, type SnapshotFacts, type Trial, type TrialFacts, type VolumeDriver, type VolumeFacts, type VolumeRef,
} from '../../volume.ts'
import { checksumOf, CHUNK_BYTES, fileChecksum, fillInto, namesOf } from '../blocks.ts'
import { checked, format, orNoSpace, shrinkFileSystem } from '../file-system.ts'
import { encrypt, headBytes } from '../luks.ts'
import { checkFileSystem } from '../proof.ts'
import { Graveyard } from './graveyard.ts'
import { Zfs, type Run, type ZfsSnapshot, type ZfsVolume } from './zfs.ts'

export interface ZfsOptions {
  /** A dataset of the operator's; below it one per organization. */
  root: string
  /** For what is made before it is encrypted: an empty file system. */
  work: string
  devices?: string
  run?: Run
  now?: () => number
}

const MIB = 1 << 20
const PLAIN_BLOCK = '16k'
/** The header of an encrypted volume is a multiple of this only. */
const FINE_BLOCK = '4k'
const DEVICE_MS = 15_000

export class ZfsVolumes implements VolumeDriver {
  readonly name = 'zfs'
  readonly #options: Required<Omit<ZfsOptions, 'run'>>
  readonly #zfs: Zfs
  readonly #graveyard: Graveyard

  constructor({ run, ...options }: ZfsOptions) {
    this.#options = { devices: '/dev/zvol', now: Date.now, ...options }
    this.#zfs = new Zfs(run)
    this.#graveyard = new Graveyard(this.#zfs)
  }

  async create(volume: VolumeRef, sizeMib: number, snapshotId: string | null, key: string | null = null): Promise<void> {
    if (await this.#find(volume)) return
    if (snapshotId === null) return key === null ? this.#createPlain(volume, sizeMib) : this.#createEncrypted(volume, sizeMib, key)
    const snapshot = await this.#snapshot(volume, snapshotId)
    return this.#become(volume, async (draft) => {
      await this.#zfs.clone(snapshot.name, draft)
      const bytes = snapshot.headBytes + sizeMib * MIB
      if (bytes > snapshot.bytes) await this.#zfs.resize(draft, bytes)
    })
  }

  async inspect(volume: VolumeRef): Promise<VolumeFacts | null> {
    const found = await this.#find(volume)
    return found && { sizeMib: Math.floor((found.bytes - await headBytes(this.path(volume))) / MIB), usedMib: Math.ceil(found.referenced / MIB) }
  }

  async fence(volume: VolumeRef): Promise<number> {
    const found = await this.#find(volume)
    return found ? this.#zfs.fence(found.name) : 0
  }

  async noteFence(volume: VolumeRef, fence: number): Promise<void> {
    const found = await this.#find(volume)
    if (found && (await this.#zfs.fence(found.name)) < fence) await this.#zfs.noteFence(found.name, fence)
  }

  path(volume: VolumeRef): string {
    return this.#device(this.#dataset(volume))
  }

  async resize(volume: VolumeRef, sizeMib: number, running: OpenVolume | null): Promise<void> {
    const [found, head] = [await this.#find(volume), await headBytes(this.path(volume))]
    const bytes = head + sizeMib * MIB
    if (!found || found.bytes === bytes) return
    if (found.bytes > bytes) {
      if (head > 0) throw new VolumeError('below_used', 'An encrypted volume cannot be made smaller. Its size was left as it is.')
      await shrinkFileSystem(this.path(volume), sizeMib)
    }
    await orNoSpace(() => this.#zfs.resize(found.name, bytes))
    if (found.bytes < bytes) await running?.grow(sizeMib)
  }

  /** One instant without the VM's help: what its guest flushed is in the device, and the rest is written before. */
  async snapshot(volume: VolumeRef, snapshotId: string, _running: OpenVolume | null): Promise<SnapshotFacts> {
    const id = checked(snapshotId)
    const known = (await this.#snapshots(volume.orgId)).find((snapshot) => snapshot.id === id)
    if (known?.read) return factsOf(known, known.read)
    const [found, path] = [await this.#find(volume), this.path(volume)]
    if (!found) throw new VolumeError('volume_failed', `There is no volume ${volume.id}.`)
    const facts = { volume: volume.id, bytes: found.bytes, head: await headBytes(path), taken: this.#options.now() }
    if (!known) {
      await flush(path)
      await orNoSpace(() => this.#zfs.snapshot(found.name, id, facts))
    }
    const taken = await this.#unread(volume, id)
    const checksum = await fileChecksum(await this.#appeared(taken.name), taken.bytes)
    const read = { checksum, addedBytes: await this.#zfs.number('written', taken.name) }
    await this.#zfs.noteRead(taken.name, read)
    return factsOf(taken, read)
  }

  async snapshots(volume: VolumeRef): Promise<SnapshotFacts[]> {
    const all = (await this.#snapshots(volume.orgId)).filter(({ volumeId }) => volumeId === volume.id)
    return all.flatMap((snapshot) => (snapshot.read ? [factsOf(snapshot, snapshot.read)] : []))
  }

  /** A clone takes the volume's place; what was there stays as long as it has snapshots. No step leaves the volume without a content. */
  async restore(volume: VolumeRef, snapshotId: string): Promise<void> {
    const [snapshot, dataset, draft] = [await this.#snapshot(volume, snapshotId), this.#dataset(volume), this.#draft(volume)]
    await this.#graveyard.destroy(draft)
    await orNoSpace(() => this.#zfs.clone(snapshot.name, draft))
    await this.#zfs.noteSwap(draft, true)
    if (await this.#zfs.exists(dataset)) await this.#zfs.rename(dataset, await this.#graveyard.placeFor(dataset))
    await this.#zfs.rename(draft, dataset)
    await this.#endSwap(dataset)
    await this.#graveyard.sweep(this.#folder(volume.orgId))
  }

  async content(volume: VolumeRef, snapshotId: string): Promise<DiskContent> {
    const { name, bytes, headBytes: head, takenAtMs, read } = await this.#snapshot(volume, snapshotId)
    const path = await this.#appeared(name)
    const blocks = await namesOf(path, bytes).catch((error: unknown) => { throw new VolumeError('snapshot_damaged', `The snapshot cannot be read: ${String(error)}`) })
    if (read?.checksum !== checksumOf(blocks)) throw new VolumeError('snapshot_damaged', 'The snapshot is not what it was when it was taken.')
    return { sizeBytes: bytes, headBytes: head, checksum: read.checksum, takenAtMs, blocks, read: (index) => readBlock(path, index, bytes) }
  }

  async createFrom(volume: VolumeRef, sizeMib: number, content: DiskContent): Promise<void> {
    if (await this.#find(volume)) return
    return this.#become(volume, async (draft) => {
      await this.#filled(draft, content)
      const bytes = content.headBytes + sizeMib * MIB
      if (bytes > content.sizeBytes) await this.#zfs.resize(draft, bytes)
    })
  }

  async prove(volume: VolumeRef, content: DiskContent, { key, trial }: { key: string | null; trial: Trial }): Promise<TrialFacts> {
    const copy = `${this.#dataset(volume)}.drill`
    await this.#makeFolder(volume.orgId)
    await this.#graveyard.destroy(copy)
    try {
      const path = await orNoSpace(() => this.#filled(copy, content))
      const same = await fileChecksum(path, content.sizeBytes) === content.checksum
      if (!same) throw new VolumeError('backup_damaged', 'What was restored is not what was backed up: the checksums differ.')
      const head = await headBytes(path)
      await checkFileSystem(path, head, key)
      return await trial({ path, key: head > 0 ? key : null })
    } finally {
      await this.#graveyard.destroy(copy)
      await this.#graveyard.sweep(this.#folder(volume.orgId))
    }
  }

  async dropSnapshot(volume: VolumeRef, snapshotId: string): Promise<void> {
    const id = checked(snapshotId)
    const found = (await this.#snapshots(volume.orgId)).find((snapshot) => snapshot.id === id)
    if (found) await this.#zfs.dropSnapshot(found.name)
    await this.#graveyard.sweep(this.#folder(volume.orgId))
  }

  async remove(volume: VolumeRef): Promise<void> {
    const dataset = this.#dataset(volume)
    for (const rest of [`${dataset}.drill`, this.#draft(volume)]) await this.#graveyard.destroy(rest)
    await this.#graveyard.bury(this.#folder(volume.orgId), dataset, volume.id)
  }

  async freeMib(): Promise<number> {
    return Math.floor((await this.#zfs.number('available', this.#options.root)) / MIB)
  }

  readonly #folder = (orgId: string): string => `${this.#options.root}/${checked(orgId)}`
  readonly #dataset = ({ orgId, id }: VolumeRef): string => `${this.#folder(orgId)}/${checked(id)}`
  readonly #draft = (volume: VolumeRef): string => `${this.#dataset(volume)}.draft`
  readonly #device = (name: string): string => join(this.#options.devices, name)

  /** Ends a restore that was broken off between its steps. */
  async #find(volume: VolumeRef): Promise<ZfsVolume | null> {
    const all = await this.#zfs.volumes(this.#folder(volume.orgId))
    const [dataset, draft] = [this.#dataset(volume), this.#draft(volume)]
    const found = all.find(({ name }) => name === dataset)
    if (found && !found.swap) return found
    if (!found && !all.some(({ name, swap }) => name === draft && swap)) return null
    if (!found) await this.#zfs.rename(draft, dataset)
    await this.#endSwap(dataset)
    return this.#find(volume)
  }

  /** What it replaced needs no longer to stay for its sake. */
  async #endSwap(dataset: string): Promise<void> {
    await this.#zfs.promote(dataset)
    await this.#zfs.noteSwap(dataset, false)
    await this.#appeared(dataset)
  }

  async #snapshots(orgId: string): Promise<ZfsSnapshot[]> {
    return (await this.#zfs.snapshots(this.#folder(orgId))).filter(({ dropped }) => !dropped)
  }

  async #snapshot(volume: VolumeRef, snapshotId: string): Promise<ZfsSnapshot> {
    const found = (await this.#snapshots(volume.orgId)).find(({ id, read }) => id === checked(snapshotId) && read !== null)
    if (!found) throw new VolumeError('volume_not_ready', `There is no snapshot ${snapshotId} on this node (yet).`)
    return found
  }

  async #unread(volume: VolumeRef, id: string): Promise<ZfsSnapshot> {
    const found = (await this.#snapshots(volume.orgId)).find((snapshot) => snapshot.id === id)
    if (!found) throw new VolumeError('volume_failed', `ZFS does not know the snapshot ${id} it has just made.`)
    return found
  }

  async #makeFolder(orgId: string): Promise<void> {
    const folder = this.#folder(orgId)
    if (!(await this.#zfs.exists(folder))) await this.#zfs.makeFolder(folder)
  }

  /** The volume bears its name only when it is whole. */
  async #become(volume: VolumeRef, make: (draft: string) => Promise<void>): Promise<void> {
    const draft = this.#draft(volume)
    await this.#makeFolder(volume.orgId)
    await this.#graveyard.destroy(draft)
    try {
      await orNoSpace(() => make(draft))
      await this.#zfs.rename(draft, this.#dataset(volume))
    } catch (error) {
      await this.#graveyard.destroy(draft)
      await this.#graveyard.sweep(this.#folder(volume.orgId))
      throw error
    }
    await this.#appeared(this.#dataset(volume))
  }

  #createPlain(volume: VolumeRef, sizeMib: number): Promise<void> {
    return this.#become(volume, async (draft) => {
      await this.#zfs.makeVolume(draft, sizeMib * MIB, PLAIN_BLOCK)
      const path = await this.#appeared(draft)
      await format(path)
      await flush(path)
    })
  }

  async #createEncrypted(volume: VolumeRef, sizeMib: number, key: string): Promise<void> {
    await mkdir(this.#options.work, { recursive: true, mode: 0o700 })
    const folder = await mkdtemp(join(this.#options.work, 'making-'))
    const [plain, container] = [join(folder, 'plain'), join(folder, 'container')]
    try {
      await orNoSpace(async () => {
        const file = await open(plain, 'w', 0o600)
        await file.truncate(sizeMib * MIB).finally(() => file.close())
        await format(plain)
        await encrypt(plain, container, key)
      })
      await this.#become(volume, async (draft) => {
        await this.#zfs.makeVolume(draft, (await stat(container)).size, FINE_BLOCK)
        await runCommand(['dd', `if=${container}`, `of=${await this.#appeared(draft)}`, 'bs=1M', 'conv=notrunc,fsync', 'status=none'], { timeoutMs: 3_600_000 })
      })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async #filled(dataset: string, content: DiskContent): Promise<string> {
    await this.#zfs.makeVolume(dataset, content.sizeBytes, content.headBytes > 0 ? FINE_BLOCK : PLAIN_BLOCK)
    const path = await this.#appeared(dataset)
    const file = await open(path, 'r+')
    await fillInto(file, content).finally(() => file.close())
    return path
  }

  /** udev makes the names of devices in its own time. */
  async #appeared(name: string): Promise<string> {
    const path = this.#device(name)
    for (const end = performance.now() + DEVICE_MS; !existsSync(path); await sleep(20)) {
      if (performance.now() > end) throw new VolumeError('volume_failed', `ZFS made ${name}, but its device ${path} does not appear. Is udev running, and is snapdev visible?`)
    }
    return path
  }
}

type Content = Pick<SnapshotFacts, 'checksum' | 'addedBytes'>
const factsOf = ({ id, volumeId, bytes, headBytes: head, takenAtMs }: ZfsSnapshot, { checksum, addedBytes }: Content): SnapshotFacts =>
  ({ id, volumeId, sizeMib: Math.floor((bytes - head) / MIB), addedBytes, checksum, takenAtMs })

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+')
  await file.sync().finally(() => file.close())
}

/** What cannot be read is told by its hash. */
async function readBlock(path: string, index: number, bytes: number): Promise<Buffer> {
  const length = Math.min(CHUNK_BYTES, bytes - index * CHUNK_BYTES)
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, index * CHUNK_BYTES)
    return buffer.subarray(0, bytesRead)
  } catch {
    return Buffer.alloc(0)
  } finally {
    await file.close()
  }
}
