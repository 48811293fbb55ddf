import type { LogLine } from '../_lib/wire.ts'
import { plainLog } from '../_lib/plain-log.ts'

export const ROW_PX = 20

/** A line as it is drawn: its text without what could colour or move it, and how many columns that takes. */
export type LogRow = { line: LogLine; text: string; width: number }

const ONLY_ASCII = /^[\x20-\x7e]*$/
const rows = new WeakMap<LogLine, LogRow>()

/** Letters beyond Latin may be twice as wide: rather a blank row than a cut one. */
const widthOf = (text: string): number => {
  if (ONLY_ASCII.test(text)) return text.length
  let width = 0
  for (const letter of text) width += (letter.codePointAt(0) ?? 0) < 0x300 ? 1 : 2
  return width
}

export const rowOf = (line: LogLine): LogRow => {
  const known = rows.get(line)
  if (known !== undefined) return known
  const plain = plainLog(line.line).replaceAll('\t', '    ')
  const text = line.stream === 'system' ? `platform  ${plain}` : plain
  const row = { line, text, width: widthOf(text) }
  rows.set(line, row)
  return row
}

/** Where each line ends, in pixels from the top. `columns` null: nothing is wrapped. */
export function endsOf(lines: readonly LogLine[], columns: number | null): Float64Array {
  const ends = new Float64Array(lines.length)
  let end = 0
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]
    end += columns === null || line === undefined ? ROW_PX : ROW_PX * Math.max(1, Math.ceil(rowOf(line).width / columns))
    ends[at] = end
  }
  return ends
}

/** The first line that ends below this height. */
export function lineAt(ends: Float64Array, px: number): number {
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ends[middle] ?? 0) > px) high = middle
    else low = middle + 1
  }
  return low
}

/** The text in pieces, every other one a match; in any case. */
export function piecesOf(text: string, needle: string): string[] {
  if (needle === '') return [text]
  const [low, sought] = [text.toLowerCase(), needle.toLowerCase()]
  if (low.length !== text.length) return [text]
  const out: string[] = []
  let from = 0
  for (let at = low.indexOf(sought); at >= 0; at = low.indexOf(sought, from)) {
    out.push(text.slice(from, at), text.slice(at, at + sought.length))
    from = at + sought.length
  }
  return [...out, text.slice(from)]
}
