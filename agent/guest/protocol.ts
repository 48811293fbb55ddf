/** Host side of init/protocol.h: the numbers and the frames of the guest channel. */
import { crc32 } from 'node:zlib'

export const FRAME_MAX = 196608
/** Where the guest listens when there is no serial port. */
export const CHANNEL_PORT = 1024

export const MSG = {
  HELLO: 1, SECRETS: 2, GO: 3, LOG_ACK: 4, EXIT_ACK: 5, STOP: 6, EXEC: 7, EXEC_STDIN: 8, STATS: 9, TIME: 10, GROW: 11, FLUSH: 12,
  SESSION_OPEN: 20, SESSION_CREDIT: 21, SESSION_RESIZE: 22, SESSION_HANGUP: 23,
  HELLO_ACK: 65, STARTED: 66, LOGS: 67, GAP: 68, EXIT: 69, EXEC_OUT: 70, EXEC_EXIT: 71, STATS_REPLY: 72, FLUSHED: 73, SESSION_TAKEN: 80,
} as const

export const STATE = { NO_CONFIG: 0, WAITING: 1, RUNNING: 2, EXITED: 3 } as const
/** Flags of SESSION_OPEN. */
export const SESSION_FLAG = { TERMINAL: 1 } as const
/** Flags of EXEC_EXIT. */
export const EXIT_FLAG = { TIMED_OUT: 1, NEVER_RAN: 2 } as const
export const STREAM = { STDOUT: 1, STDERR: 2, SYSTEM: 3 } as const

export interface Frame { type: number; payload: Buffer }

export function encodeFrame(type: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.alloc(payload.length + 5)
  body.writeUInt8(type, 0)
  payload.copy(body, 1)
  body.writeUInt32LE(crc32(body.subarray(0, -4)), body.length - 4)
  return cobsEncode(body)
}

/** Ends with the zero byte that ends a frame. */
function cobsEncode(from: Buffer): Buffer {
  const to = Buffer.alloc(from.length + Math.ceil(from.length / 254) + 2)
  let codeAt = 0
  let out = 1
  let code = 1
  for (const byte of from) {
    if (byte !== 0) {
      to[out++] = byte
      code += 1
    }
    if (byte === 0 || code === 0xff) {
      to[codeAt] = code
      code = 1
      codeAt = out++
    }
  }
  to[codeAt] = code
  to[out++] = 0
  return to.subarray(0, out)
}

function cobsDecode(from: Buffer): Buffer | null {
  const to = Buffer.alloc(from.length)
  let out = 0
  let at = 0
  while (at < from.length) {
    const code = from.readUInt8(at)
    const next = at + code
    if (code === 0 || next > from.length) return null
    from.copy(to, out, at + 1, next)
    out += code - 1
    if (code !== 0xff && next < from.length) to[out++] = 0
    at = next
  }
  return to.subarray(0, out)
}

function decodeFrame(encoded: Buffer): Frame | null {
  const body = cobsDecode(encoded)
  if (body === null || body.length < 5) return null
  if (crc32(body.subarray(0, -4)) !== body.readUInt32LE(body.length - 4)) return null
  return { type: body.readUInt8(0), payload: body.subarray(1, -4) }
}

/** Cuts a byte stream into frames; damaged ones (a peer that died while sending) are skipped. */
export class FrameReader {
  #chunks: Buffer[] = []
  #length = 0

  push(bytes: Buffer): Frame[] {
    const frames: Frame[] = []
    let from = 0
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, from)) {
      const encoded = Buffer.concat([...this.#chunks, bytes.subarray(from, end)])
      this.#chunks = []
      this.#length = 0
      from = end + 1
      const frame = encoded.length > 0 ? decodeFrame(encoded) : null
      if (frame) frames.push(frame)
    }
    this.#keep(bytes.subarray(from))
    return frames
  }

  /** A hostile guest that never ends a frame must not fill the agent's memory. */
  #keep(rest: Buffer): void {
    this.#length += rest.length
    if (this.#length > FRAME_MAX * 2) {
      this.#chunks = []
      this.#length = 0
    } else if (rest.length > 0) {
      this.#chunks.push(rest)
    }
  }
}

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

export function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(Math.floor(value)))
  return bytes
}

export const strings = (values: readonly string[]): Buffer => Buffer.from(values.map((value) => `${value}\0`).join(''))
