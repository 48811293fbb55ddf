import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { LOG_LEVELS, LOG_STREAMS, type LogLevel, type LogStream } from '../../../contract/log.ts'

export interface PlainLine { atMs: number; instanceId: string; stream: LogStream; level: LogLevel; text: string }

/** What the body begins with: instances, times, each line's instance, and a letter for stream and level. */
interface Head { i: string[]; t: number[]; x: number[]; k: string }

export interface Packed { codec: number; body: Buffer; minAt: Date; maxAt: Date; instances: string[]; levels: number }

const PLAIN = 0
const ZSTD = 1
const LETTER_A = 65
const decompress = promisify(zlib.zstdDecompress)
const compress = promisify(zlib.zstdCompress)

const letterOf = (line: PlainLine): string =>
  String.fromCharCode(LETTER_A + LOG_STREAMS.indexOf(line.stream) * LOG_LEVELS.length + LOG_LEVELS.indexOf(line.level))

/** One bit per level, from the least on. */
export const levelBit = (level: LogLevel): number => 1 << LOG_LEVELS.indexOf(level)
/** The level and those above it. */
export const levelsFrom = (level: LogLevel): number => (1 << LOG_LEVELS.length) - levelBit(level)

/** Lines hold no line break: who writes them has replaced it. */
export const pack = async (lines: readonly PlainLine[]): Promise<Packed> => {
  const instances = [...new Set(lines.map((line) => line.instanceId))]
  const index = new Map(instances.map((id, at) => [id, at]))
  const head: Head = { i: instances, t: lines.map((l) => l.atMs), x: lines.map((l) => index.get(l.instanceId) ?? 0), k: lines.map(letterOf).join('') }
  const times = lines.reduce(({ min, max }, { atMs }) => ({ min: Math.min(min, atMs), max: Math.max(max, atMs) }), { min: Infinity, max: -Infinity })
  return {
    codec: ZSTD, body: await compress(Buffer.from(`${JSON.stringify(head)}\n${lines.map((l) => l.text).join('\n')}`)), instances,
    minAt: new Date(times.min), maxAt: new Date(times.max), levels: lines.reduce((all, l) => all | levelBit(l.level), 0),
  }
}

/** All text of a chunk as one string, before its lines are taken apart. */
export interface Opened { head: string; text: string }

export const open = async ({ codec, body }: { codec: number; body: Uint8Array }): Promise<Opened> => {
  const whole = (codec === PLAIN ? Buffer.from(body) : await decompress(body)).toString('utf8')
  const end = whole.indexOf('\n')
  return { head: whole.slice(0, end), text: whole.slice(end + 1) }
}

export const linesOf = ({ head, text }: Opened): PlainLine[] => {
  const { i, t, x, k } = JSON.parse(head) as Head
  return text.split('\n').map((line, at) => {
    const code = k.charCodeAt(at) - LETTER_A
    return {
      atMs: t[at] ?? 0, instanceId: i[x[at] ?? 0] ?? '', text: line,
      stream: LOG_STREAMS[Math.floor(code / LOG_LEVELS.length)] ?? 'stdout', level: LOG_LEVELS[code % LOG_LEVELS.length] ?? 'info',
    }
  })
}
