/** Who serves which name, as names of files: the edge looks there for each request, so a change needs no load, and no process of ours to ask. */
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { MOST_UPSTREAMS, type AddressShare, type ServedNames } from '../../route.ts'
import { divide } from './places.ts'

/** What one file name may say, at 15 characters an address; with as many places a share is even for 1, 2, 3, 4, 6 and 12 instances. */
export const PLACES = MOST_UPSTREAMS

export interface HostFolders { one: string; many: string; split: string; known: string }

export const hostFolders = (storage: string): HostFolders => ({
  one: join(storage, 'hosts/one'), many: join(storage, 'hosts/many'), split: join(storage, 'hosts/split'), known: join(storage, 'hosts/known'),
})

const KINDS = ['one', 'many', 'split'] as const
/** `file` of `split` is a folder and a file in it: so many places do not fit into one name. */
interface Entry { kind: typeof KINDS[number]; file: string }

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
  write({ upstreams, shares, certificates }: ServedNames): void {
    const entries = this.#entries ??= this.#read()
    for (const name of entries.keys()) if (!upstreams.get(name)?.length) this.#remove(entries, name)
    for (const [name, addresses] of upstreams) if (addresses.length > 0) this.#put(entries, name, entryOf(addresses, shares?.get(name)))
    this.#allow(new Set(certificates))
  }

  #put(entries: Map<string, Entry>, name: string, wanted: Entry): void {
    const present = entries.get(name)
    if (present?.kind === wanted.kind && present.file === wanted.file) return
    const folder = join(this.#folders[wanted.kind], name)
    const file = join(folder, wanted.file)
    // The old name or the new one, and for the blink of an eye neither, then the edge asks our DNS; or both, then it takes the first.
    if (present?.kind === wanted.kind && dirname(present.file) === dirname(wanted.file)) renameSync(join(folder, present.file), file)
    else {
      mkdirSync(dirname(file), { recursive: true, mode: 0o755 })
      writeFileSync(file, '')
      if (present?.kind === wanted.kind) rmSync(join(folder, dirname(present.file)), { recursive: true, force: true })
      else if (present) this.#remove(entries, name)
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
    for (const kind of KINDS) {
      for (const name of readdirSync(this.#folders[kind])) {
        const file = onlyFile(join(this.#folders[kind], name), kind === 'split' ? 2 : 1)
        if (file !== null && !entries.has(name)) entries.set(name, { kind, file })
        else rmSync(join(this.#folders[kind], name), { recursive: true, force: true })
      }
    }
    return entries
  }
}

/** The one file below a folder, so deep; null where there is another number of them. */
function onlyFile(folder: string, depth: number): string | null {
  const [name, second] = readdirSync(folder)
  if (name === undefined || second !== undefined) return null
  if (depth === 1) return name
  const below = onlyFile(join(folder, name), depth - 1)
  return below === null ? null : join(name, below)
}

function entryOf(served: readonly string[], share: AddressShare | undefined): Entry {
  const divided = share ? divide(served, share) : { all: served }
  if ('places' in divided) {
    const half = divided.places.length / 2
    return { kind: 'split', file: join(divided.places.slice(0, half).join(','), divided.places.slice(half).join(',')) }
  }
  const addresses = divided.all
  const [first = ''] = addresses
  if (addresses.length === 1) return { kind: 'one', file: first }
  const wanted = [...new Set(addresses)].sort()
  return { kind: 'many', file: Array.from({ length: PLACES }, (_, at) => wanted[at % wanted.length]).join(',') }
}
