/** Who serves which name, as names of files: the edge looks there for each request, so a change needs no load, and no process of ours to ask. */
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServedNames } from '../../route.ts'

/** What one file name may say, at 15 characters an address; with as many places a share is even for 1, 2, 3, 4, 6 and 12 instances. */
export const PLACES = 12

export interface HostFolders { one: string; many: string; known: string }

export const hostFolders = (storage: string): HostFolders => ({
  one: join(storage, 'hosts/one'), many: join(storage, 'hosts/many'), known: join(storage, 'hosts/known'),
})

type Kind = 'one' | 'many'
interface Entry { kind: Kind; file: string }

export class HostFiles {
  readonly #storage: string
  readonly #folders: HostFolders
  #entries: Map<string, Entry> | null = null
  #known: Set<string> | null = null

  constructor(storage: string) {
    this.#storage = storage
    this.#folders = hostFolders(storage)
  }

  /** What is to go goes first: an address must never be found under a name that gave it up. */
  write({ upstreams, certificates }: ServedNames): void {
    const entries = this.#entries ??= this.#read()
    for (const name of entries.keys()) if (!upstreams.get(name)?.length) this.#remove(entries, name)
    for (const [name, addresses] of upstreams) if (addresses.length > 0) this.#put(entries, name, entryOf(addresses, entries.get(name)))
    this.#allow(new Set(certificates))
  }

  #put(entries: Map<string, Entry>, name: string, wanted: Entry): void {
    const present = entries.get(name)
    if (present?.kind === wanted.kind && present.file === wanted.file) return
    const folder = join(this.#folders[wanted.kind], name)
    const file = join(folder, wanted.file)
    // The old name or the new one, and for the blink of an eye neither: then the edge asks our DNS.
    if (present?.kind === wanted.kind) renameSync(join(folder, present.file), file)
    else {
      mkdirSync(folder, { recursive: true, mode: 0o755 })
      writeFileSync(file, '')
      if (present) this.#remove(entries, name)
    }
    entries.set(name, wanted)
  }

  #remove(entries: Map<string, Entry>, name: string): void {
    const entry = entries.get(name)
    if (entry) rmSync(join(this.#folders[entry.kind], name), { recursive: true, force: true })
    entries.delete(name)
  }

  #allow(wanted: ReadonlySet<string>): void {
    const known = this.#known ??= new Set(readdirSync(this.#folders.known))
    for (const host of known) {
      if (wanted.has(host)) continue
      rmSync(join(this.#folders.known, host), { force: true })
      known.delete(host)
    }
    for (const host of wanted) {
      if (known.has(host)) continue
      writeFileSync(join(this.#folders.known, host), '')
      known.add(host)
    }
  }

  /** As the last agent left it. What is not of our making, or twice, goes. */
  #read(): Map<string, Entry> {
    if (!existsSync(this.#storage)) mkdirSync(this.#storage, { recursive: true, mode: 0o700 })
    const { uid, gid } = statSync(this.#storage)
    const entries = new Map<string, Entry>()
    for (const folder of [join(this.#storage, 'hosts'), ...Object.values(this.#folders) as string[]]) {
      mkdirSync(folder, { recursive: true, mode: 0o755 })
      chownSync(folder, uid, gid)
    }
    for (const kind of ['one', 'many'] as const) {
      for (const name of readdirSync(this.#folders[kind])) {
        const files = readdirSync(join(this.#folders[kind], name))
        const [file] = files
        if (file !== undefined && files.length === 1 && !entries.has(name)) entries.set(name, { kind, file })
        else rmSync(join(this.#folders[kind], name), { recursive: true, force: true })
      }
    }
    return entries
  }
}

/** More instances than places take turns: each that is new finds one. */
function entryOf(addresses: readonly string[], present: Entry | undefined): Entry {
  const [first = ''] = addresses
  if (addresses.length === 1) return { kind: 'one', file: first }
  const wanted = [...new Set(addresses)].sort()
  if (wanted.length <= PLACES) return { kind: 'many', file: Array.from({ length: PLACES }, (_, at) => wanted[at % wanted.length]).join(',') }
  const kept = new Set(present?.file.split(',').filter((address) => wanted.includes(address)) ?? [])
  const others = wanted.filter((address) => !kept.has(address))
  return { kind: 'many', file: [...others, ...kept].slice(0, PLACES).join(',') }
}
