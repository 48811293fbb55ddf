import { z } from 'zod'
import type { BankAccount as AccountRow } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { recordEvent } from '../../../core/event.ts'
import { defineJob, enqueue } from '../../../core/job.ts'
import { log } from '../../../core/log.ts'
import { runtime } from '../../../core/runtime.ts'
import type { Book } from '../rules/book.ts'
import { bookLine } from './book-line.ts'
import { loadBook } from './load-book.ts'

const BATCH = 500
const ACTOR = { type: 'job', name: 'book-bank-lines' } as const

interface Place { id: string; lineNo: number }
/** In the order of the file; a CAMT file without line breaks has everything on line 1. */
const nextLines = (db: SystemDb, statementId: string, after: Place): Promise<Place[]> =>
  db.bankLine.findMany({
    where: { statementId, state: 'new', OR: [{ lineNo: { gt: after.lineNo } }, { lineNo: after.lineNo, id: { gt: after.id } }] },
    orderBy: [{ lineNo: 'asc' }, { id: 'asc' }], take: BATCH, select: { id: true, lineNo: true },
  })

/** Each line in a transaction of its own: a crash costs nothing that was booked, and one bad line does not hold the others up. */
const bookAll = async (statementId: string, account: AccountRow, book: Book): Promise<{ failed: number }> => {
  let after: Place = { id: '', lineNo: 0 }
  let failed = 0
  for (;;) {
    const lines = await runtime().databases.asSystem('job', (db) => nextLines(db, statementId, after))
    if (lines.length === 0) return { failed }
    for (const { id } of lines) {
      try {
        await runtime().databases.asSystem('job', (db) => bookLine(db, id, account, book))
      } catch (error) {
        failed += 1
        log.error({ line: id, error: error instanceof Error ? error.message : String(error) }, 'a bank line could not be booked')
      }
    }
    after = lines.at(-1) ?? after
  }
}

const finish = async (db: SystemDb, statementId: string, now: Date): Promise<void> => {
  const { count } = await db.bankStatement.updateMany({ where: { id: statementId, state: 'booking' }, data: { state: 'done', finishedAt: now } })
  if (count === 0) return
  const groups = await db.bankLine.groupBy({ by: ['state'], where: { statementId }, _count: true })
  await recordEvent(db, {
    orgId: null, type: 'bank_statement.booked', subject: { type: 'bank_statement', id: statementId }, actor: ACTOR, requestId: null,
    data: Object.fromEntries(groups.map((group) => [group.state, group._count])),
  })
}

/** Lines that wait for their payout stay new; the hourly comparison queues this again. */
export const bookBankLines = defineJob({
  name: 'book-bank-lines',
  payload: z.object({ statement_id: z.string() }),
  run: async ({ statement_id: id }) => {
    const { account, book } = await runtime().databases.asSystem('job', async (db) => {
      const statement = await db.bankStatement.findUniqueOrThrow({ where: { id }, include: { account: true } })
      return { account: statement.account, book: await loadBook(db, statement.account) }
    })
    const { failed } = await bookAll(id, account, book)
    if (failed > 0) throw new Error(`${failed} lines of ${id} could not be booked`)
    await runtime().databases.asSystem('job', (db) => finish(db, id, runtime().clock.now()))
  },
})

/** Statements with lines that nothing was decided about yet. */
export const queueUnbooked = async (db: SystemDb): Promise<void> => {
  const open = await db.bankLine.findMany({ where: { state: 'new' }, distinct: ['statementId'], select: { statementId: true } })
  for (const { statementId } of open) await enqueue(db, bookBankLines, { statement_id: statementId }, { key: `book-bank-lines:${statementId}` })
}
