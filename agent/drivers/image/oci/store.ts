/** Images on disk: one folder per digest, published by rename, so a folder that exists is complete. */
import { mkdir, open, readFile, readdir, rename, stat, utimes, writeFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { ImageConfig, LocalImage } from '../../image.ts'
import { removeTree } from './unpack.ts'

const Record = z.object({
  digest: z.string(),
  sizeBytes: z.number(),
  blobs: z.array(z.string()),
  config: z.object({
    entrypoint: z.array(z.string()), cmd: z.array(z.string()), env: z.record(z.string(), z.string()), workdir: z.string(), user: z.string(),
    exposedPorts: z.array(z.number()), stopSignal: z.string(),
  }),
})
type ImageRecord = z.infer<typeof Record>

export interface StoredImage { digest: string, sizeBytes: number, lastUsedMs: number, blobs: string[] }

const FOLDER = /^sha256-[0-9a-f]{64}$/
const folderName = (digest: string): string => digest.replace(':', '-')

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export class ImageStore {
  readonly dir: string
  readonly staging: string
  readonly blobs: string
  readonly #aliases: string
  readonly #prefix: readonly string[]

  constructor(dir: string, prefix: readonly string[]) {
    this.dir = dir
    this.staging = join(dir, '.staging')
    this.blobs = join(dir, '.blobs')
    this.#aliases = join(dir, '.aliases')
    this.#prefix = prefix
  }

  /** Removes what a crash left half-made. */
  async open(): Promise<void> {
    await removeTree(this.staging, this.#prefix)
    for (const folder of [this.staging, join(this.blobs, 'sha256'), this.#aliases]) await mkdir(folder, { recursive: true, mode: 0o755 })
    for (const name of await this.#folders()) {
      const complete = await stat(join(this.dir, name, 'rootfs.ext4')).then(() => this.#record(name), () => null)
      if (complete === null) await rm(join(this.dir, name), { recursive: true, force: true })
    }
  }

  async newStaging(): Promise<string> {
    const path = join(this.staging, randomUUID())
    await mkdir(path, { mode: 0o755 })
    return path
  }

  async discard(path: string): Promise<void> {
    await removeTree(path, this.#prefix)
  }

  blobPath(digest: string): string {
    return join(this.blobs, 'sha256', digest.slice('sha256:'.length))
  }

  /** Also finds the image that an index digest was resolved to before. */
  async find(digest: string): Promise<LocalImage | null> {
    const known = await readFile(join(this.#aliases, folderName(digest)), 'utf8').catch(() => digest)
    const record = await this.#record(folderName(known))
    if (record === null) return null
    await this.#touch(known)
    return { digest: record.digest, rootfs: join(this.dir, folderName(known), 'rootfs.ext4'), sizeBytes: record.sizeBytes, config: record.config }
  }

  async remember(indexDigest: string, digest: string): Promise<void> {
    await writeFile(join(this.#aliases, folderName(indexDigest)), digest)
  }

  /** `staged` holds rootfs.ext4, already flushed. */
  async publish(staged: string, digest: string, config: ImageConfig, downloaded: { bytes: number, blobs: string[] }): Promise<LocalImage> {
    const rootfs = await stat(join(staged, 'rootfs.ext4'))
    const record: ImageRecord = { digest, sizeBytes: rootfs.blocks * 512 + downloaded.bytes, blobs: downloaded.blobs, config }
    const handle = await open(join(staged, 'config.json'), 'w', 0o644)
    try {
      await handle.writeFile(JSON.stringify(record))
      await handle.sync()
    } finally {
      await handle.close()
    }
    const target = join(this.dir, folderName(digest))
    await rename(staged, target)
    await syncFolder(this.dir)
    return { digest, rootfs: join(target, 'rootfs.ext4'), sizeBytes: record.sizeBytes, config }
  }

  async list(): Promise<StoredImage[]> {
    const images = await Promise.all((await this.#folders()).map(async (name) => {
      const record = await this.#record(name)
      if (record === null) return []
      const { mtimeMs } = await stat(join(this.dir, name, 'config.json'))
      return [{ digest: record.digest, sizeBytes: record.sizeBytes, lastUsedMs: mtimeMs, blobs: record.blobs }]
    }))
    return images.flat()
  }

  async remove(digest: string): Promise<void> {
    const trash = join(this.staging, randomUUID())
    await rename(join(this.dir, folderName(digest)), trash)
    await rm(trash, { recursive: true, force: true })
  }

  async removeBlobsExcept(kept: Set<string>): Promise<void> {
    const folder = join(this.blobs, 'sha256')
    for (const name of await readdir(folder)) {
      if (!kept.has(`sha256:${name}`)) await rm(join(folder, name), { force: true })
    }
  }

  async #folders(): Promise<string[]> {
    return (await readdir(this.dir)).filter((name) => FOLDER.test(name))
  }

  async #record(name: string): Promise<ImageRecord | null> {
    const text = await readFile(join(this.dir, name, 'config.json'), 'utf8').catch(() => null)
    if (text === null) return null
    try {
      return Record.parse(JSON.parse(text))
    } catch {
      return null
    }
  }

  async #touch(digest: string): Promise<void> {
    const now = new Date()
    await utimes(join(this.dir, folderName(digest), 'config.json'), now, now)
  }
}
