/**
 * All backups of one volume in one bucket: encrypted blocks, each once however many backups hold it, and per backup a list of them. Names
 * and contents tell the bucket's keeper nothing but sizes and times.
 */
import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Bucket } from '../drivers/bucket.ts'
import { VolumeError, type DiskContent } from '../drivers/volume.ts'

const NONCE_BYTES = 12
const TAG_BYTES = 16
const VERSION = 1
const AT_ONCE = 4
const READ_TRIES = 3
const MIB = 1 << 20

const manifestSchema = z.object({
  format: z.literal(1), id: z.string(), sizeBytes: z.number(), headBytes: z.number(), checksum: z.string(), takenAtMs: z.number(), addedBytes: z.number(),
  blocks: z.array(z.string().nullable()),
})
type Manifest = z.infer<typeof manifestSchema>

export interface BackupFacts { id: string; sizeMib: number; checksum: string; addedBytes: number }
/** `damaged`: there is something of that name, and nothing can be made of it. */
interface Listing { found: BackupFacts[]; damaged: string[] }
interface Upload { progress: (done: number, total: number) => void; signal: AbortSignal }

const factsOf = ({ id, sizeBytes, headBytes, checksum, addedBytes }: Manifest): BackupFacts =>
  ({ id, sizeMib: Math.floor((sizeBytes - headBytes) / MIB), checksum, addedBytes })

const derive = (key: string, use: string): Buffer => Buffer.from(hkdfSync('sha256', Buffer.from(key, 'base64'), Buffer.alloc(0), `shellwego backup ${use}`, 32))

const damaged = (what: string): VolumeError => new VolumeError('backup_damaged', `${what} in the bucket is missing or damaged.`)

async function each<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const rest = items[Symbol.iterator]()
  const worker = async (): Promise<void> => {
    for (let next = rest.next(); !next.done; next = rest.next()) await work(next.value)
  }
  const failed = (await Promise.allSettled(Array.from({ length: AT_ONCE }, worker))).find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
}

export class Vault {
  readonly #bucket: Bucket
  readonly #prefix: string
  readonly #content: Buffer
  readonly #names: Buffer
  readonly #known = new Map<string, Manifest>()
  /** Found damaged: the next backup that holds them writes them anew. */
  readonly #bad: Set<string>

  constructor(bucket: Bucket, prefix: string, key: string, bad = new Set<string>()) {
    this.#bad = bad
    this.#bucket = bucket
    this.#prefix = prefix
    this.#content = derive(key, 'contents')
    this.#names = derive(key, 'names')
  }

  async list(): Promise<Listing> {
    const names = await this.#bucket.list(`${this.#prefix}backups/`)
    const listing: Listing = { found: [], damaged: [] }
    for (const id of names.map((name) => name.slice(`${this.#prefix}backups/`.length))) {
      const manifest = await this.#manifest(id)
      if (manifest) listing.found.push(factsOf(manifest))
      else listing.damaged.push(id)
    }
    return listing
  }

  /** What is there of it already is not sent again, so a broken one goes on where it was. The list of blocks comes last. */
  async save(id: string, content: DiskContent, { progress, signal }: Upload): Promise<BackupFacts> {
    const sizes = await this.#send(content, { progress, signal })
    const others = new Set((await this.list()).found.filter((other) => other.id !== id).flatMap((other) => this.#known.get(other.id)?.blocks ?? []))
    const addedBytes = [...sizes].reduce((sum, [name, size]) => (others.has(name) ? sum : sum + size), 0)
    const { sizeBytes, headBytes, checksum, takenAtMs } = content
    const manifest: Manifest = { format: 1, id, sizeBytes, headBytes, checksum, takenAtMs, addedBytes, blocks: [...content.blocks] }
    await this.#bucket.put(this.#manifestName(id), this.#seal(Buffer.from(JSON.stringify(manifest)), `backups/${id}`))
    this.#known.set(id, manifest)
    return factsOf(manifest)
  }

  async open(id: string): Promise<DiskContent> {
    const manifest = await this.#manifest(id)
    if (!manifest) throw damaged('The list of the backup')
    return {
      ...manifest,
      read: async (index) => {
        const name = manifest.blocks[index] ?? ''
        for (let attempt = 1; attempt <= READ_TRIES; attempt += 1) {
          const sealed = await this.#bucket.get(this.#blockName(name))
          const block = sealed && this.#unseal(sealed, `blocks/${name}`)
          if (block && hash('sha256', block) === name) return block
        }
        this.#bad.add(name)
        throw damaged(`Block ${index} of the backup`)
      },
    }
  }

  /** Blocks first, then the lists: what breaks off half-way is done again. */
  async drop(ids: readonly string[]): Promise<void> {
    const kept = (await this.list()).found.filter(({ id }) => !ids.includes(id))
    const held = new Set(kept.flatMap(({ id }) => (this.#known.get(id)?.blocks ?? []).flatMap((name) => (name === null ? [] : [this.#blockName(name)]))))
    const stored = await this.#bucket.list(`${this.#prefix}blocks/`)
    await this.#bucket.remove(stored.filter((name) => !held.has(name)))
    await this.#bucket.remove(ids.map((id) => this.#manifestName(id)))
    for (const id of ids) this.#known.delete(id)
  }

  /** Returns the blocks and their sizes. */
  async #send(content: DiskContent, { progress, signal }: Upload): Promise<Map<string, number>> {
    const stored = new Set(await this.#bucket.list(`${this.#prefix}blocks/`))
    const places = new Map(content.blocks.flatMap((name, index): [string, number][] => (name === null ? [] : [[name, index]])))
    const sizes = new Map<string, number>()
    const blockBytes = Math.ceil(content.sizeBytes / Math.max(1, content.blocks.length))
    const missing = [...places].filter(([name]) => !stored.has(this.#blockName(name)) || this.#bad.has(name))
    for (const name of places.keys()) sizes.set(name, blockBytes)
    let done = places.size - missing.length
    progress(done, places.size)
    await each(missing, async ([name, index]) => {
      signal.throwIfAborted()
      const block = await content.read(index)
      if (hash('sha256', block) !== name) throw new VolumeError('snapshot_damaged', `Block ${index} of the snapshot is damaged.`)
      await this.#bucket.put(this.#blockName(name), this.#seal(block, `blocks/${name}`))
      this.#bad.delete(name)
      sizes.set(name, block.length)
      done += 1
      progress(done, places.size)
    })
    return sizes
  }

  async #manifest(id: string): Promise<Manifest | null> {
    const known = this.#known.get(id)
    if (known) return known
    for (let attempt = 1; attempt <= READ_TRIES; attempt += 1) {
      const sealed = await this.#bucket.get(this.#manifestName(id))
      const text = sealed && this.#unseal(sealed, `backups/${id}`)
      if (!text) continue
      const manifest = manifestSchema.parse(JSON.parse(text.toString('utf8')))
      this.#known.set(id, manifest)
      return manifest
    }
    return null
  }

  readonly #manifestName = (id: string): string => `${this.#prefix}backups/${id}`

  /** Under a key of its own: whoever knows a file cannot tell by its hash whether it is in there. */
  #blockName(name: string): string {
    const hidden = createHmac('sha256', this.#names).update(name).digest('hex')
    return `${this.#prefix}blocks/${hidden.slice(0, 2)}/${hidden}`
  }

  #seal(plain: Buffer, place: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#content, nonce).setAAD(Buffer.from(place))
    const body = [cipher.update(plain), cipher.final()]
    return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), ...body])
  }

  /** Null when it was changed, cut off or belongs elsewhere. */
  #unseal(sealed: Buffer, place: string): Buffer | null {
    const begin = 1 + NONCE_BYTES + TAG_BYTES
    if (sealed.length < begin || sealed[0] !== VERSION) return null
    try {
      const cipher = createDecipheriv('aes-256-gcm', this.#content, sealed.subarray(1, 1 + NONCE_BYTES)).setAAD(Buffer.from(place))
      cipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, begin))
      return Buffer.concat([cipher.update(sealed.subarray(begin)), cipher.final()])
    } catch {
      return null
    }
  }
}
