import { CSV_DELIMITERS, DATE_FORMATS, type CsvMapping } from '../../../contract/bank-statement.ts'
import { csvRows, type CsvRow } from './csv-rows.ts'
import { readAmount, readDay } from './read-values.ts'

export interface GuessedMapping { headings: string[]; rows: string[][]; mapping: CsvMapping | null }

/** Headings of banks in the languages we met, most telling first. */
const NAMES = {
  date: [/^(booking|transaction|trans|post|posting|entry|value)?[ ._]?(date|day)$/, /date|datum|fecha|tag$/],
  credit: [/^(credit|credits|money in|paid in|deposit|haben|crédit)/], debit: [/^(debit|debits|money out|paid out|withdrawal|soll|débit)/],
  amount: [/^(amount|betrag|montant|importe|umsatz)/, /amount/],
  payer: [/payer|sender|debtor|counterparty|auftraggeber|name|from|beneficiary/], payer_account: [/iban|account (no|number)|kontonummer|payer account|counter.?account/],
  text: [/remittance|description|narration|purpose|details|verwendungszweck|memo|remarks|text|libell/],
  currency: [/^(currency|ccy|währung|devise)$/], reference: [/transaction id|bank ref|reference|referenz|ref\.?( no)?$|^id$/],
} as const

const find = (headings: readonly string[], patterns: readonly RegExp[], taken: ReadonlySet<string>): string | undefined => {
  for (const pattern of patterns) {
    const name = headings.find((one) => pattern.test(one.toLowerCase()) && !taken.has(one))
    if (name !== undefined) return name
  }
  return undefined
}

/** The delimiter that cuts most rows into the same number of columns. */
const delimiterOf = (text: string): (typeof CSV_DELIMITERS)[number] => {
  const head = text.slice(0, 20_000)
  const score = (delimiter: string): number => {
    const widths = csvRows(head, delimiter).slice(0, 40).map((row) => row.cells.length).filter((width) => width > 2)
    const common = Math.max(0, ...[...Map.groupBy(widths, (width) => width).values()].map((same) => same.length))
    return common * 100 + Math.max(0, ...widths)
  }
  return CSV_DELIMITERS.toSorted((a, b) => score(b) - score(a))[0] ?? ','
}

const columnsOf = (headings: readonly string[]) => {
  const taken = new Set<string>()
  const pick = (name: keyof typeof NAMES): string | undefined => {
    const found = find(headings, NAMES[name], taken)
    if (found !== undefined) taken.add(found)
    return found
  }
  const [date, credit, debit] = [pick('date'), pick('credit'), pick('debit')]
  const amount = credit === undefined ? pick('amount') : undefined
  const [account, payer, text] = [pick('payer_account'), pick('payer'), pick('text')]
  const [currency, reference] = [pick('currency'), pick('reference')]
  return { date, credit, debit: credit === undefined ? undefined : debit, amount, payer_account: account, payer, text, currency, reference }
}

const present = <T extends object>(given: T): Partial<{ [K in keyof T]: Exclude<T[K], undefined> }> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never

const dataOf = (rows: readonly CsvRow[], headings: readonly string[], name: string | undefined): string[] => {
  const at = name === undefined ? -1 : headings.indexOf(name)
  return rows.map((row) => row.cells[at] ?? '').filter((cell) => cell !== '')
}

/** A first proposal, for a person to look at: nothing is imported by a guess. */
export const guessMapping = (text: string, currency: string): GuessedMapping => {
  const delimiter = delimiterOf(text)
  const rows = csvRows(text.slice(0, 200_000), delimiter).slice(0, 60)
  const width = Math.max(0, ...rows.map((row) => row.cells.length))
  const skip = Math.max(0, rows.findIndex((row) => row.cells.filter((cell) => /\p{L}/u.test(cell)).length > width / 2 && find(row.cells, NAMES.date, new Set()) !== undefined))
  const headings = (rows[skip]?.cells ?? []).filter((cell) => cell !== '')
  const data = rows.slice(skip + 1)
  const columns = columnsOf(rows[skip]?.cells ?? [])
  const days = dataOf(data, rows[skip]?.cells ?? [], columns.date)
  const sums = dataOf(data, rows[skip]?.cells ?? [], columns.amount ?? columns.credit)
  const most = <T>(options: readonly T[], fits: (option: T) => number): T | undefined => options.toSorted((a, b) => fits(b) - fits(a))[0]
  const dateFormat = most(DATE_FORMATS, (format) => days.filter((day) => readDay(day, format) !== null).length)
  const mark = most(['.', ','] as const, (one) => sums.filter((sum) => readAmount(sum, one, currency) !== null).length)
  const { date, text: purpose, ...rest } = columns
  const known = date !== undefined && dateFormat !== undefined && mark !== undefined && (columns.amount ?? columns.credit) !== undefined
  return {
    headings, rows: data.slice(0, 5).map((row) => row.cells),
    mapping: known
      ? { delimiter, skip_rows: skip, date_format: dateFormat, decimal_mark: mark, columns: { date, text: purpose === undefined ? [] : [purpose],
        ...present(rest) } }
      : null,
  }
}
