import type { Chunk, StreamName } from './session-wire.ts'

/** What was sent and not yet acknowledged, so that it can be sent again to whoever comes back. Its owner keeps within the window. */
export class Outbox {
  #chunks: Chunk[] = []
  #start = 0
  #end = 0

  /** The first byte still here. */
  get start(): number { return this.#start }
  /** The byte after the last. */
  get end(): number { return this.#end }
  get waiting(): number { return this.#end - this.#start }

  push(bytes: Uint8Array, stream: StreamName = 'stdout'): Chunk {
    const chunk: Chunk = { offset: this.#end, stream, bytes }
    this.#chunks.push(chunk)
    this.#end += bytes.length
    return chunk
  }

  /** Drops what is before `offset`; returns how many bytes that were. */
  ack(offset: number): number {
    const to = Math.min(Math.max(offset, this.#start), this.#end)
    const gone = to - this.#start
    this.#start = to
    let whole = 0
    for (const { offset: at, bytes } of this.#chunks) {
      if (at + bytes.length > to) break
      whole += 1
    }
    this.#chunks.splice(0, whole)
    return gone
  }

  /** Everything from `offset` on, as far as it is still here. */
  from(offset: number): Chunk[] {
    const start = Math.max(offset, this.#start)
    return this.#chunks.flatMap((chunk) => {
      const skip = Math.max(0, start - chunk.offset)
      return skip >= chunk.bytes.length ? [] : [{ ...chunk, offset: chunk.offset + skip, bytes: chunk.bytes.subarray(skip) }]
    })
  }
}

/** What has been received: anything sent twice counts once. */
export class Inbox {
  #received = 0

  get received(): number { return this.#received }

  /** The part of the chunk that is new; null for none. What leaves a hole is refused, and comes again after a resend. */
  take({ offset, bytes }: Pick<Chunk, 'offset' | 'bytes'>): Uint8Array | null {
    const known = this.#received - offset
    if (known < 0 || known >= bytes.length) return null
    this.#received = offset + bytes.length
    return known === 0 ? bytes : bytes.subarray(known)
  }
}
