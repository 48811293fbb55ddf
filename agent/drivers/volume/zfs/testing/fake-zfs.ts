/**
 * A pool in a folder that obeys the `zfs` command as its manual says: devices are sparse files, snapshots and clones full copies of them.
 * Everything asked of it is written down.
 */
import { hash } from 'node:crypto'
import { copyFile, mkdir, open, readFile, rename, rm, stat, truncate } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CommandError } from '../../../command.ts'
import type { Run } from '../zfs.ts'

interface Dataset { volsize: number | null; blockSize: number; props: Map<string, string>; origin: string | null }
interface Snap { txg: number; props: Map<string, string>; volsize: number | null; deferred: boolean }

const UNITS: Record<string, number> = { k: 1024 }
const PIECE = 1 << 16

export class FakeZfs {
  readonly datasets = new Map<string, Dataset>()
  readonly snapshots = new Map<string, Snap>()
  readonly transcript: string[] = []
  /** Thrown by the command it returns an error text for. */
  fault: (argv: readonly string[], when: 'before' | 'after') => string | null = () => null
  readonly #devices: string
  #txg = 0

  constructor(devices: string, root: string) {
    this.#devices = devices
    this.datasets.set(root, folder())
  }

  readonly run: Run = async (argv) => {
    const [, command = '', ...rest] = argv
    const line = argv.map((word) => word.replace(/blocks-sha256:\w+/, 'blocks-sha256:…')).join(' ')
    const fail = (text: string): CommandError => {
      this.transcript.push(`${line}  # ${text}`)
      return new CommandError(argv, { code: 1, stdout: '', stderr: text })
    }
    const before = this.fault(argv, 'before')
    if (before !== null) throw fail(before)
    let out: string
    try {
      out = await this.#act(command, rest)
    } catch (error) {
      throw error instanceof Refusal ? fail(error.message) : error
    }
    this.transcript.push(line)
    const after = this.fault(argv, 'after')
    if (after !== null) throw fail(after)
    return out
  }

  #act(command: string, rest: readonly string[]): Promise<string> {
    const { flags, options, words } = parse(command, rest)
    const [first = '', second = ''] = words
    switch (command) {
      case 'create': return this.#create(first, flags, options)
      case 'list': return this.#list(first, flags)
      case 'get': return this.#value(words[1] ?? '', first)
      case 'set': return this.#set(words)
      case 'inherit': return this.#inherit(first, second)
      case 'snapshot': return this.#snapshot(first, options)
      case 'clone': return this.#clone(first, second)
      case 'promote': return this.#promote(first)
      case 'rename': return this.#rename(first, second)
      case 'destroy': return this.#destroy(first, flags)
      default: throw new Refusal(`unrecognized command '${command}'`)
    }
  }

  async #create(name: string, flags: Map<string, string>, options: Map<string, string>): Promise<string> {
    if (this.datasets.has(name)) throw new Refusal(`cannot create '${name}': dataset already exists`)
    if (!this.datasets.has(dirname(name))) throw new Refusal(`cannot create '${name}': parent does not exist`)
    const size = flags.get('-V')
    if (size === undefined) {
      this.datasets.set(name, folder())
      return ''
    }
    const blockSize = sizeOf(options.get('volblocksize') ?? '16k')
    if (Number(size) % blockSize !== 0) throw new Refusal(`cannot create '${name}': volume size must be a multiple of volume block size`)
    this.datasets.set(name, { volsize: Number(size), blockSize, props: new Map(), origin: null })
    await mkdir(dirname(this.#file(name)), { recursive: true })
    const file = await open(this.#file(name), 'wx')
    await file.truncate(Number(size)).finally(() => file.close())
    return ''
  }

  async #list(name: string, flags: Map<string, string>): Promise<string> {
    if (!this.datasets.has(name)) throw new Refusal(`cannot open '${name}': dataset does not exist`)
    const type = flags.get('-t') ?? 'any'
    const depth = flags.has('-r') ? Infinity : Number(flags.get('-d') ?? 0)
    const near = (other: string): boolean => other === name || (other.startsWith(`${name}/`) && other.slice(name.length + 1).split('/').length <= depth)
    const snapshots = [...this.snapshots].sort(([, a], [, b]) => a.txg - b.txg).map(([full]) => full).filter((full) => near(holder(full)))
    const datasets = [...this.datasets].filter(([other, { volsize }]) => near(other) && (type === 'any' || volsize !== null)).map(([other]) => other).sort()
    const fields = (flags.get('-o') ?? 'name').split(',')
    const lines = await Promise.all((type === 'snapshot' ? snapshots : datasets).map(async (one) => (await Promise.all(fields.map((field) => this.#value(one, field)))).join('\t')))
    return lines.map((line) => `${line}\n`).join('')
  }

  async #value(name: string, field: string): Promise<string> {
    const [dataset, snap] = [this.datasets.get(name), this.snapshots.get(name)]
    const owner = this.datasets.get(holder(name))
    if (!dataset && !snap) throw new Refusal(`cannot open '${name}': dataset does not exist`)
    switch (field) {
      case 'name': return name
      case 'volsize': return String(dataset?.volsize ?? snap?.volsize ?? '-')
      case 'available': return String(2 ** 40)
      case 'referenced': return String((await stat(this.#file(name)).catch(() => ({ blocks: 0 }))).blocks * 512)
      case 'defer_destroy': return snap?.deferred ? 'on' : 'off'
      case 'clones': return this.#clones(name).join(',') || '-'
      case 'written': return String(await this.#written(name))
      // A snapshot inherits what its volume says.
      default: return dataset?.props.get(field) ?? snap?.props.get(field) ?? owner?.props.get(field) ?? '-'
    }
  }

  async #set(words: readonly string[]): Promise<string> {
    const target = words.at(-1) ?? ''
    const [dataset, snap] = [this.datasets.get(target), this.snapshots.get(target)]
    if (!dataset && !snap) throw new Refusal(`cannot open '${target}': dataset does not exist`)
    for (const pair of words.slice(0, -1)) {
      const at = pair.indexOf('=')
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
      if (name !== 'volsize') (dataset ?? snap)?.props.set(name, value)
      else if (dataset) await this.#resize(target, dataset, Number(value))
    }
    return ''
  }

  async #resize(name: string, dataset: Dataset, bytes: number): Promise<void> {
    if (bytes % dataset.blockSize !== 0) throw new Refusal(`cannot set property for '${name}': 'volsize' must be a multiple of volume block size`)
    dataset.volsize = bytes
    await truncate(this.#file(name), bytes)
  }

  async #inherit(property: string, name: string): Promise<string> {
    this.#present(name).props.delete(property)
    return ''
  }

  async #snapshot(full: string, options: Map<string, string>): Promise<string> {
    const dataset = this.#present(holder(full))
    if (this.snapshots.has(full)) throw new Refusal(`cannot create snapshot '${full}': dataset already exists`)
    this.snapshots.set(full, { txg: this.#txg += 1, props: options, volsize: dataset.volsize, deferred: false })
    await copyFile(this.#file(holder(full)), this.#file(full))
    return ''
  }

  async #clone(full: string, name: string): Promise<string> {
    const snap = this.snapshots.get(full)
    if (!snap) throw new Refusal(`cannot open '${full}': dataset does not exist`)
    if (this.datasets.has(name)) throw new Refusal(`cannot create '${name}': dataset already exists`)
    this.datasets.set(name, { volsize: snap.volsize, blockSize: this.#present(holder(full)).blockSize, props: new Map(), origin: full })
    await copyFile(this.#file(full), this.#file(name))
    return ''
  }

  /** The snapshot it was made of and all older ones become its own. */
  async #promote(name: string): Promise<string> {
    const clone = this.#present(name)
    const origin = clone.origin === null ? undefined : this.snapshots.get(clone.origin)
    if (clone.origin === null || !origin) throw new Refusal(`cannot promote '${name}': not a cloned filesystem`)
    const former = holder(clone.origin)
    const own = clone.origin
    for (const [full, snap] of [...this.snapshots]) {
      if (holder(full) !== former || snap.txg > origin.txg) continue
      await this.#move(full, `${name}@${full.slice(former.length + 1)}`)
    }
    const inherited = this.#present(former).origin
    this.#present(former).origin = `${name}@${own.slice(former.length + 1)}`
    clone.origin = inherited
    return ''
  }

  async #rename(from: string, to: string): Promise<string> {
    const dataset = this.#present(from)
    if (this.datasets.has(to)) throw new Refusal(`cannot rename '${from}': dataset already exists`)
    this.datasets.delete(from)
    this.datasets.set(to, dataset)
    await rename(this.#file(from), this.#file(to))
    for (const full of [...this.snapshots.keys()]) if (holder(full) === from) await this.#move(full, `${to}@${full.slice(from.length + 1)}`)
    return ''
  }

  async #destroy(name: string, flags: Map<string, string>): Promise<string> {
    const snap = this.snapshots.get(name)
    if (snap && this.#clones(name).length > 0) {
      if (!flags.has('-d')) throw new Refusal(`cannot destroy '${name}': snapshot has dependent clones`)
      snap.deferred = true
      return ''
    }
    if (snap) return this.#erase(name)
    const dataset = this.#present(name)
    const own = [...this.snapshots.keys()].filter((full) => holder(full) === name)
    const below = [...this.datasets.keys()].filter((other) => other.startsWith(`${name}/`))
    if (!flags.has('-r') && own.length + below.length > 0) throw new Refusal(`cannot destroy '${name}': ${dataset.volsize === null ? 'filesystem' : 'volume'} has children`)
    if (own.some((full) => this.#clones(full).length > 0)) throw new Refusal(`cannot destroy '${name}': volume has dependent clones`)
    for (const other of below) await this.#destroy(other, flags)
    for (const full of own) await this.#erase(full)
    this.datasets.delete(name)
    await rm(this.#file(name), { recursive: true, force: true })
    const { origin } = dataset
    if (origin !== null && this.snapshots.get(origin)?.deferred && this.#clones(origin).length === 0) await this.#erase(origin)
    return ''
  }

  async #erase(full: string): Promise<string> {
    this.snapshots.delete(full)
    await rm(this.#file(full), { force: true })
    return ''
  }

  async #move(from: string, to: string): Promise<void> {
    const snap = this.snapshots.get(from)
    if (!snap) return
    if (this.snapshots.has(to)) throw new Refusal(`conflicting snapshot '${to}'`)
    this.snapshots.delete(from)
    this.snapshots.set(to, snap)
    for (const dataset of this.datasets.values()) if (dataset.origin === from) dataset.origin = to
    await rename(this.#file(from), this.#file(to))
  }

  #present(name: string): Dataset {
    const found = this.datasets.get(name)
    if (!found) throw new Refusal(`cannot open '${name}': dataset does not exist`)
    return found
  }

  #clones(full: string): string[] {
    return [...this.datasets].filter(([, { origin }]) => origin === full).map(([name]) => name).sort()
  }

  /** What differs from the snapshot before it, or from what the volume was made of. */
  async #written(full: string): Promise<number> {
    const mine = this.snapshots.get(full)
    const older = [...this.snapshots].filter(([other, { txg }]) => holder(other) === holder(full) && txg < (mine?.txg ?? 0))
    const before = older.sort(([, a], [, b]) => b.txg - a.txg)
    const base = before[0]?.[0] ?? this.#present(holder(full)).origin
    const [now, then] = [await readFile(this.#file(full)), base === null ? Buffer.alloc(0) : await readFile(this.#file(base))]
    const zeros = hash('sha256', Buffer.alloc(PIECE))
    let sum = 0
    for (let at = 0; at < now.length; at += PIECE) {
      const piece = hash('sha256', now.subarray(at, at + PIECE))
      if (piece !== (at < then.length ? hash('sha256', then.subarray(at, at + PIECE)) : zeros)) sum += PIECE
    }
    return sum
  }

  readonly #file = (name: string): string => join(this.#devices, name)
}

class Refusal extends Error {}

const folder = (): Dataset => ({ volsize: null, blockSize: 0, props: new Map(), origin: null })
const holder = (full: string): string => full.split('@', 1)[0] ?? ''
const sizeOf = (text: string): number => Number(text.slice(0, -1)) * (UNITS[text.slice(-1)] ?? NaN)

const WITH_VALUE: Record<string, readonly string[]> = { create: ['-V'], list: ['-d', '-t', '-o', '-s'], get: ['-o'] }

/** `-o` of create and snapshot is a property, elsewhere a list of columns. */
function parse(command: string, rest: readonly string[]) {
  const [flags, options, words] = [new Map<string, string>(), new Map<string, string>(), [] as string[]]
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? ''
    if (!word.startsWith('-')) words.push(word)
    else if (WITH_VALUE[command]?.includes(word)) flags.set(word, rest[at += 1] ?? '')
    else if (word === '-o') {
      const [name = '', value = ''] = (rest[at += 1] ?? '').split('=')
      options.set(name, value)
    } else flags.set(word, '')
  }
  return { flags, options, words }
}
