/** Wire truth of bank statements: how a bank's CSV is read, chosen once per account. */
import { z } from 'zod'

export const CSV_DELIMITERS = [',', ';', '\t', '|'] as const
export const DATE_FORMATS = [
  'YYYY-MM-DD', 'YYYY/MM/DD', 'YYYYMMDD', 'DD.MM.YYYY', 'DD.MM.YY', 'DD/MM/YYYY', 'DD/MM/YY', 'DD-MM-YYYY', 'MM/DD/YYYY', 'DD-MMM-YYYY', 'DD MMM YYYY',
] as const
export type DateFormat = (typeof DATE_FORMATS)[number]

const column = z.string().trim().min(1).max(100)

export const CsvMapping = z.strictObject({
  delimiter: z.enum(CSV_DELIMITERS),
  skip_rows: z.int().min(0).max(50).default(0).describe('Rows above the heading'),
  date_format: z.enum(DATE_FORMATS), decimal_mark: z.enum(['.', ',']),
  columns: z.strictObject({
    date: column, amount: column.optional().describe('Signed; or credit and debit instead'), credit: column.optional(), debit: column.optional(),
    payer: column.optional(), payer_account: column.optional(), text: z.array(column).max(5).default([]), currency: column.optional(),
    reference: column.optional().describe('The bank\'s own id of the booking'),
  }).refine((given) => (given.amount === undefined) !== (given.credit === undefined), { error: 'Name either the amount or the credit column.', path: ['amount'] }),
}).describe('Columns by their headings')
export type CsvMapping = z.infer<typeof CsvMapping>

export const StatementFault = z.object({ line: z.int().describe('Line of the file, from 1'), code: z.string(), message: z.string() })
export type StatementFault = z.infer<typeof StatementFault>

/** Banks write UTF-8, UTF-16 with a mark, or Windows-1252 without saying so. */
export const decodeStatement = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
