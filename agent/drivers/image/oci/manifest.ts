/** Reads OCI and Docker v2 manifests and image configs. Pure. */
import { z } from 'zod'
import type { ImageConfig } from '../../image.ts'

const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/)
const Descriptor = z.object({ mediaType: z.string().default(''), digest: Digest, size: z.number().int().nonnegative() })
const Platform = z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() })

const Index = z.object({ manifests: z.array(Descriptor.extend({ platform: Platform.optional() })).max(1000) })
const Manifest = z.object({ config: Descriptor, layers: z.array(Descriptor).max(500) })
export type Manifest = z.infer<typeof Manifest>

const Strings = z.array(z.string()).nullish().transform((value) => value ?? [])
const Config = z.object({
  config: z.object({
    Entrypoint: Strings, Cmd: Strings, Env: Strings,
    WorkingDir: z.string().nullish(), User: z.string().nullish(), StopSignal: z.string().nullish(),
    ExposedPorts: z.record(z.string(), z.unknown()).nullish(),
  }).nullish(),
})

export type ParsedManifest = { kind: 'image', manifest: Manifest } | { kind: 'index', digest: string } | { kind: 'unsupported', why: string }

const ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm64: 'arm64' }

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** For an index, names the manifest of this machine's platform. */
export function parseManifest(text: string, arch: string = process.arch): ParsedManifest {
  const value = json(text)
  const index = Index.safeParse(value)
  if (index.success) {
    const architecture = ARCHITECTURES[arch] ?? arch
    const match = index.data.manifests.find((entry) => entry.platform?.os === 'linux' && entry.platform.architecture === architecture)
    if (match !== undefined) return { kind: 'index', digest: match.digest }
    return { kind: 'unsupported', why: `it has no variant for linux/${architecture}` }
  }
  const manifest = Manifest.safeParse(value)
  if (!manifest.success) return { kind: 'unsupported', why: 'its manifest is neither an OCI nor a Docker v2 image' }
  const foreign = manifest.data.layers.find((layer) => !/tar(\.?(gzip|zstd))?$|tar\+(gzip|zstd)$/.test(layer.mediaType))
  if (foreign !== undefined) return { kind: 'unsupported', why: `its layers are of type ${foreign.mediaType.slice(0, 80)}, which is no file system` }
  return { kind: 'image', manifest: manifest.data }
}

/** The one manifest an OCI layout's index.json names; null when it names none. */
export function layoutManifestDigest(indexJson: string): string | null {
  const index = Index.safeParse(json(indexJson))
  return index.success ? index.data.manifests[0]?.digest ?? null : null
}

export const downloadSize = (manifest: Manifest): number => manifest.layers.reduce((sum, layer) => sum + layer.size, manifest.config.size)

function environment(entries: string[]): Record<string, string> {
  return Object.fromEntries(entries.filter((entry) => entry.indexOf('=') > 0).map((entry) => {
    const equals = entry.indexOf('=')
    return [entry.slice(0, equals), entry.slice(equals + 1)]
  }))
}

const tcpPort = (key: string): number | null => {
  const match = /^(\d{1,5})(?:\/tcp)?$/.exec(key)
  const port = Number(match?.[1] ?? 0)
  return port >= 1 && port <= 65535 ? port : null
}

/** Null when the blob is no image config. */
export function parseImageConfig(text: string): ImageConfig | null {
  const parsed = Config.safeParse(json(text))
  if (!parsed.success) return null
  const config = parsed.data.config
  return {
    entrypoint: config?.Entrypoint ?? [],
    cmd: config?.Cmd ?? [],
    env: environment(config?.Env ?? []),
    workdir: config?.WorkingDir || '/',
    user: config?.User ?? '',
    exposedPorts: Object.keys(config?.ExposedPorts ?? {}).map(tcpPort).filter((port) => port !== null).sort((a, b) => a - b),
    stopSignal: config?.StopSignal || 'SIGTERM',
  }
}
