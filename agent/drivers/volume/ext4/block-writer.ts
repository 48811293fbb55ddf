/** Writes blocks under their names, several at a time, each flushed before it bears its name. */
import { existsSync, statSync } from 'node:fs'
import { mkdir, open, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

const AT_ONCE = 32

export class BlockWriter {
  readonly #pathOf: (name: string) => string
  readonly #pending = new Map<string, Promise<void>>()
  readonly #folders = new Set<string>()
  #fault: Error | null = null

  constructor(pathOf: (name: string) => string) {
    this.#pathOf = pathOf
  }

  /** False when it is there already. The caller may reuse its buffer at once. */
  async add(name: string, block: Buffer): Promise<boolean> {
    const path = this.#pathOf(name)
    if (this.#pending.has(name) || (existsSync(path) && statSync(path).size === block.length)) return false
    while (this.#pending.size >= AT_ONCE) await Promise.race(this.#pending.values())
    this.#throwFault()
    const work = this.#write(path, Buffer.from(block)).catch((error: Error) => { this.#fault = error }).finally(() => this.#pending.delete(name))
    this.#pending.set(name, work)
    return true
  }

  /** Resolves when every block is on disk under its name. */
  async finish(): Promise<void> {
    await Promise.all(this.#pending.values())
    this.#throwFault()
    await Promise.all([...this.#folders].map(syncFolder))
  }

  #throwFault(): void {
    if (this.#fault !== null) throw this.#fault
  }

  async #write(path: string, block: Buffer): Promise<void> {
    const folder = dirname(path)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    this.#folders.add(folder)
    await writeFile(`${path}.new`, block, { mode: 0o600, flush: true })
    await rename(`${path}.new`, path)
  }
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path)
  await folder.sync().finally(() => folder.close())
}
