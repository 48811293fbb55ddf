/** ImageDriver over skopeo, umoci and mke2fs. */
import { createHash } from 'node:crypto'
import { chmod, mkdir, readFile, statfs, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImageDriver, LocalImage, PullOptions } from '../../image.ts'
import { chooseForDeletion, type CollectFloor } from './collect.ts'
import { CommandTimeout } from './command.ts'
import { makeExt4 } from './ext4.ts'
import { failureFromOutput, imageFailure, tooLarge } from './failures.ts'
import { LayerTooLarge, scanLayer, type LayerContent, type ScanLimits } from './layer-scan.ts'
import { downloadSize, layoutManifestDigest, parseImageConfig, parseManifest, type Manifest } from './manifest.ts'
import { parseReference, pinned } from './reference.ts'
import { endpointFor, type RegistryConfig } from './registry-policy.ts'
import { SharedWork } from './shared-work.ts'
import { missingTool, Skopeo, type SkopeoTimeouts, type Source } from './skopeo.ts'
import { ImageStore } from './store.ts'
import { ownershipPrefix, unpackLayout } from './unpack.ts'

export interface OciImageConfig extends RegistryConfig {
  imagesDir: string
  /** What one image may unpack to, over all its layers. */
  unpacked?: ScanLimits
  floor?: CollectFloor
  /** Left free on the disk whatever an image needs. */
  reserveBytes?: number
  timeouts?: SkopeoTimeouts & { unpackMs: number }
}

const MIB = 1024 ** 2
const DEFAULTS = {
  unpacked: { bytes: 16 * 1024 * MIB, entries: 1_000_000 },
  floor: { images: 2, recentMs: 600_000 },
  reserveBytes: 256 * MIB,
  timeouts: { inspectMs: 30_000, pullMs: 900_000, unpackMs: 600_000 },
} as const
const TAG = 'pulled'

interface Resolved { source: Source, digest: string, manifest: Manifest }

export class OciImageDriver implements ImageDriver {
  readonly #config: Required<OciImageConfig>
  readonly #store: ImageStore
  readonly #skopeo: Skopeo
  readonly #pulls = new SharedWork<LocalImage>()
  readonly #prefix = ownershipPrefix(process.getuid?.() ?? 0)
  #ready: Promise<void> | null = null
  /** A pull must not count on a layer that a collection is about to delete. */
  #collecting: Promise<void> = Promise.resolve()

  constructor(config: OciImageConfig) {
    this.#config = { ...DEFAULTS, ...config }
    this.#store = new ImageStore(config.imagesDir, this.#prefix)
    this.#skopeo = new Skopeo(this.#store.staging, this.#config.timeouts)
  }

  async ensure(text: string, options: PullOptions): Promise<LocalImage> {
    const reference = parseReference(text)
    await this.#open()
    const local = reference.digest === null ? null : await this.#store.find(reference.digest)
    if (local !== null) return local
    const endpoint = await endpointFor(reference, this.#config, text)
    options.onProgress?.(`resolving ${text}`)
    const found = await this.#resolve({ endpoint, reference, shown: text }, options.signal)
    const existing = await this.#store.find(found.digest)
    if (existing !== null) return existing
    const bytes = downloadSize(found.manifest)
    if (bytes > options.maxBytes) throw tooLarge(text, bytes, options.maxBytes, 'download')
    options.onProgress?.(`pulling ${found.digest}`)
    return this.#pulls.run(found.digest, options.signal, (signal) => this.#install(found, signal))
  }

  async list(): Promise<{ digest: string, sizeBytes: number, lastUsedMs: number }[]> {
    await this.#open()
    return (await this.#store.list()).map(({ digest, sizeBytes, lastUsedMs }) => ({ digest, sizeBytes, lastUsedMs }))
  }

  async collect(inUse: Set<string>, keepBytes: number): Promise<string[]> {
    await this.#open()
    const images = await this.#store.list()
    const doomed = chooseForDeletion(images, inUse, keepBytes, this.#config.floor, Date.now())
    for (const image of doomed) await this.#store.remove(image.digest)
    const kept = images.filter((image) => !doomed.includes(image))
    if (this.#pulls.size === 0) {
      this.#collecting = this.#store.removeBlobsExcept(new Set(kept.flatMap((image) => image.blobs)))
      await this.#collecting
    }
    return doomed.map((image) => image.digest)
  }

  #open(): Promise<void> {
    this.#ready ??= (async () => {
      await mkdir(this.#config.imagesDir, { recursive: true, mode: 0o755 })
      await this.#store.open()
      await this.#skopeo.prepare()
    })()
    return this.#ready
  }

  async #resolve(source: Source, signal: AbortSignal): Promise<Resolved> {
    const raw = await this.#skopeo.manifest(source, signal)
    const digest = `sha256:${createHash('sha256').update(raw).digest('hex')}`
    const { reference, shown } = source
    if (reference.digest !== null && reference.digest !== digest) {
      throw imageFailure('digest_mismatch', shown, reference.registry, `the manifest has the digest ${digest}`)
    }
    const parsed = parseManifest(raw.toString('utf8'))
    if (parsed.kind === 'image') return { source: { ...source, reference: pinned(reference, digest) }, digest, manifest: parsed.manifest }
    if (parsed.kind === 'unsupported') throw imageFailure('image_invalid', shown, reference.registry, parsed.why)
    if (source.reference.digest === parsed.digest) throw imageFailure('image_invalid', shown, reference.registry, 'its index names itself')
    const found = await this.#resolve({ ...source, reference: pinned(reference, parsed.digest) }, signal)
    await this.#store.remember(digest, found.digest)
    return found
  }

  async #install({ source, digest, manifest }: Resolved, signal: AbortSignal): Promise<LocalImage> {
    const { shown, reference } = source
    const staging = await this.#store.newStaging()
    try {
      const bytes = downloadSize(manifest)
      await this.#collecting
      await this.#requireSpace(bytes, source)
      const layout = join(staging, 'layout')
      await mkdir(layout)
      await symlink(this.#store.blobs, join(layout, 'blobs'))
      await this.#skopeo.pull(source, layout, TAG, this.#store.blobs, signal)
      const pulled = await this.#pulledManifest(layout, source)
      const config = parseImageConfig(await readFile(this.#store.blobPath(pulled.config.digest), 'utf8'))
      if (config === null) throw imageFailure('image_invalid', shown, reference.registry, 'its config is not an OCI image config')
      const content = await this.#scan(source, pulled, signal)
      await this.#requireSpace(content.bytes * 2, source)
      const output = await this.#buildRootfs(layout, staging, content, source, signal)
      return await this.#store.publish(output, digest, config, { bytes, blobs: blobsOf(pulled) })
    } catch (error) {
      throw asImageError(error, source)
    } finally {
      await this.#store.discard(staging)
    }
  }

  /** The pull may have converted the image, so that its blobs are others than the registry named. */
  async #pulledManifest(layout: string, source: Source): Promise<Manifest> {
    const digest = layoutManifestDigest(await readFile(join(layout, 'index.json'), 'utf8'))
    const parsed = digest === null ? null : parseManifest(await readFile(this.#store.blobPath(digest), 'utf8'))
    if (parsed?.kind === 'image') return parsed.manifest
    throw imageFailure('image_invalid', source.shown, source.reference.registry, 'it could not be converted to the OCI format')
  }

  async #scan(source: Source, manifest: Manifest, signal: AbortSignal): Promise<LayerContent> {
    const limit = this.#config.unpacked
    const total: LayerContent = { entries: 0, bytes: 0 }
    for (const layer of manifest.layers) {
      try {
        const left = { bytes: limit.bytes - total.bytes, entries: limit.entries - total.entries }
        const content = await scanLayer(this.#store.blobPath(layer.digest), left, signal)
        total.entries += content.entries
        total.bytes += content.bytes
      } catch (error) {
        if (error instanceof LayerTooLarge) throw tooLarge(source.shown, limit.bytes, limit.bytes, 'unpacked')
        throw error
      }
    }
    return total
  }

  async #buildRootfs(layout: string, staging: string, content: LayerContent, source: Source, signal: AbortSignal): Promise<string> {
    const options = { signal, timeoutMs: this.#config.timeouts.unpackMs, prefix: this.#prefix, env: { ...process.env, LC_ALL: 'C' } }
    const root = join(staging, 'root')
    const output = join(staging, 'image')
    await mkdir(output)
    const rootfs = join(output, 'rootfs.ext4')
    const failed = await unpackLayout(layout, TAG, root, options) ?? await makeExt4(root, rootfs, content, options)
    if (failed !== null) throw failureFromOutput(failed, source.shown, source.reference.registry)
    await chmod(rootfs, 0o444)
    await chmod(output, 0o755)
    return output
  }

  async #requireSpace(bytes: number, source: Source): Promise<void> {
    const disk = await statfs(this.#config.imagesDir)
    if (disk.bavail * disk.bsize < bytes + this.#config.reserveBytes) throw imageFailure('no_space', source.shown, source.reference.registry, '')
  }
}

const blobsOf = (manifest: Manifest): string[] => [manifest.config.digest, ...manifest.layers.map((layer) => layer.digest)]

function asImageError(error: unknown, source: Source): unknown {
  if (error instanceof CommandTimeout) return imageFailure('image_invalid', source.shown, source.reference.registry, error.message)
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT') return imageFailure('no_space', source.shown, source.reference.registry, '')
  if (typeof code === 'string' && code.startsWith('Z_')) {
    return imageFailure('image_invalid', source.shown, source.reference.registry, 'a layer is not a complete gzip stream')
  }
  return missingTool(error) ?? error
}
