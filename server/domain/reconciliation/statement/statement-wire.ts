import type { BankStatement as StatementRow } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { StatementFault } from '../../../contract/bank-statement.ts'
import { type BankStatement, STATEMENT_FORMATS, STATEMENT_STATES } from '../../../contract/reconciliation.ts'
import { toInstant, toInstantOrNull } from '../../../contract/time.ts'

const NOTHING = { new: 0, booked: 0, suspense: 0, payout: 0, outgoing: 0 }

/** Statements with what became of their lines. */
export const statementsWire = async (db: SystemDb, rows: readonly StatementRow[]): Promise<(row: StatementRow) => BankStatement> => {
  const ids = rows.map((row) => row.id)
  const accounts = await db.bankAccount.findMany({ where: { id: { in: rows.map((row) => row.accountId) } }, select: { id: true, name: true } })
  const counts = await db.bankLine.groupBy({ by: ['statementId', 'state'], where: { statementId: { in: ids } }, _count: true })
  return (row) => ({
    id: row.id, bank_account_id: row.accountId, bank_account_name: accounts.find((one) => one.id === row.accountId)?.name ?? row.accountId,
    format: STATEMENT_FORMATS.find((one) => one === row.format) ?? 'csv', file_name: row.fileName, state: STATEMENT_STATES.find((one) => one === row.state) ?? 'done',
    lines: row.lineCount, duplicates: row.duplicates, faults: StatementFault.array().parse(row.faults), fault_count: row.faultCount, first_day: row.firstDay,
      last_day: row.lastDay,
    imported_at: toInstant(row.importedAt), finished_at: toInstantOrNull(row.finishedAt),
    results: { ...NOTHING, ...Object.fromEntries(counts.filter((one) => one.statementId === row.id).map((one) => [one.state, one._count])) },
  })
}
