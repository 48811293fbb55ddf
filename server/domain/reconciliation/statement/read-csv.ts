import type { CsvMapping, StatementFault } from '../../../contract/bank-statement.ts'
import { ruleViolated } from '../../../core/error.ts'
import { csvRows, type CsvRow } from './csv-rows.ts'
import { readAmount, readDay } from './read-values.ts'
import { accountNumber, clean, type ReadStatement, type StatementLine } from './statement-line.ts'

type Cell = (name: string | undefined) => string

const heading = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, ' ').trim()

const mappedColumns = ({ columns }: CsvMapping): string[] =>
  Object.values(columns).flat().filter((name): name is string => name !== undefined)

/** A statement of an account whose mapping is known. Rows that cannot be read are named by their line; the others count. */
export const readCsv = (text: string, mapping: CsvMapping, currency: string): ReadStatement => {
  const [head, ...rows] = csvRows(text, mapping.delimiter).slice(mapping.skip_rows)
  if (!head) throw ruleViolated('/content', 'empty', 'The file holds no line.')
  const positions = new Map(head.cells.map((name, index) => [heading(name), index]))
  const missing = mappedColumns(mapping).filter((name) => !positions.has(heading(name)))
  if (missing.length > 0) {
    throw ruleViolated('/content', 'column_missing', `The file has no column ${missing.join(', ')}. Its columns are ${head.cells.slice(0, 30).join(', ').slice(0, 400)}.`)
  }
  const read: ReadStatement = { lines: [], faults: [] }
  const place = new Map(mappedColumns(mapping).map((name) => [name, positions.get(heading(name)) ?? -1]))
  for (const row of rows) {
    const cell: Cell = (name) => (name === undefined ? '' : row.cells[place.get(name) ?? -1] ?? '')
    const line = readRow(row, cell, mapping, currency)
    if ('code' in line) read.faults.push(line)
    else read.lines.push(line)
  }
  return read
}

const readRow = (row: CsvRow, cell: Cell, mapping: CsvMapping, currency: string): StatementLine | StatementFault => {
  const { columns } = mapping
  const fault = (code: string, message: string): StatementFault => ({ line: row.line, code, message })
  const bookedOn = readDay(cell(columns.date), mapping.date_format)
  if (bookedOn === null) return fault('bad_date', `"${clean(cell(columns.date), 40)}" is no day written ${mapping.date_format}.`)
  const named = cell(columns.currency).trim().toUpperCase()
  if (named !== '' && named !== currency) return fault('wrong_currency', `The line is in ${clean(named, 10)}, the account in ${currency}.`)
  const amount = amountOf(cell, mapping, currency)
  if (amount === null) return fault('bad_amount', `"${clean([cell(columns.amount), cell(columns.credit), cell(columns.debit)].join(' '), 60)}" is no amount in ${currency}.`)
  if (amount === 0n) return fault('zero_amount', 'The line moves nothing.')
  return {
    line: row.line, bookedOn, amount, currency, payer: clean(cell(columns.payer), 140), payerAccount: accountNumber(cell(columns.payer_account)),
    bankRef: clean(cell(columns.reference), 100), text: clean(columns.text.map((name) => cell(name)).join(' ')),
  }
}

/** One signed column, or what came and what went in two. */
const amountOf = (cell: Cell, { columns, decimal_mark: mark }: CsvMapping, currency: string): bigint | null => {
  if (columns.amount !== undefined) return readAmount(cell(columns.amount), mark, currency)
  const [came, went] = [cell(columns.credit), cell(columns.debit)].map((text) => (/^[\s-]*$/.test(text) ? 0n : readAmount(text, mark, currency)))
  if (came === null || went === null || came === undefined || went === undefined) return null
  return came - (went < 0n ? -went : went)
}
