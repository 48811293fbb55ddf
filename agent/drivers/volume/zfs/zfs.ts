/** The `zfs` command: what the volume driver asks of it, and how its answers are read. */
import { CommandError, runCommand } from '../../command.ts'

/** Resolves with what was printed, rejects with {@link CommandError}. */
export type Run = (argv: readonly string[]) => Promise<string>

const LIMIT_MS = 600_000
const run: Run = (argv) => runCommand(argv, { timeoutMs: LIMIT_MS })

export interface ZfsVolume { name: string; bytes: number; referenced: number; swap: boolean }

export interface ZfsSnapshot {
  /** `pool/…/volume@snapshot`; the volume is whichever holds it now, not always the one it was taken of. */
  name: string
  id: string
  clones: string[]
  /** Nobody wants it any more; it waits for its clones to go. */
  dropped: boolean
  /** Of the volume it was taken of. */
  volumeId: string
  bytes: number
  headBytes: number
  takenAtMs: number
  /** Null while it is not read yet. */
  read: { checksum: string; addedBytes: number } | null
}

const PROPERTY = 'shellwego:'
const NONE = '-'
const rows = (text: string): string[][] => text.split('\n').filter((line) => line !== '').map((line) => line.split('\t'))
const properties = (values: Record<string, string | number>): string[] => Object.entries(values).map(([name, value]) => `${name}=${value}`)
const options = (values: Record<string, string | number>): string[] => properties(values).flatMap((pair) => ['-o', pair])
const absent = (error: unknown): boolean => error instanceof CommandError && error.result.stderr.includes('does not exist')

export class Zfs {
  readonly #run: Run

  constructor(command: Run = run) {
    this.#run = command
  }

  /** Directly below a dataset. */
  async volumes(parent: string): Promise<ZfsVolume[]> {
    const fields = ['name', 'volsize', 'referenced', `${PROPERTY}swap`]
    const found = rows(await this.#list(['-d', '1', '-t', 'volume', '-o', fields.join(','), parent]))
    return found.map(([name = '', bytes, referenced, swap]) => ({ name, bytes: Number(bytes), referenced: Number(referenced), swap: swap === 'yes' }))
  }

  /** In the order they were made. */
  async snapshots(parent: string): Promise<ZfsSnapshot[]> {
    const own = ['volume', 'bytes', 'head', 'taken', 'checksum', 'added'].map((name) => PROPERTY + name)
    const found = rows(await this.#list(['-r', '-t', 'snapshot', '-s', 'createtxg', '-o', ['name', 'defer_destroy', 'clones', ...own].join(','), parent]))
    return found.map(([name = '', deferred, clones = NONE, volumeId = '', bytes, head, taken, checksum = NONE, added]) => ({
      name, id: name.slice(name.indexOf('@') + 1), dropped: deferred === 'on', clones: clones === NONE || clones === '' ? [] : clones.split(','), volumeId,
      bytes: Number(bytes), headBytes: Number(head), takenAtMs: Number(taken), read: checksum === NONE ? null : { checksum, addedBytes: Number(added) },
    }))
  }

  async number(property: 'available' | 'written', dataset: string): Promise<number> {
    return Number((await this.#zfs('get', '-Hp', '-o', 'value', property, dataset)).trim())
  }

  async exists(dataset: string): Promise<boolean> {
    return (await this.#list(['-d', '0', '-o', 'name', dataset])) !== ''
  }

  /** Below it the devices of snapshots can be read. */
  async makeFolder(dataset: string): Promise<void> {
    await this.#zfs('create', ...options({ mountpoint: 'none', snapdev: 'visible' }), dataset)
  }

  /** Sparse: what is promised is counted by the portal. */
  async makeVolume(dataset: string, bytes: number, blockSize: string): Promise<void> {
    await this.#zfs('create', '-s', '-V', String(bytes), ...options({ volblocksize: blockSize }), dataset)
  }

  async snapshot(dataset: string, id: string, facts: { volume: string; bytes: number; head: number; taken: number }): Promise<void> {
    await this.#zfs('snapshot', ...options(Object.fromEntries(Object.entries(facts).map(([name, value]) => [PROPERTY + name, value]))), `${dataset}@${id}`)
  }

  async noteRead(snapshot: string, { checksum, addedBytes }: { checksum: string; addedBytes: number }): Promise<void> {
    await this.#zfs('set', ...properties({ [`${PROPERTY}checksum`]: checksum, [`${PROPERTY}added`]: addedBytes }), snapshot)
  }

  async fence(dataset: string): Promise<number> {
    const noted = Number((await this.#zfs('get', '-Hp', '-o', 'value', `${PROPERTY}fence`, dataset)).trim())
    return Number.isSafeInteger(noted) ? noted : 0
  }

  async noteFence(dataset: string, fence: number): Promise<void> {
    await this.#zfs('set', `${PROPERTY}fence=${fence}`, dataset)
  }

  async noteSwap(dataset: string, begun: boolean): Promise<void> {
    await (begun ? this.#zfs('set', `${PROPERTY}swap=yes`, dataset) : this.#zfs('inherit', `${PROPERTY}swap`, dataset))
  }

  async clone(snapshot: string, dataset: string): Promise<void> {
    await this.#zfs('clone', snapshot, dataset)
  }

  /** Of what is no clone (any more) nothing changes. */
  async promote(dataset: string): Promise<void> {
    await this.#zfs('promote', dataset).catch((error: unknown) => {
      if (!(error instanceof CommandError) || !error.result.stderr.includes('not a cloned')) throw error
    })
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#zfs('rename', from, to)
  }

  async resize(dataset: string, bytes: number): Promise<void> {
    await this.#zfs('set', `volsize=${bytes}`, dataset)
  }

  /** With all its snapshots. Never with `-R`: that would take clones along. */
  async destroy(dataset: string): Promise<void> {
    await this.#zfs('destroy', '-r', dataset)
  }

  /** Unless something has just been made below it. */
  async destroyEmpty(dataset: string): Promise<void> {
    await this.#zfs('destroy', dataset).catch((error: unknown) => {
      if (!absent(error) && !(error instanceof CommandError && error.result.stderr.includes('has children'))) throw error
    })
  }

  /** At once, or when its last clone goes. */
  async dropSnapshot(name: string): Promise<void> {
    await this.#zfs('destroy', '-d', name)
  }

  async #list(argv: readonly string[]): Promise<string> {
    return this.#zfs('list', '-Hp', ...argv).catch((error: unknown) => {
      if (absent(error)) return ''
      throw error
    })
  }

  #zfs(...argv: string[]): Promise<string> {
    return this.#run(['zfs', ...argv])
  }
}
