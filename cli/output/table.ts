import { cut, paint, printable, widthOf, type Color } from '../text.ts'

export interface Cell { text: string; color?: Color | null }
export interface TableLayout { titles: readonly string[]; right: readonly boolean[]; rows: readonly (readonly Cell[])[] }

const GAP = 2
/** Narrower than this a column says nothing any more. */
const NARROWEST = 6

/** Takes cells from the widest column until the table fits; short columns stay whole. */
export function fitWidths(widths: readonly number[], available: number): number[] {
  const fitted = [...widths]
  const room = available - GAP * (fitted.length - 1)
  let excess = fitted.reduce((sum, width) => sum + width, 0) - room
  while (excess > 0) {
    const widest = Math.max(...fitted)
    if (widest <= NARROWEST) break
    const next = Math.max(NARROWEST, ...fitted.filter((width) => width < widest))
    const widestColumns = fitted.filter((width) => width === widest).length
    const step = Math.max(1, Math.min(widest - next, Math.ceil(excess / widestColumns)))
    for (const [index, width] of fitted.entries()) {
      if (width !== widest || excess <= 0) continue
      const taken = Math.min(step, excess)
      fitted[index] = width - taken
      excess -= taken
    }
  }
  return fitted
}

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)))
  return right ? space + text : text + space
}

/** Columns side by side; `columns` is the width of the terminal, or null where nothing may be cut. */
export function renderTable({ titles, right, rows }: TableLayout, columns: number | null, colors: boolean): string {
  const natural = titles.map((title, index) => Math.max(widthOf(title), ...rows.map((row) => widthOf(printable(row[index]?.text ?? '')))))
  const widths = columns === null ? natural : fitWidths(natural, columns)
  const line = (cells: readonly Cell[]): string => cells.map((cell, index) => {
    const width = widths[index] ?? 0
    const last = index === cells.length - 1
    const text = cut(printable(cell.text), width)
    const painted = paint(text, cell.color ?? null, colors)
    const padded = pad(text, width, right[index] ?? false)
    return last && !right[index] ? painted : padded.replace(text, () => painted)
  }).join(' '.repeat(GAP))
  const head = line(titles.map((text) => ({ text, color: 'bold' as const })))
  return [head, ...rows.map(line)].map((text) => `${text}\n`).join('')
}
