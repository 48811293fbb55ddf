/**
 * What travels in the binary messages of a session, between agent and portal and between portal and browser or command: one frame per
 * message, `type u8, channel u32, payload`, big endian. Output and input are byte streams with offsets that are the same on both legs, so
 * whoever comes back goes on at the byte it had.
 */
import { z } from 'zod'

export const FRAME = {
  OPEN: 1, INPUT: 2, INPUT_END: 3, ACK: 4, RESIZE: 5, HANGUP: 6, HELLO: 7, SYNC: 8, WAKE: 9,
  OPENED: 64, OUTPUT: 65, INPUT_ACK: 66, ENDED: 67, HERE: 68,
} as const

/** Output that may be under way unacknowledged, and input that may wait to be taken. */
export const SESSION_WINDOW = 256 << 10
/** A larger message ends the connection. */
export const MESSAGE_LIMIT = 320 << 10
/** Of arguments in all; Linux takes no single one above 128 KiB. */
export const ARGV_LIMIT_BYTES = 120_000

export const STREAM_NAMES = ['stdout', 'stderr'] as const
export type StreamName = (typeof STREAM_NAMES)[number]

export const Size = z.strictObject({ columns: z.number().int().min(1).max(1000), rows: z.number().int().min(1).max(1000) })
export type Size = z.infer<typeof Size>

/** Portal to agent: whoever sleeps shall wake; of no session, so its channel is 0. */
export const WakeRequest = z.object({ instance_id: z.string() })

/** Portal to agent: begin. The first of `commands` that can be run is. */
export const OpenRequest = z.object({
  instance_id: z.string(), commands: z.array(z.array(z.string()).min(1)).min(1), env: z.record(z.string(), z.string()),
  terminal: Size.nullable(), timeout_ms: z.number().int().positive().nullable(),
})
export type OpenRequest = z.infer<typeof OpenRequest>

/** Why it is over. `exited` is the ordinary end; the code is the command's then. */
export const END_REASONS = [
  'exited', 'timed_out', 'not_found', 'not_executable', 'instance_stopped', 'guest_misbehaved', 'too_many', 'agent_restarted', 'node_unreachable',
  'idle', 'too_long', 'closed', 'lost', 'revoked', 'portal_restarted',
] as const
export const EndReason = z.enum(END_REASONS)
export type EndReason = z.infer<typeof EndReason>
export const Ended = z.object({ reason: EndReason, code: z.number().int().nullable() })
export type Ended = z.infer<typeof Ended>

/** Portal to agent, first: which run of the portal this is. Sessions of another are not known any more. */
export const Hello = z.object({ run: z.string() })
/** The agent's answer: the sessions it still has, with the input each has received. */
export const Here = z.object({ sessions: z.array(z.object({ channel: z.number().int(), input: z.number().int() })) })

/** Portal to browser or command, first: where output goes on, and how much input has arrived. */
export const Opened = z.object({ output: z.number().int(), input: z.number().int() })

/** Bytes over an ArrayBuffer, as WebSockets of browsers want them. */
export type Bytes = Uint8Array<ArrayBuffer>
export interface Frame { type: number; channel: number; payload: Uint8Array }

const HEADER = 5
const text = new TextEncoder()

export const frame = (type: number, channel: number, ...parts: readonly Uint8Array[]): Bytes => {
  const bytes = new Uint8Array(HEADER + parts.reduce((sum, part) => sum + part.length, 0))
  new DataView(bytes.buffer).setUint32(1, channel)
  bytes[0] = type
  let at = HEADER
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

export const readFrame = (bytes: Uint8Array): Frame | null =>
  (bytes.length < HEADER ? null : { type: bytes[0] ?? 0, channel: viewOf(bytes).getUint32(1), payload: bytes.subarray(HEADER) })

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

export const offsetBytes = (offset: number): Uint8Array => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(offset))
  return bytes
}
/** Null when there is none, or it is no offset anybody reaches. */
export const readOffset = (payload: Uint8Array): number | null => {
  const offset = payload.length < 8 ? Number.NaN : Number(viewOf(payload).getBigUint64(0))
  return Number.isSafeInteger(offset) ? offset : null
}

export const json = (value: unknown): Uint8Array => text.encode(JSON.stringify(value))
/** Null when it is not what was agreed. */
export const readJson = <T extends z.ZodType>(schema: T, payload: Uint8Array): z.output<T> | null => {
  try {
    return schema.safeParse(JSON.parse(new TextDecoder().decode(payload))).data ?? null
  } catch {
    return null
  }
}

export const sizeBytes = ({ columns, rows }: Size): Uint8Array => new Uint8Array([columns >> 8, columns & 255, rows >> 8, rows & 255])
export const readSize = (payload: Uint8Array): Size | null =>
  (payload.length < 4 ? null : Size.safeParse({ columns: viewOf(payload).getUint16(0), rows: viewOf(payload).getUint16(2) }).data ?? null)

export interface Chunk { offset: number; stream: StreamName; bytes: Uint8Array }

export const outputFrame = (channel: number, { offset, stream, bytes }: Chunk): Bytes =>
  frame(FRAME.OUTPUT, channel, offsetBytes(offset), new Uint8Array([STREAM_NAMES.indexOf(stream)]), bytes)
export const readOutput = (payload: Uint8Array): Chunk | null => {
  const offset = readOffset(payload)
  const stream = STREAM_NAMES[payload[8] ?? 0]
  return offset === null || payload.length < 9 || !stream ? null : { offset, stream, bytes: payload.subarray(9) }
}

export const inputFrame = (channel: number, { offset, bytes }: Pick<Chunk, 'offset' | 'bytes'>): Bytes => frame(FRAME.INPUT, channel, offsetBytes(offset), bytes)
export const readInput = (payload: Uint8Array): Chunk | null => {
  const offset = readOffset(payload)
  return offset === null ? null : { offset, stream: 'stdout', bytes: payload.subarray(8) }
}
