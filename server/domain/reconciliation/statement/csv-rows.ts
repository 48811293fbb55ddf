export interface CsvRow { line: number; cells: string[] }

/** RFC 4180 and what banks make of it: any delimiter, line breaks within quotes, CR alone, a mark at the beginning. A lone quote is text. */
export const csvRows = (text: string, delimiter: string): CsvRow[] => {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text
  const rows: CsvRow[] = []
  let at = 0
  let line = 1
  while (at < source.length) {
    const row: CsvRow = { line, cells: [] }
    for (;;) {
      const cell = readCell(source, at, delimiter)
      row.cells.push(cell.value)
      line += cell.breaks
      at = cell.next
      if (source[at] !== delimiter) break
      at += 1
    }
    if (source[at] === '\r' && source[at + 1] === '\n') at += 1
    at += 1
    line += 1
    if (row.cells.some((cell) => cell !== '')) rows.push(row)
  }
  return rows
}

const readCell = (source: string, from: number, delimiter: string): { value: string; next: number; breaks: number } => {
  if (source[from] === '"') {
    const quoted = readQuoted(source, from, delimiter)
    if (quoted) return quoted
  }
  let end = from
  while (end < source.length && source[end] !== delimiter && source[end] !== '\n' && source[end] !== '\r') end += 1
  return { value: source.slice(from, end).trim(), next: end, breaks: 0 }
}

/** Null where the quote never ends or text follows it: then it was a sign like any other. */
const readQuoted = (source: string, from: number, delimiter: string): { value: string; next: number; breaks: number } | null => {
  let end = from + 1
  for (;;) {
    end = source.indexOf('"', end)
    if (end < 0) return null
    if (source[end + 1] !== '"') break
    end += 2
  }
  let next = end + 1
  while (source[next] === ' ') next += 1
  if (next < source.length && source[next] !== delimiter && source[next] !== '\n' && source[next] !== '\r') return null
  const raw = source.slice(from + 1, end)
  return { value: raw.replaceAll('""', '"').trim(), next, breaks: raw.split(/\r\n|\r|\n/).length - 1 }
}
