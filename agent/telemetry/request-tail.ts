/** Reads the edge's files of requests to their end, over rolled files and restarts of either side: each line once. */
import { open, readdir, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

/** A file by its number and birth: numbers are used again. */
export interface Position { file: string; offset: number }

interface LogFile { path: string; id: string }

const CHUNK = 256 << 10
const NEWEST = 'log'

async function listFiles(folder: string): Promise<LogFile[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const ordered = [...names.filter((name) => name.startsWith(`${NEWEST}-`)).sort(), ...names.filter((name) => name === NEWEST)]
  const files = await Promise.all(ordered.map(async (name) => {
    const path = join(folder, name)
    const found = await stat(path, { bigint: true }).catch(() => null)
    return found ? { path, id: `${found.ino}:${found.birthtimeNs}` } : null
  }))
  return files.filter((file) => file !== null)
}

export class RequestTail {
  readonly #folder: string
  readonly #onLine: (line: string) => void
  #position: Position | null
  #handle: FileHandle | null = null

  constructor(folder: string, position: Position | null, onLine: (line: string) => void) {
    this.#folder = folder
    this.#position = position
    this.#onLine = onLine
  }

  position(): Position | null {
    return this.#position
  }

  /** One at a time. */
  async poll(): Promise<void> {
    for (;;) {
      const files = await listFiles(this.#folder)
      const at = files.findIndex(({ id }) => id === this.#position?.file)
      // The file we were in is gone: what is left begins after it.
      const current = files[at === -1 ? 0 : at]
      if (!current) return this.close()
      if (at === -1) await this.#turnTo(current)
      const handle = this.#handle ??= await open(current.path)
      // Rolled between listing and opening: the next round finds it under its new name.
      if (await idOf(handle) !== current.id) {
        await this.close()
        continue
      }
      await this.#readOn(handle)
      const next = files[files.indexOf(current) + 1]
      if (!next) return
      await this.#turnTo(next)
    }
  }

  async close(): Promise<void> {
    const handle = this.#handle
    this.#handle = null
    await handle?.close()
  }

  async #turnTo({ id }: LogFile): Promise<void> {
    await this.close()
    this.#position = { file: id, offset: 0 }
  }

  async #readOn(handle: FileHandle): Promise<void> {
    const chunk = Buffer.alloc(CHUNK)
    for (;;) {
      const position = this.#position
      if (!position) return
      const { bytesRead } = await handle.read(chunk, 0, CHUNK, position.offset)
      const end = chunk.subarray(0, bytesRead).lastIndexOf(10)
      if (end === -1) {
        if (bytesRead < CHUNK) return
        position.offset += bytesRead
        continue
      }
      for (const line of chunk.toString('utf8', 0, end).split('\n')) this.#onLine(line)
      position.offset += end + 1
    }
  }
}

const idOf = async (handle: FileHandle): Promise<string> => {
  const { ino, birthtimeNs } = await handle.stat({ bigint: true })
  return `${ino}:${birthtimeNs}`
}
