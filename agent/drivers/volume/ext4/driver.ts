/** Volumes as sparse files with an ext4 file system; snapshots in a store of blocks beside them, one store per organization. */
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, rmdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandError, runCommand } from '../../command.ts'
import {
  VolumeError, type DiskContent, type OpenVolume, type SnapshotFacts, type Trial, type TrialFacts, type VolumeDriver, type VolumeFacts, type VolumeRef,
} from '../../volume.ts'
import { syncFolder } from './block-writer.ts'
import { ChunkStore, fileChecksum, fill } from './chunk-store.ts'
import { encrypt, headBytes } from './luks.ts'
import { checkFileSystem } from './proof.ts'

const MIB = 1 << 20
const BLOCK_BYTES = 512
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/

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

  path(volume: VolumeRef): string {
    return join(this.#folder(volume.orgId), `${checked(volume.id)}.img`)
  }

  async resize(volume: VolumeRef, sizeMib: number, running: OpenVolume | null): Promise<void> {
    const path = this.path(volume)
    const [{ size }, head] = [await stat(path), await headBytes(path)]
    if (size === head + sizeMib * MIB) return
    if (size > head + sizeMib * MIB) {
      if (head > 0) throw new VolumeError('below_used', 'An encrypted volume cannot be made smaller. Its size was left as it is.')
      return shrink(path, sizeMib)
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
    for (const rest of [`${this.path(volume)}.draft`, join(folder, `${volume.id}.drill`)]) await rm(rest, { force: true })
    await store.drop((await store.list(volume.id)).map(({ id }) => id))
    await removeEmpty(folder)
  }

  async freeMib(): Promise<number> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 })
    const fs = await statfs(this.#root)
    return Math.floor((fs.bavail * fs.bsize) / MIB)
  }

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

/** Makes a file so long, if it is shorter. */
async function extend(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'a', 0o600)
  try {
    if ((await file.stat()).size < bytes) await file.truncate(bytes)
  } finally {
    await file.close()
  }
}

/** Ids become names of files. */
function checked(id: string): string {
  if (!NAME.test(id)) throw new TypeError(`not an id: ${id}`)
  return id
}

/** 4 KiB blocks whatever the size, so that a small volume can grow a thousandfold. */
async function format(path: string): Promise<void> {
  await runCommand(['mke2fs', '-q', '-F', '-t', 'ext4', '-b', '4096', '-m', '0', '-E', 'root_owner=0:0,lazy_itable_init=1,lazy_journal_init=1,nodiscard', path], { timeoutMs: 60_000 })
}

/** resize2fs itself refuses to go below what the files need, and leaves everything as it was. */
async function shrink(path: string, sizeMib: number): Promise<void> {
  try {
    await runCommand(['e2fsck', '-f', '-p', path], { timeoutMs: 600_000 }).catch((error: unknown) => {
      // 1: faults were mended, as after a power cut.
      if (!(error instanceof CommandError) || error.result.code !== 1) throw error
    })
    await runCommand(['resize2fs', path, `${sizeMib}M`], { timeoutMs: 600_000 })
  } catch (error) {
    const tooSmall = error instanceof CommandError && /smaller than minimum|Not enough space|No space left/i.test(error.result.stderr)
    if (tooSmall) throw new VolumeError('below_used', `The files in the volume need more than ${sizeMib} MiB. Its size was left as it is.`)
    throw new VolumeError('volume_failed', `The volume could not be made smaller: ${(error as Error).message}`)
  }
  const file = await open(path, 'r+')
  await file.truncate(sizeMib * MIB).finally(() => file.close())
}

async function orNoSpace<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC' || (error instanceof CommandError && /No space left/.test(error.result.stderr))
    if (full) throw new VolumeError('no_space', 'The node has no free disk space for this. It is tried again when there is.')
    throw error
  }
}

/** The last volume of an organization leaves no folder behind. */
async function removeEmpty(folder: string): Promise<void> {
  for (const shard of await readdir(join(folder, 'blocks')).catch(() => [])) await rmdir(join(folder, 'blocks', shard)).catch(() => {})
  for (const path of [join(folder, 'blocks'), join(folder, 'snapshots'), folder]) await rmdir(path).catch(() => {})
}
