import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { manifestText, type DistFile } from '../../contract/node-api/dist.ts'
import { VERSION } from '../../contract/version.ts'
import { sha256 } from '../../core/crypto.ts'

interface Source extends Pick<DistFile, 'name' | 'arch' | 'executable'> { path: string }
interface Hashed { size: number; mtimeMs: number; sha256: string }
/** `manifest` is the bytes whose hash is `id`. */
export interface Dist { id: string; manifest: string; version: string; files: ReadonlyMap<string, { path: string; bytes: number }> }

const ARCHES = ['x64', 'arm64'] as const
const GUEST = [['vmlinux', false], ['initramfs.cpio', false], ['init', true], ['guest.json', false], ['tsc-khz', true]] as const

/** What a node needs beside Debian packages: the agent, the Node it runs in, its starter, and kernel and init of the microVMs. */
const sourcesIn = (checkout: string, data: string): Source[] => [
  { name: 'agent.js', arch: 'any', executable: false, path: path.join(checkout, 'dist/agent.js') },
  { name: 'fence.js', arch: 'any', executable: false, path: path.join(checkout, 'dist/fence.js') },
  { name: 'launch', arch: 'any', executable: true, path: path.join(checkout, 'agent/release/launch.sh') },
  ...ARCHES.map((arch): Source => ({ name: 'node', arch, executable: true, path: path.join(checkout, `node_modules/node-linux-${arch}/bin/node`) })),
  ...GUEST.map(([name, executable]): Source => ({ name: `guest/${name}`, arch: 'x64', executable, path: path.join(data, 'guest', name) })),
]
const NEEDED = ['agent.js', 'launch', 'node', 'guest/vmlinux', 'guest/initramfs.cpio', 'guest/init', 'guest/tsc-khz']

/** Reads what this portal was built with; a file is hashed again only when it changed. */
export class DistShelf {
  readonly #sources: Source[]
  readonly #hashes = new Map<string, Hashed>()
  #last: Dist | null = null

  constructor(checkout: string, data: string) {
    this.#sources = sourcesIn(checkout, data)
  }

  /** Null: something is not built here, so no machine can join by it. */
  async read(): Promise<Dist | null> {
    const found = (await Promise.all(this.#sources.map(async (source) => ({ source, hashed: await this.#hash(source.path) }))))
      .flatMap(({ source, hashed }) => (hashed ? [{ source, hashed }] : []))
    if (!NEEDED.every((name) => found.some(({ source }) => source.name === name))) return null
    const files = found.map(({ source: { name, arch, executable }, hashed }): DistFile =>
      ({ name, arch, sha256: hashed.sha256, bytes: hashed.size, executable }))
    const manifest = manifestText({ version: VERSION, files })
    const id = sha256(manifest)
    if (this.#last?.id === id) return this.#last
    const byHash = new Map(found.map(({ source, hashed }) => [hashed.sha256, { path: source.path, bytes: hashed.size }]))
    this.#last = { id, manifest, version: VERSION, files: byHash }
    return this.#last
  }

  async #hash(file: string): Promise<Hashed | null> {
    const now = await stat(file).catch(() => null)
    if (!now?.isFile()) return null
    const known = this.#hashes.get(file)
    if (known?.size === now.size && known.mtimeMs === now.mtimeMs) return known
    const hash = createHash('sha256')
    await pipeline(createReadStream(file), hash)
    const hashed = { size: now.size, mtimeMs: now.mtimeMs, sha256: hash.digest('hex') }
    this.#hashes.set(file, hashed)
    return hashed
  }
}

/** Root of the console's certificates, where it is not a public one: machines that join pin its hash. */
export const readAuthority = async (data: string, acme: { email?: string | undefined; caRoot?: string | undefined }): Promise<string | null> => {
  const file = acme.email ? acme.caRoot : path.join(data, 'edge/storage/pki/authorities/local/root.crt')
  return file ? readFile(file, 'utf8').catch(() => null) : null
}
