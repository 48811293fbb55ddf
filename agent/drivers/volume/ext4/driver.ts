/** Volumes as sparse files with an ext4 file system; snapshots in a store of blocks beside them, one store per organization. */
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  VolumeError, type DiskContent, type OpenVolume, type SnapshotFacts, type Trial, type TrialFacts, type VolumeDriver, type VolumeFacts, type VolumeRef,
} from '../../volume.ts'
import { fileChecksum, fill } from '../blocks.ts'
import { checked, format, orNoSpace, shrinkFileSystem } from '../file-system.ts'
import { encrypt, headBytes } from '../luks.ts'
import { checkFileSystem } from '../proof.ts'
import { syncFolder } from './block-writer.ts'
import { ChunkStore } from './chunk-store.ts'

const MIB = 1 << 20
const BLOCK_BYTES = 512

export class Ext4Volumes implements VolumeDriver {
  readonly name = 'ext4'
  readonly #root: string
  readonly #stores = new Map<string, ChunkStore>()

  constructor(root: string) {
    this.#root = root
  }

  create(volume: VolumeRef, sizeMib: number, snapshotId: string | null, key: string | null = null): Promise<void> {
    const path = this.path(volume)
    if (existsSync(path)) return Promise.resolve()
    return this.#replace(path, async (draft) => {
      if (snapshotId !== null) {
        await fill(await this.#store(volume.orgId).content(checked(snapshotId)), draft)
        return extend(draft, (await headBytes(draft)) + sizeMib * MIB)
      }
      const plain = key === null ? draft : `${draft}.plain`
      await extend(plain, sizeMib * MIB)
      await format(plain)
      if (key !== null) await encrypt(plain, draft, key).finally(() => rm(plain, { force: true }))
    })
  }

  async inspect(volume: VolumeRef): Promise<VolumeFacts | null> {
    const found = await stat(this.path(volume)).catch(() => null)
    return found && { sizeMib: Math.floor((found.size - await headBytes(this.path(volume))) / MIB), usedMib: Math.ceil((found.blocks * BLOCK_BYTES) / MIB) }
  }

  async fence(volume: VolumeRef): Promise<number> {
    const noted = Number(await readFile(this.#fenceFile(volume), 'utf8').catch(() => '0'))
    return Number.isSafeInteger(noted) ? noted : 0
  }

  async noteFence(volume: VolumeRef, fence: number): Promise<void> {
    if (!existsSync(this.path(volume)) || (await this.fence(volume)) >= fence) return
    await this.#replace(this.#fenceFile(volume), (draft) => writeFile(draft, `${fence}\n`, { mode: 0o600 }))
  }

  path(volume: VolumeRef): string {
    return join(this.#folder(volume.orgId), `${checked(volume.id)}.img`)
  }

  async resize(volume: VolumeRef, sizeMib: number, running: OpenVolume | null): Promise<void> {
    const path = this.path(volume)
    const [{ size }, head] = [await stat(path), await headBytes(path)]
    if (size === head + sizeMib * MIB) return
    if (size > head + sizeMib * MIB) {
      if (head > 0) throw new VolumeError('below_used', 'An encrypted volume cannot be made smaller. Its size was left as it is.')
      await shrinkFileSystem(path, sizeMib)
      return truncate(path, sizeMib * MIB)
    }
    // The file system grows when its guest looks at the disk, now or at its next start.
    await orNoSpace(() => extend(path, head + sizeMib * MIB))
    await running?.grow(sizeMib)
  }

  async snapshot(volume: VolumeRef, snapshotId: string, running: OpenVolume | null): Promise<SnapshotFacts> {
    const store = this.#store(volume.orgId)
    const known = await store.find(checked(snapshotId))
    if (known) return known
    const fresh = { id: snapshotId, volumeId: volume.id, takenAtMs: Date.now(), headBytes: await headBytes(this.path(volume)) }
    if (!running) return orNoSpace(() => store.save(this.path(volume), fresh))
    const copy = join(this.#folder(volume.orgId), `${snapshotId}.copy`)
    try {
      return await orNoSpace(async () => {
        await running.copyTo(copy)
        return store.save(copy, fresh)
      })
    } finally {
      await rm(copy, { force: true })
    }
  }

  snapshots(volume: VolumeRef): Promise<SnapshotFacts[]> {
    return this.#store(volume.orgId).list(volume.id)
  }

  async restore(volume: VolumeRef, snapshotId: string): Promise<void> {
    const content = await this.content(volume, snapshotId)
    return this.#replace(this.path(volume), (draft) => fill(content, draft))
  }

  content(volume: VolumeRef, snapshotId: string): Promise<DiskContent> {
    return this.#store(volume.orgId).content(checked(snapshotId))
  }

  createFrom(volume: VolumeRef, sizeMib: number, content: DiskContent): Promise<void> {
    const path = this.path(volume)
    if (existsSync(path)) return Promise.resolve()
    return this.#replace(path, async (draft) => {
      await fill(content, draft)
      return extend(draft, (await headBytes(draft)) + sizeMib * MIB)
    })
  }

  async prove(volume: VolumeRef, content: DiskContent, { key, trial }: { key: string | null; trial: Trial }): Promise<TrialFacts> {
    const folder = this.#folder(volume.orgId)
    const copy = join(folder, `${checked(volume.id)}.drill`)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    try {
      await orNoSpace(() => fill(content, copy))
      if (await fileChecksum(copy) !== content.checksum) throw new VolumeError('backup_damaged', 'What was restored is not what was backed up: the checksums differ.')
      await checkFileSystem(copy, await headBytes(copy), key)
      return await trial({ path: copy, key: (await headBytes(copy)) > 0 ? key : null })
    } finally {
      await rm(copy, { force: true })
      await removeEmpty(folder)
    }
  }

  dropSnapshot(volume: VolumeRef, snapshotId: string): Promise<void> {
    return this.#store(volume.orgId).drop([checked(snapshotId)])
  }

  async remove(volume: VolumeRef): Promise<void> {
    const store = this.#store(volume.orgId)
    const folder = this.#folder(volume.orgId)
    await rm(this.path(volume), { force: true })
    for (const rest of [this.#fenceFile(volume), `${this.path(volume)}.draft`, join(folder, `${volume.id}.drill`)]) await rm(rest, { force: true })
    await store.drop((await store.list(volume.id)).map(({ id }) => id))
    await removeEmpty(folder)
  }

  async freeMib(): Promise<number> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 })
    const fs = await statfs(this.#root)
    return Math.floor((fs.bavail * fs.bsize) / MIB)
  }

  readonly #fenceFile = (volume: VolumeRef): string => join(this.#folder(volume.orgId), `${checked(volume.id)}.fence`)

  readonly #folder = (orgId: string): string => join(this.#root, checked(orgId))

  #store(orgId: string): ChunkStore {
    const store = this.#stores.get(orgId) ?? new ChunkStore(this.#folder(orgId))
    this.#stores.set(orgId, store)
    return store
  }

  /** What was there stays whole until the new content is on disk. */
  async #replace(path: string, fill: (draft: string) => Promise<void>): Promise<void> {
    const draft = `${path}.draft`
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
    try {
      await orNoSpace(async () => {
        await rm(draft, { force: true })
        await fill(draft)
        const file = await open(draft, 'r+')
        await file.sync().finally(() => file.close())
        await rename(draft, path)
      })
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
    await syncFolder(join(path, '..'))
  }
}

async function truncate(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'r+')
  await file.truncate(bytes).finally(() => file.close())
}

/** Makes a file so long, if it is shorter. */
async function extend(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'a', 0o600)
  try {
    if ((await file.stat()).size < bytes) await file.truncate(bytes)
  } finally {
    await file.close()
  }
}

/** The last volume of an organization leaves no folder behind. */
async function removeEmpty(folder: string): Promise<void> {
  for (const shard of await readdir(join(folder, 'blocks')).catch(() => [])) await rmdir(join(folder, 'blocks', shard)).catch(() => {})
  for (const path of [join(folder, 'blocks'), join(folder, 'snapshots'), folder]) await rmdir(path).catch(() => {})
}
