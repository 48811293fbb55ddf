/**
 * Snapshots of one organization: each a list of block hashes, the blocks stored once however many snapshots hold them. Blocks of zeros are
 * not stored at all.
 */
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { VolumeError, type DiskContent, type SnapshotFacts } from '../../volume.ts'
import { blocksOf, checksumOf, nameOf } from '../blocks.ts'
import { BlockWriter, syncFolder } from './block-writer.ts'

const MIB = 1 << 20

const manifestSchema = z.object({
  format: z.literal(1), id: z.string(), volumeId: z.string(), sizeBytes: z.number(),
  /** Of those: the header of an encrypted volume. */
  headBytes: z.number().default(0), addedBytes: z.number(), checksum: z.string(), takenAtMs: z.number(),
  /** In order; null is a block of zeros. */
  chunks: z.array(z.string().nullable()),
})
type Manifest = z.infer<typeof manifestSchema>

const factsOf = (manifest: Manifest): SnapshotFacts => ({
  id: manifest.id, volumeId: manifest.volumeId, sizeMib: Math.floor((manifest.sizeBytes - manifest.headBytes) / MIB),
  addedBytes: manifest.addedBytes, checksum: manifest.checksum, takenAtMs: manifest.takenAtMs,
})

export interface NewSnapshot { id: string; volumeId: string; takenAtMs: number; headBytes: number }

export class ChunkStore {
  readonly #folder: string
  #last: Promise<unknown> = Promise.resolve()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Reads a file that does not change meanwhile. The list of blocks is written last: without it the snapshot is not there. */
  save(path: string, { id, volumeId, takenAtMs, headBytes }: NewSnapshot): Promise<SnapshotFacts> {
    return this.#alone(async () => {
      const known = await this.find(id)
      if (known) return known
      const file = await open(path)
      try {
        const sizeBytes = (await file.stat()).size
        const chunks: (string | null)[] = []
        const writer = new BlockWriter(this.#chunkPath)
        let addedBytes = 0
        for await (const block of blocksOf(file, sizeBytes)) {
          const name = nameOf(block)
          if (name !== null && await writer.add(name, block)) addedBytes += block.length
          chunks.push(name)
        }
        await writer.finish()
        const manifest: Manifest = { format: 1, id, volumeId, sizeBytes, headBytes, addedBytes, checksum: checksumOf(chunks), takenAtMs, chunks }
        await this.#commit(manifest)
        return factsOf(manifest)
      } finally {
        await file.close()
      }
    })
  }

  async content(id: string): Promise<DiskContent> {
    const manifest = await this.#read(id)
    if (manifest === null) throw new VolumeError('volume_not_ready', `There is no snapshot ${id} on this node (yet).`)
    const { sizeBytes, headBytes, checksum, takenAtMs, chunks: blocks } = manifest
    return { sizeBytes, headBytes, checksum, takenAtMs, blocks, read: (index) => readFile(this.#chunkPath(blocks[index] ?? '')).catch(() => Buffer.alloc(0)) }
  }

  async find(id: string): Promise<SnapshotFacts | null> {
    const manifest = await this.#read(id)
    return manifest && factsOf(manifest)
  }

  async list(volumeId: string): Promise<SnapshotFacts[]> {
    const all = await this.#manifests()
    return all.filter((manifest) => manifest.volumeId === volumeId).map(factsOf).sort((a, b) => a.takenAtMs - b.takenAtMs)
  }

  drop(ids: readonly string[]): Promise<void> {
    return this.#alone(async () => {
      for (const id of ids) await rm(this.#manifestPath(id), { force: true })
      await this.#sweep()
    })
  }

  /** Saving and sweeping take turns: a block that a snapshot under way has found must not go. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work, work)
    this.#last = next.catch(() => {})
    return next
  }

  async #commit(manifest: Manifest): Promise<void> {
    const path = this.#manifestPath(manifest.id)
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
    const file = await open(`${path}.new`, 'w', 0o600)
    try {
      await file.writeFile(JSON.stringify(manifest))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${path}.new`, path)
    await syncFolder(join(path, '..'))
  }

  async #sweep(): Promise<void> {
    const held = new Set((await this.#manifests()).flatMap(({ chunks }) => chunks))
    const root = join(this.#folder, 'blocks')
    for (const shard of await readdir(root).catch(() => [])) {
      for (const name of await readdir(join(root, shard))) if (!held.has(name)) await rm(join(root, shard, name), { force: true })
    }
  }

  async #manifests(): Promise<Manifest[]> {
    const names = (await readdir(join(this.#folder, 'snapshots')).catch(() => [])).filter((name) => name.endsWith('.json'))
    const all = await Promise.all(names.map((name) => this.#read(name.slice(0, -'.json'.length))))
    return all.filter((manifest) => manifest !== null)
  }

  async #read(id: string): Promise<Manifest | null> {
    const text = await readFile(this.#manifestPath(id), 'utf8').catch(() => null)
    return text === null ? null : manifestSchema.parse(JSON.parse(text))
  }

  readonly #manifestPath = (id: string): string => join(this.#folder, 'snapshots', `${id}.json`)
  readonly #chunkPath = (name: string): string => join(this.#folder, 'blocks', name.slice(0, 2), name)
}
