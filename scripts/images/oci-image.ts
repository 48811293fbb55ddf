/** Turns file lists into OCI blobs. The same input always gives the same digests. */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { writeTar, type TarEntry } from './tar.ts'

export interface ImageRuntime {
  Entrypoint?: string[]
  Cmd?: string[]
  Env?: string[]
  WorkingDir?: string
  User?: string
  StopSignal?: string
  ExposedPorts?: Record<string, object>
}

export interface Blob { digest: string, mediaType: string, content: Buffer }

export interface BuiltImage { manifest: Blob, config: Blob, layers: Blob[] }

export type Layer = Blob & { diffId: string }

const sha256 = (content: Buffer): string => `sha256:${createHash('sha256').update(content).digest('hex')}`
const ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm64: 'arm64' }

function blob(mediaType: string, content: Buffer): Blob {
  return { digest: sha256(content), mediaType, content }
}

const descriptor = ({ digest, mediaType, content }: Blob): object => ({ mediaType, digest, size: content.length })

export function buildLayer(entries: TarEntry[]): Layer {
  const tar = writeTar(entries)
  return { ...blob('application/vnd.oci.image.layer.v1.tar+gzip', gzipSync(tar, { level: 5 })), diffId: sha256(tar) }
}

export function buildImage(layers: Layer[], runtime: ImageRuntime): BuiltImage {
  const json = (mediaType: string, value: object): Blob => blob(mediaType, Buffer.from(JSON.stringify(value)))
  const config = json('application/vnd.oci.image.config.v1+json', {
    architecture: ARCHITECTURES[process.arch] ?? process.arch,
    os: 'linux',
    config: runtime,
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.diffId) },
  })
  const mediaType = 'application/vnd.oci.image.manifest.v1+json'
  const manifest = json(mediaType, { schemaVersion: 2, mediaType, config: descriptor(config), layers: layers.map(descriptor) })
  return { manifest, config, layers }
}
