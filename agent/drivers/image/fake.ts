/** In-memory ImageDriver for tests of whoever uses the port. Keeps the contract of the real one; makes no files. */
import { createHash } from 'node:crypto'
import { type ImageConfig, type ImageDriver, type ImageErrorCode, type LocalImage, type PullOptions } from '../image.ts'
import { chooseForDeletion, type CollectFloor } from './oci/collect.ts'
import { imageFailure, tooLarge } from './oci/failures.ts'
import { formatReference, parseReference } from './oci/reference.ts'
import { SharedWork } from './oci/shared-work.ts'

export interface FakeImage { sizeBytes?: number, config?: Partial<ImageConfig> }

export interface FakeImageOptions {
  /** What the registry holds, by reference with tag. */
  images?: Record<string, FakeImage>
  pullMs?: number
  floor?: CollectFloor
  now?: () => number
}

type Stored = LocalImage & { lastUsedMs: number }

const HTTP_CONFIG: ImageConfig = {
  entrypoint: ['/app/start.sh'], cmd: [], env: { PATH: '/bin' }, workdir: '/', user: '', exposedPorts: [8080], stopSignal: 'SIGTERM',
}
const DEFAULT_IMAGES: Record<string, FakeImage> = {
  'builtin/hello:v1': {}, 'builtin/hello:v2': {}, 'builtin/fixtures/noentry:v1': { config: { entrypoint: [], exposedPorts: [] } },
}

export class FakeImageDriver implements ImageDriver {
  /** Downloads begun so far. */
  pulls = 0
  readonly #remote = new Map<string, { name: string, digest: string, image: FakeImage }>()
  readonly #local = new Map<string, Stored>()
  readonly #work = new SharedWork<LocalImage>()
  readonly #options: Required<Omit<FakeImageOptions, 'images'>>
  #failure: Exclude<ImageErrorCode, 'image_too_large'> | null = null

  constructor(options: FakeImageOptions = {}) {
    this.#options = { pullMs: 0, floor: { images: 2, recentMs: 600_000 }, now: Date.now, ...options }
    for (const [name, image] of Object.entries(options.images ?? DEFAULT_IMAGES)) this.push(name, image)
  }

  /** Puts an image into the pretended registry, or moves a tag; returns the digest. */
  push(name: string, image: FakeImage): string {
    const digest = `sha256:${createHash('sha256').update(`${name} ${JSON.stringify(image)}`).digest('hex')}`
    const reference = parseReference(name)
    const repository = `${reference.registry}/${reference.repository}`
    this.#remote.set(formatReference(reference), { name, digest, image })
    this.#remote.set(`${repository}@${digest}`, { name, digest, image })
    return digest
  }

  /** Every call that needs the registry fails so until null is given. */
  fail(code: Exclude<ImageErrorCode, 'image_too_large'> | null): void {
    this.#failure = code
  }

  async ensure(text: string, options: PullOptions): Promise<LocalImage> {
    const reference = parseReference(text)
    options.signal.throwIfAborted()
    const known = reference.digest === null ? null : this.#use(reference.digest)
    if (known !== null) return known
    if (this.#failure !== null) throw imageFailure(this.#failure, text, reference.registry, 'set by the test')
    const found = this.#remote.get(formatReference(reference.digest === null ? reference : { ...reference, tag: null }))
    if (found === undefined) throw imageFailure('image_not_found', text, reference.registry, '')
    const existing = this.#use(found.digest)
    if (existing !== null) return existing
    const sizeBytes = found.image.sizeBytes ?? 4 << 20
    if (sizeBytes > options.maxBytes) throw tooLarge(text, sizeBytes, options.maxBytes, 'download')
    options.onProgress?.(`pulling ${found.digest}`)
    return this.#work.run(found.digest, options.signal, (signal) => this.#pull(found.digest, sizeBytes, found.image, signal))
  }

  async list(): Promise<{ digest: string, sizeBytes: number, lastUsedMs: number }[]> {
    return [...this.#local.values()].map(({ digest, sizeBytes, lastUsedMs }) => ({ digest, sizeBytes, lastUsedMs }))
  }

  async collect(inUse: Set<string>, keepBytes: number): Promise<string[]> {
    const doomed = chooseForDeletion([...this.#local.values()], inUse, keepBytes, this.#options.floor, this.#options.now())
    for (const { digest } of doomed) this.#local.delete(digest)
    return doomed.map(({ digest }) => digest)
  }

  #use(digest: string): LocalImage | null {
    const stored = this.#local.get(digest)
    if (stored === undefined) return null
    stored.lastUsedMs = this.#options.now()
    return { digest: stored.digest, rootfs: stored.rootfs, sizeBytes: stored.sizeBytes, config: stored.config }
  }

  async #pull(digest: string, sizeBytes: number, image: FakeImage, signal: AbortSignal): Promise<LocalImage> {
    this.pulls += 1
    await new Promise((resolve) => setTimeout(resolve, this.#options.pullMs))
    signal.throwIfAborted()
    const local: LocalImage = { digest, rootfs: `/fake/images/${digest.replace(':', '-')}/rootfs.ext4`, sizeBytes, config: { ...HTTP_CONFIG, ...image.config } }
    this.#local.set(digest, { ...local, lastUsedMs: this.#options.now() })
    return local
  }
}
