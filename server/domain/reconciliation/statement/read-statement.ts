import type { BankAccount as AccountRow } from '../../../../prisma/generated/client.ts'
import { ruleViolated } from '../../../core/error.ts'
import type { CsvMapping } from '../../../contract/bank-statement.ts'
import { readCamt } from './read-camt.ts'
import { readCsv } from './read-csv.ts'
import type { ReadStatement } from './statement-line.ts'

const MOST_LINES = 50_000

export const formatOf = (content: string): 'csv' | 'camt053' => (/^\ufeff?\s*</.test(content) ? 'camt053' : 'csv')

/** Reads a file as what it is; CSV only by a mapping that somebody chose. */
export const readStatement = (content: string, account: Pick<AccountRow, 'number' | 'currency'>, mapping: CsvMapping | null): ReadStatement => {
  if (formatOf(content) === 'camt053') return within(readCamt(content, account))
  if (!mapping) throw ruleViolated('/mapping', 'required', 'Say which columns this bank writes. It is asked once per account.')
  return within(readCsv(content, mapping, account.currency))
}

const within = (read: ReadStatement): ReadStatement => {
  if (read.lines.length > MOST_LINES) throw ruleViolated('/content', 'too_long', `A statement may hold at most ${MOST_LINES} lines. Split it.`)
  if (read.lines.length === 0 && read.faults.length === 0) throw ruleViolated('/content', 'empty', 'The file holds no booked line.')
  return read
}
