/** Where an installed node keeps things. What `launch.sh` reads is written here and nowhere else. */
import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const layoutOf = (data: string) => ({
  data, launch: join(data, 'launch'), environment: join(data, 'agent.env'), keeper: join(data, 'keep.pid'), releases: join(data, 'releases'), agentDir: join(data, 'agent'),
  token: join(data, 'agent', 'join-token'), authority: join(data, 'agent', 'portal-ca.pem'),
  edge: join(data, 'edge'), edgeStorage: join(data, 'edge', 'storage'), edgeAdmin: join(data, 'edge', 'admin.sock'), edgeFirst: join(data, 'edge', 'first.json'),
})
export type Layout = ReturnType<typeof layoutOf>

export const sha256Of = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** Its name on disk; the whole hash is in its manifest. */
export const releaseName = (manifestSha: string): string => manifestSha.slice(0, 16)

/** The releases of a node: which one is current, which one is on trial, which were given up. Each act is one rename, so none is ever half done. */
export class Releases {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  named(link: 'current' | 'trial'): string | null {
    try {
      return readlinkSync(join(this.folder, link))
    } catch {
      return null
    }
  }

  pathOf(name: string): string {
    return join(this.folder, name)
  }

  /** A folder gets its name only when every file in it was checked. */
  has(name: string): boolean {
    return existsSync(join(this.folder, name, 'manifest.json'))
  }

  /** Why it was given up on this machine; null: it was not. */
  failure(name: string): string | null {
    return this.#read(`failed-${name}`)
  }

  /** Whether it was given up in carrying out this order, or in an earlier one. */
  failureOf(name: string, order: string): string | null {
    return this.#read(`order-${name}`) === order ? this.failure(name) : null
  }

  /** The next start of the agent is this release, until it is kept or given up. */
  try(name: string, order: string): void {
    rmSync(join(this.folder, `failed-${name}`), { force: true })
    rmSync(join(this.folder, `starts-${name}`), { force: true })
    this.#write(`order-${name}`, order)
    this.#link('trial', name)
  }

  /** For good; the one before stays for whoever wants to go back. */
  keep(name: string): void {
    const before = this.named('current')
    this.#link('current', name)
    rmSync(join(this.folder, 'trial'), { force: true })
    rmSync(join(this.folder, `starts-${name}`), { force: true })
    this.prune(new Set([name, before ?? name]))
  }

  giveUp(name: string, reason: string): void {
    this.#write(`failed-${name}`, reason)
    this.#sync()
    rmSync(join(this.folder, 'trial'), { force: true })
  }

  prune(wanted: ReadonlySet<string>): void {
    for (const entry of readdirSync(this.folder)) {
      const name = entry.replace(/^(failed|starts|order)-/, '').replace(/\.(part|new)$/, '')
      if (entry !== 'current' && entry !== 'trial' && !wanted.has(name)) rmSync(join(this.folder, entry), { recursive: true, force: true })
    }
  }

  #read(file: string): string | null {
    try {
      return readFileSync(join(this.folder, file), 'utf8').trim()
    } catch {
      return null
    }
  }

  #write(file: string, text: string): void {
    const path = join(this.folder, file)
    writeFileSync(`${path}.new`, `${text}\n`, { mode: 0o644 })
    renameSync(`${path}.new`, path)
  }

  #link(link: 'current' | 'trial', name: string): void {
    const path = join(this.folder, link)
    rmSync(`${path}.new`, { force: true })
    symlinkSync(name, `${path}.new`)
    renameSync(`${path}.new`, path)
    this.#sync()
  }

  /** A name that was given must be there after a power cut. */
  #sync(): void {
    const folder = openSync(this.folder, 'r')
    fsyncSync(folder)
    closeSync(folder)
  }
}
