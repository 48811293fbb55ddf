import { z } from 'zod'
import { notFound } from '../../../core/error.ts'
import { command } from '../../../core/operation.ts'
import { CsvMapping, StatementFault } from '../../../contract/bank-statement.ts'
import { Money, toMoney } from '../../../contract/money.ts'
import { STATEMENT_FORMATS } from '../../../contract/reconciliation.ts'
import { mappingOf } from '../accounts/bank-accounts.ts'
import { guessMapping } from './guess-mapping.ts'
import { StatementFile } from './import-statement.ts'
import { formatOf, readStatement } from './read-statement.ts'

const SHOWN = 5

const Preview = z.object({
  format: z.enum(STATEMENT_FORMATS), headings: z.array(z.string()).describe('Of a CSV file'),
  mapping: CsvMapping.nullable().describe('The account\'s, the given one, or a guess; null = choose the columns'), guessed: z.boolean(),
  lines: z.int(), faults: z.array(StatementFault).describe('The first 20'), fault_count: z.int(),
  sample: z.array(z.object({ line: z.int(), booked_on: z.string(), amount: Money, payer: z.string(), text: z.string() })).describe('The first lines as they are understood'),
})

export const previewStatement = command({
  name: 'admin.preview_statement', summary: 'Look at a bank statement before it is imported: how it is read, and what cannot be read', scope: 'staff',
  quiet: 'it only looks', input: z.strictObject(StatementFile), output: Preview, rest: { method: 'POST', path: '/admin/bank-statements/preview', tag: 'Reconciliation' },
  run: async ({ db }, { bank_account_id: id, content, mapping }) => {
    const account = await db.bankAccount.findUnique({ where: { id } })
    if (!account) throw notFound('bank account')
    const format = formatOf(content)
    const guess = format === 'csv' ? guessMapping(content, account.currency) : { headings: [], mapping: null }
    const known = mapping ?? mappingOf(account)
    const used = format === 'csv' ? known ?? guess.mapping : null
    const unread = { format, headings: guess.headings, mapping: used, guessed: known === null && used !== null }
    if (format === 'csv' && used === null) return { ...unread, lines: 0, faults: [], fault_count: 0, sample: [] }
    const { lines, faults } = readStatement(content, account, used)
    return {
      ...unread, lines: lines.length, faults: faults.slice(0, 20), fault_count: faults.length,
      sample: lines.slice(0, SHOWN).map((line) => ({ line: line.line, booked_on: line.bookedOn, amount: toMoney(line.amount, line.currency),
        payer: line.payer, text: line.text })),
    }
  },
})
