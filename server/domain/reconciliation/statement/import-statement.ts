import { z } from 'zod'
import type { BankAccount as AccountRow } from '../../../../prisma/generated/client.ts'
import { sha256 } from '../../../core/crypto.ts'
import type { SystemDb } from '../../../core/db.ts'
import { DomainError } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { command } from '../../../core/operation.ts'
import { CsvMapping, type StatementFault } from '../../../contract/bank-statement.ts'
import { BankStatement } from '../../../contract/reconciliation.ts'
import { lockAccount, mappingOf } from '../accounts/bank-accounts.ts'
import { bookBankLines } from '../lines/book-bank-lines.ts'
import { withoutRepeats } from '../rules/dedupe.ts'
import { formatOf, readStatement } from './read-statement.ts'
import type { ReadStatement, StatementLine } from './statement-line.ts'
import { statementsWire } from './statement-wire.ts'

const KEPT_FAULTS = 100
const CHUNK = 5_000
export const StatementFile = {
  bank_account_id: z.string().max(60), content: z.string().min(1).max(9_000_000).describe('The file as text'),
  mapping: CsvMapping.optional().describe('Of a CSV file, where the account has none yet; it is kept'),
}

/** Locked by its account, so that two imports of the same lines never wait for each other in a circle. */
export const importStatement = command({
  name: 'admin.import_statement', summary: 'Import a bank statement, CSV or CAMT.053. Lines that are known already, and the same file again, have no effect', scope: 'staff', quiet: 'the same file again is no news',
  input: z.strictObject({ ...StatementFile, file_name: z.string().trim().min(1).max(200) }),
  output: BankStatement.extend({ repeated: z.boolean().describe('This file was imported before') }),
  rest: {
    method: 'POST', path: '/admin/bank-statements', status: 201, tag: 'Reconciliation',
    other: { status: 200, description: 'The same file was imported before', when: (output: { repeated: boolean }) => output.repeated },
  },
  run: async (ctx, { bank_account_id: accountId, content, mapping, file_name: fileName }) => {
    const account = await lockAccount(ctx.db, accountId)
    if (account.archivedAt) throw new DomainError('state_conflict', 'This account is archived.')
    const known = mappingOf(account)
    const read = readStatement(content, account, known ?? mapping ?? null)
    if (!known && mapping && formatOf(content) === 'csv') await ctx.db.bankAccount.update({ where: { id: accountId }, data: { mapping, version: { increment: 1 } } })
    const digest = sha256(content)
    const before = await ctx.db.bankStatement.findUnique({ where: { accountId_sha256: { accountId, sha256: digest } } })
    if (before) return { ...(await statementsWire(ctx.db, [before]))(before), repeated: true }
    const row = await store(ctx.db, { account, read, digest, format: formatOf(content), fileName, importedBy: ctx.user.userId })
    await ctx.emit('bank_statement.imported', { type: 'bank_statement', id: row.id }, { bank_account_id: accountId, lines: row.lineCount, faults: row.faultCount })
    await ctx.enqueue(bookBankLines, { statement_id: row.id }, { key: `book-bank-lines:${row.id}` })
    return { ...(await statementsWire(ctx.db, [row]))(row), repeated: false }
  },
})

interface Incoming { account: AccountRow; read: ReadStatement; digest: string; format: string; fileName: string; importedBy: string }

const store = async (db: SystemDb, { account, read, digest, format, fileName, importedBy }: Incoming) => {
  const { fresh, repeated } = withoutRepeats(read.lines)
  const id = newId('bankStatement')
  const days = fresh.map((line) => line.bookedOn).sort()
  const twice: StatementFault[] = repeated.filter((line) => line.bankRef === '')
    .map((line) => ({ line: line.line, code: 'repeated', message: 'Equal to a line above, without a reference of the bank that tells them apart. It was left out: look whether it is another payment.' }))
  const faults = [...read.faults, ...twice].sort((a, b) => a.line - b.line)
  await db.bankStatement.create({
    data: {
      id, accountId: account.id, format, fileName, sha256: digest, lineCount: 0, duplicates: 0, faults: faults.slice(0, KEPT_FAULTS), faultCount: faults.length,
      firstDay: days[0] ?? null, lastDay: days.at(-1) ?? null, state: 'booking', importedBy,
    },
  })
  let added = 0
  for (let from = 0; from < fresh.length; from += CHUNK) added += await insertLines(db, id, account.id, fresh.slice(from, from + CHUNK))
  return db.bankStatement.update({ where: { id }, data: { lineCount: added, duplicates: read.lines.length - added } })
}

/** As one parameter: a statement for each column of each line would take ten times as long. */
const insertLines = (db: SystemDb, statementId: string, accountId: string, lines: readonly (StatementLine & { key: string })[]): Promise<number> => {
  const rows = JSON.stringify(lines.map((line) => ({ ...line, amount: line.amount.toString(), id: newId('bankLine') })))
  return db.$executeRaw`
    INSERT INTO bank_line (id, statement_id, account_id, line_no, dedupe_key, booked_on, amount, currency, payer, payer_account, bank_ref, text, suspense_ids)
    SELECT l.id, ${statementId}, ${accountId}, l.line, l.key, l."bookedOn", l.amount::bigint, l.currency, l.payer, l."payerAccount", l."bankRef", l.text, '{}'
    FROM jsonb_to_recordset(${rows}::jsonb)
      AS l(id text, line int, key text, "bookedOn" text, amount text, currency text, payer text, "payerAccount" text, "bankRef" text, text text)
    ON CONFLICT (account_id, dedupe_key) DO NOTHING`
}
