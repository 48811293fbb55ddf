/** Decodes what the guest says. Bytes from a guest are hostile: a short or odd payload is dropped, never thrown. */
import { STREAM } from '../../../guest/protocol.ts'
import type { LogLine, VmExit } from '../../vmm.ts'

const LINE_HEADER_BYTES = 21

const streamName = (stream: number): LogLine['stream'] =>
  stream === STREAM.STDOUT ? 'stdout' : stream === STREAM.STDERR ? 'stderr' : 'system'

export function decodeLogs(payload: Buffer): LogLine[] {
  const lines: LogLine[] = []
  for (let at = 0; at + LINE_HEADER_BYTES <= payload.length;) {
    const end = at + LINE_HEADER_BYTES + payload.readUInt32LE(at + 17)
    if (end > payload.length) break
    lines.push({
      seq: Number(payload.readBigUInt64LE(at)),
      atMs: Number(payload.readBigUInt64LE(at + 8)),
      stream: streamName(payload.readUInt8(at + 16)),
      line: payload.toString('utf8', at + LINE_HEADER_BYTES, end),
    })
    at = end
  }
  return lines
}

export function decodeGap(payload: Buffer): { first: number; last: number } | null {
  if (payload.length < 16) return null
  return { first: Number(payload.readBigUInt64LE(0)), last: Number(payload.readBigUInt64LE(8)) }
}

export function decodeExit(payload: Buffer): VmExit | null {
  if (payload.length < 9) return null
  const orNull = (value: number): number | null => (value < 0 ? null : value)
  return {
    kind: 'process',
    code: orNull(payload.readInt32LE(0)),
    signal: orNull(payload.readInt32LE(4)),
    oom: payload.readUInt8(8) !== 0,
  }
}

export interface GuestStats { memoryTotalKib: number; memoryAvailableKib: number }

export function decodeStats(payload: Buffer): GuestStats | null {
  if (payload.length < 28) return null
  return { memoryTotalKib: Number(payload.readBigUInt64LE(4)), memoryAvailableKib: Number(payload.readBigUInt64LE(12)) }
}
