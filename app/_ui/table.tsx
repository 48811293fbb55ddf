import Link from 'next/link'
import type { ReactNode } from 'react'

export type Column<T> = {
  id: string
  title: string
  cell: (row: T) => ReactNode
  align?: 'end'
  /** Left out on a phone: it is told beside the table there. */
  wide?: true
}
type TableProps<T> = {
  /** Says what the table lists, for those who cannot see the heading above it. */
  caption: string
  columns: ReadonlyArray<Column<T>>
  rows: readonly T[]
  rowKey: (row: T) => string
  /** Makes the first cell a link that the whole row follows. */
  rowHref?: (row: T) => string | null
}

/** One table for every width: on a phone each row becomes a card, with the roles kept for screen readers. */
export function Table<T>({ caption, columns, rows, rowKey, rowHref }: TableProps<T>) {
  const content = (row: T, column: Column<T>, index: number) => {
    const href = index === 0 ? (rowHref?.(row) ?? null) : null
    return href === null ? (
      column.cell(row)
    ) : (
      <Link href={href} className="row-link font-strong no-underline">
        {column.cell(row)}
      </Link>
    )
  }
  return (
    <div className="overflow-x-auto rounded-box border border-line bg-surface">
      <table role="table" className="data-table">
        <caption className="sr-only">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.id} role="columnheader" scope="col" data-align={column.align}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row">
              {columns.map((column, index) => (
                <td key={column.id} role="cell" data-label={column.title} data-align={column.align} data-wide={column.wide}>
                  <div className="cell">{content(row, column, index)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
