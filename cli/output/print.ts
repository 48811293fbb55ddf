import type { Format } from '../config/settings.ts'
import { write, type Terminal } from '../terminal.ts'
import { printable, widthOf, type Color } from '../text.ts'
import { renderTable, type Cell } from './table.ts'

export interface Column<T> {
  title: string
  /** Null shows as a dash. */
  value: (item: T) => string | number | boolean | null | undefined
  right?: boolean
  color?: (item: T) => Color | null
}

export interface Printer {
  format: Format
  /** Items of one kind; as data they are an array of what the API sent. */
  list: <T>(items: readonly T[], columns: readonly Column<T>[], empty: string) => Promise<void>
  /** One thing; as data it is what the API sent. */
  item: <T>(item: T, fields: readonly Column<T>[]) => Promise<void>
  /** What a command did: a sentence for people on stderr, data on stdout. */
  done: (sentence: string, data?: unknown) => Promise<void>
  /** A line of a stream: one JSON document per line, or text. */
  line: (data: unknown, text: string) => Promise<void>
  data: (data: unknown) => Promise<void>
  raw: (text: string) => Promise<void>
  /** A message for people, on stderr. */
  note: (text: string) => void
}

const shown = (value: unknown): string => value === null || value === undefined || value === '' ? '–' : text(value)
const text = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}
const plain = (value: unknown): string => printable(value === null || value === undefined ? '' : text(value))

async function dataText(data: unknown, format: Format): Promise<string> {
  if (format !== 'yaml') return `${JSON.stringify(data, null, 2)}\n`
  const { stringify } = await import('yaml')
  return stringify(data, { lineWidth: 0 })
}

function tableText<T>(items: readonly T[], columns: readonly Column<T>[], terminal: Terminal): string {
  const rows = items.map((item) => columns.map(({ value, color }): Cell => ({ text: shown(value(item)), color: color?.(item) ?? null })))
  const layout = { titles: columns.map(({ title }) => title.toUpperCase()), right: columns.map(({ right }) => right ?? false), rows }
  return renderTable(layout, terminal.columns, terminal.colors.stdout)
}

/** Label and value below each other. */
function fieldsText<T>(item: T, fields: readonly Column<T>[]): string {
  const width = Math.max(...fields.map(({ title }) => widthOf(title)))
  return fields.map(({ title, value }) => `${title.padEnd(width)}  ${printable(shown(value(item)))}\n`).join('')
}

export function printerFor(terminal: Terminal, format: Format): Printer {
  const out = (content: string): Promise<void> => write(terminal.stdout, content)
  const isData = format === 'json' || format === 'yaml'
  const note = (sentence: string): void => void terminal.stderr.write(`${sentence}\n`)
  return {
    format, note, raw: out,
    data: async (data) => out(await dataText(data, format)),
    list: async (items, columns, empty) => {
      if (isData) return out(await dataText(items, format))
      if (format === 'plain') return out(items.map((item) => `${columns.map(({ value }) => plain(value(item))).join('\t')}\n`).join(''))
      if (items.length === 0) return note(empty)
      return out(tableText(items, columns, terminal))
    },
    item: async (item, fields) => {
      if (isData) return out(await dataText(item, format))
      if (format === 'plain') return out(fields.map(({ title, value }) => `${title.toLowerCase().replaceAll(' ', '_')}\t${plain(value(item))}\n`).join(''))
      return out(fieldsText(item, fields))
    },
    done: async (sentence, data) => isData && data !== undefined ? out(await dataText(data, format)) : note(sentence),
    line: async (data, content) => out(isData ? `${await streamText(data, format)}` : `${content}\n`),
  }
}

async function streamText(data: unknown, format: Format): Promise<string> {
  return format === 'yaml' ? `---\n${await dataText(data, 'yaml')}` : `${JSON.stringify(data)}\n`
}
