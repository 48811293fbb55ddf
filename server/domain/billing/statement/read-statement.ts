import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { ruleViolated } from '../../../core/error.ts'
import { query } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import { LocalDate, Statement } from '../../../contract/invoice.ts'
import { toMoney } from '../../../contract/money.ts'
import { localDateOf, startOfLocalDate } from '../rules/period.ts'

export const StatementInput = z.strictObject({
  from: LocalDate.optional().describe('First local day; three months ago unless said'), to: LocalDate.optional().describe('Last local day; today unless said'),
})

interface Row { at: Date; type: string; cause: string; receivable: bigint; credit: bigint }
type Line = Statement['rows'][number]

/** What moved the customer's debt, from the books: the statement cannot differ from them. */
const readMoves = (db: SystemDb, orgId: string, currency: string, until: Date): Promise<Row[]> => db.$queryRaw<Row[]>`
  SELECT t.at, split_part(t.business_key, ':', 1) AS type, substring(t.business_key FROM position(':' IN t.business_key) + 1) AS cause,
    coalesce(sum(e.amount) FILTER (WHERE e.account = 'receivable'), 0)::bigint AS receivable,
    coalesce(sum(e.amount) FILTER (WHERE e.account LIKE 'customer_credit_%' AND e.account <> 'customer_credit_ordered'), 0)::bigint AS credit
  FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id
  WHERE e.org_id = ${orgId} AND e.currency = ${currency} AND t.at < ${until}::timestamptz
    AND split_part(t.business_key, ':', 1) IN ('invoice_finalised', 'payment_received', 'credit_note', 'invoice_voided', 'write_off')
  GROUP BY t.id, t.at, t.business_key ORDER BY t.at, t.id`

const TYPES: Record<string, Line['type']> = {
  invoice_finalised: 'invoice', payment_received: 'payment', credit_note: 'credit_note', invoice_voided: 'void', write_off: 'write_off',
}

/** An invoice and the credit it used are two lines of one booking. */
const partsOf = ({ type, receivable, credit }: Row): { type: Line['type']; amount: bigint }[] => {
  const kind = TYPES[type] ?? 'invoice'
  if ((kind !== 'invoice' && kind !== 'void') || credit === 0n) return receivable === 0n ? [] : [{ type: kind, amount: receivable }]
  return [{ type: kind, amount: receivable + credit }, { type: 'credit_used', amount: -credit }]
}

/** Numbers of the documents behind the moves. */
const readNames = async (db: SystemDb, orgId: string, rows: readonly Row[]) => {
  const ids = rows.map((row) => row.cause)
  const payments = await db.paymentAttempt.findMany({ where: { orgId, id: { in: ids } }, select: { id: true, invoiceId: true } })
  const notes = await db.creditNote.findMany({ where: { orgId, id: { in: ids } }, select: { id: true, number: true, invoiceId: true } })
  const invoices = await db.invoice.findMany({ where: { orgId, id: { in: [...ids, ...payments.map((p) => p.invoiceId)] } }, select: { id: true,
    number: true } })
  const numbers = new Map(invoices.map(({ id, number }) => [id, number ?? id]))
  return (cause: string): { document: string; invoiceId: string | null } => {
    const note = notes.find(({ id }) => id === cause)
    if (note) return { document: note.number, invoiceId: note.invoiceId }
    const invoiceId = payments.find(({ id }) => id === cause)?.invoiceId ?? cause
    return { document: numbers.get(invoiceId) ?? cause, invoiceId: numbers.has(invoiceId) ? invoiceId : null }
  }
}

const monthsBefore = (date: string): string => {
  const day = new Date(date)
  day.setUTCMonth(day.getUTCMonth() - 3, 1)
  return day.toISOString().slice(0, 10)
}

export const readStatement = async (db: SystemDb, orgId: string, now: Date, asked: z.output<typeof StatementInput>): Promise<Statement & { name: string }> => {
  const org = await db.organization.findUniqueOrThrow({ where: { id: orgId } })
  const to = asked.to ?? localDateOf(now, org.timezone)
  const from = asked.from ?? monthsBefore(to)
  if (from > to) throw ruleViolated('/to', 'ends_before_start', 'The last day is before the first.')
  const [starts, ends] = [startOfLocalDate(from, org.timezone), new Date(startOfLocalDate(to, org.timezone).getTime() + 36 * 3_600_000)]
  const moves = (await readMoves(db, orgId, org.currency, ends)).filter((row) => localDateOf(row.at, org.timezone) <= to)
  const money = (amount: bigint) => toMoney(amount, org.currency)
  let balance = moves.filter((row) => row.at < starts).reduce((sum, row) => sum + row.receivable, 0n)
  const opening = balance
  const inside = moves.filter((row) => row.at >= starts)
  const nameOf = await readNames(db, orgId, inside)
  const rows = inside.flatMap((row) => partsOf(row).map(({ type, amount }): Line => {
    balance += amount
    const { document, invoiceId } = nameOf(row.cause)
    return { date: localDateOf(row.at, org.timezone), type, document, invoice_id: invoiceId, amount: money(amount), balance: money(balance) }
  }))
  return { name: org.name, from, to, currency: org.currency, opening: money(opening), closing: money(balance), rows }
}

export const getStatement = query({
  name: 'billing.statement',
  summary: 'Statement of account: what was owed, invoiced, paid and credited, line by line, with the balance after each',
  scope: 'org',
  permission: 'billing:read',
  input: StatementInput,
  output: Statement,
  rest: { method: 'GET', path: '/billing/statement', tag: 'Billing' },
  // The ledger is the seller's own; the caller was authorised for this one organization.
  run: ({ orgId, now }, input) => runtime().databases.asSystem('job', (db) => readStatement(db, orgId, now, input)),
})
