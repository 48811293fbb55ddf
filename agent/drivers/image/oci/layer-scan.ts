/** Counts what a compressed layer will unpack to, before anything is written, so that a small bomb cannot fill the disk. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

export interface LayerContent {
  entries: number
  /** File contents rounded up to file system blocks, plus room for names. */
  bytes: number
}

export interface ScanLimits { bytes: number, entries: number }

export class LayerTooLarge extends Error {}

const BLOCK = 512
const FS_BLOCK = 4096
const MAX_PAX = 1 << 20

const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit

/** Octal text, or base-256 when the top bit is set. */
function numberField(field: Buffer): number {
  if (((field[0] ?? 0) & 0x80) === 0) return Number.parseInt(field.toString('latin1').replace(/[\0 ]+/g, ''), 8) || 0
  return field.subarray(1).reduce((value, byte) => value * 256 + byte, 0)
}

/** Feed it the bytes of a tar stream in any pieces. */
export class TarCounter {
  readonly content: LayerContent = { entries: 0, bytes: 0 }
  #header: Buffer = Buffer.alloc(0)
  #skip = 0
  #pax: Buffer[] | null = null
  #paxLeft = 0
  #sizeOverride: number | null = null

  push(chunk: Buffer): void {
    let at = 0
    while (at < chunk.length) {
      if (this.#skip > 0) at += this.#skipSome(chunk.subarray(at))
      else {
        const piece = chunk.subarray(at, at + BLOCK - this.#header.length)
        this.#header = this.#header.length === 0 ? piece : Buffer.concat([this.#header, piece])
        at += piece.length
        if (this.#header.length === BLOCK) {
          const header = this.#header
          this.#header = Buffer.alloc(0)
          this.#entry(header)
        }
      }
    }
  }

  #skipSome(rest: Buffer): number {
    const taken = Math.min(this.#skip, rest.length)
    if (this.#pax !== null && this.#paxLeft > 0) {
      const part = rest.subarray(0, Math.min(taken, this.#paxLeft))
      this.#pax.push(Buffer.from(part))
      this.#paxLeft -= part.length
    }
    this.#skip -= taken
    if (this.#skip === 0 && this.#pax !== null) {
      const size = /(?:^|\n)\d+ size=(\d+)\n/.exec(Buffer.concat(this.#pax).toString('latin1'))?.[1]
      this.#sizeOverride = size === undefined ? this.#sizeOverride : Number(size)
      this.#pax = null
    }
    return taken
  }

  #entry(header: Buffer): void {
    if (header[0] === 0) return
    const type = String.fromCharCode(header[156] ?? 0)
    const size = numberField(header.subarray(124, 136))
    if (type === 'x' || type === 'L' || type === 'K' || type === 'g') {
      this.#skip = roundUp(size, BLOCK)
      if (type === 'x' && size > 0 && size <= MAX_PAX) [this.#pax, this.#paxLeft] = [[], size]
      return
    }
    const regular = type === '0' || type === '\0' || type === '7'
    const length = regular ? this.#sizeOverride ?? size : 0
    this.#sizeOverride = null
    this.#skip = roundUp(length, BLOCK)
    this.content.entries += 1
    this.content.bytes += roundUp(length, FS_BLOCK) + (type === '5' ? FS_BLOCK : 0) + 2 * BLOCK / 4
  }
}

async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}

export async function scanLayer(path: string, limits: ScanLimits, signal: AbortSignal): Promise<LayerContent> {
  const counter = new TarCounter()
  let unpacked = 0
  const count = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) {
      counter.push(chunk)
      unpacked += chunk.length
      if (unpacked > limits.bytes || counter.content.bytes > limits.bytes || counter.content.entries > limits.entries) throw new LayerTooLarge()
    }
  }
  const file = createReadStream(path, { highWaterMark: 1 << 20 })
  if (await isGzip(path)) await pipeline(file, createGunzip({ chunkSize: 1 << 18 }), count, { signal })
  else await pipeline(file, count, { signal })
  return counter.content
}
