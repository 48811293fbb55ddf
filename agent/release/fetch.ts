/** Brings a release onto this machine: each file by its hash, resumed where it was cut off, and named only when all of it is right. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, copyFile, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { DistManifest, filesFor, type DistFile } from '../../server/contract/node-api/dist.ts'
import { sleep } from '../runtime/backoff.ts'
import { releaseName, sha256Of, type Releases } from './layout.ts'

export interface DistSource { url: string; ca: string | null }
export type Fetch = (source: DistSource, sha256: string, from: number, signal?: AbortSignal) => Promise<IncomingMessage>

const ATTEMPTS = 5
const RETRY_MS = 500
const SILENCE_MS = 30_000
const MANIFEST_LIMIT = 64 << 10

/** One file of the portal by its hash, from an offset on. */
export const fetchDist: Fetch = ({ url, ca }, sha256, from, signal) => new Promise((resolve, reject) => {
  const target = new URL(`${url}/node/v1/dist/${sha256}`)
  const headers = from > 0 ? { range: `bytes=${from}-` } : {}
  const outgoing = target.protocol === 'https:'
    ? httpsRequest(target, { headers, agent: false, ...(ca === null ? {} : { ca }), ...(signal ? { signal } : {}) })
    : httpRequest(target, { headers, agent: false, ...(signal ? { signal } : {}) })
  outgoing.setTimeout(SILENCE_MS, () => outgoing.destroy(new Error(`the portal sent nothing for ${SILENCE_MS / 1000} s`)))
  outgoing.on('error', reject)
  outgoing.on('response', (response) => {
    if (response.statusCode === 200 || response.statusCode === 206) return resolve(response)
    response.resume()
    reject(new Error(`the portal answered ${response.statusCode} for ${sha256.slice(0, 12)}`))
  })
  outgoing.end()
})

export interface FetchRelease {
  source: DistSource
  releases: Releases
  /** SHA-256 of the manifest. */
  manifest: string
  arch: string
  /** Files that are here already, by their hash: those of the release that runs, or what the install script fetched. */
  present?: ReadonlyMap<string, string>
  fetch?: Fetch
  signal?: AbortSignal
}

export async function fetchRelease(options: FetchRelease): Promise<{ name: string; version: string }> {
  const { releases, manifest: sha } = options
  const name = releaseName(sha)
  const target = releases.pathOf(name)
  const draft = `${target}.part`
  await mkdir(draft, { recursive: true, mode: 0o755 })
  const text = await manifestOf(options)
  const manifest = DistManifest.parse(JSON.parse(text))
  if (releases.has(name)) return { name, version: manifest.version }
  const files = filesFor(manifest, options.arch)
  if (!files.some((file) => file.name === 'node')) throw new Error(`The portal has no release for ${options.arch} machines.`)
  for (const file of files) await place(options, file, join(draft, file.name))
  await writeFile(join(draft, 'manifest.json'), text, { mode: 0o644 })
  await rm(target, { recursive: true, force: true })
  await rename(draft, target)
  return { name, version: manifest.version }
}

async function manifestOf({ releases, manifest, source, fetch = fetchDist, signal }: FetchRelease): Promise<string> {
  const stored = await readFile(join(releases.pathOf(releaseName(manifest)), 'manifest.json'), 'utf8').catch(() => null)
  if (stored !== null && sha256Of(stored) === manifest) return stored
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of await fetch(source, manifest, 0, signal) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MANIFEST_LIMIT) throw new Error('The manifest is too large.')
    chunks.push(chunk)
  }
  const text = Buffer.concat(chunks)
  if (sha256Of(text) !== manifest) throw new Error('The manifest is not the one that was named.')
  return text.toString('utf8')
}

async function place(options: FetchRelease, file: DistFile, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o755 })
  const here = options.present?.get(file.sha256)
  if (here !== undefined && await hashOf(here) === file.sha256) await copyFile(here, path)
  else await download(options, file, path)
  await chmod(path, file.executable ? 0o755 : 0o644)
}

const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => null))?.size ?? 0

/** Over a line that breaks often it goes on as long as each try brings something. */
async function download({ source, fetch = fetchDist, signal }: FetchRelease, file: DistFile, path: string): Promise<void> {
  let last: unknown = null
  for (let failures = 0; failures < ATTEMPTS;) {
    const have = await sizeOf(path)
    try {
      if (have !== file.bytes) await append(() => fetch(source, file.sha256, have > file.bytes ? 0 : have, signal), path, file.bytes)
      if (await hashOf(path) === file.sha256) return
      last = new Error('it does not have the hash that was named')
      await rm(path, { force: true })
      failures += 1
    } catch (error) {
      if (signal?.aborted) throw error
      last = error
      if (await sizeOf(path) > have) continue
      failures += 1
      await sleep(RETRY_MS * failures, signal)
    }
  }
  throw new Error(`${file.name} could not be fetched: ${last instanceof Error ? last.message : String(last)}`)
}

/** What came before the line broke is kept: the file is open before the answer begins. A portal that does not know ranges sends the whole. */
async function append(ask: () => Promise<IncomingMessage>, path: string, limit: number): Promise<void> {
  const file = await open(path, 'a', 0o600)
  try {
    const { size: have } = await file.stat()
    const response = await ask()
    let size = response.statusCode === 206 ? have : 0
    if (size === 0 && have > 0) await file.truncate(0)
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > limit) throw new Error('the portal sent more than it said')
      await file.write(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
}

export async function hashOf(path: string): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
  } catch {
    return null
  }
  return hash.digest('hex')
}

/** Files of the releases on this machine by their hash: an upgrade fetches only what changed. */
export async function presentFiles(releases: Releases, names: readonly (string | null)[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const name of names) {
    if (name === null) continue
    const text = await readFile(join(releases.pathOf(name), 'manifest.json'), 'utf8').catch(() => null)
    if (text === null) continue
    for (const file of DistManifest.parse(JSON.parse(text)).files) found.set(file.sha256, join(releases.pathOf(name), file.name))
  }
  return found
}
