import type { BankAccount as AccountRow } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { outstandingOf } from '../../billing/index.ts'
import { bookOf, type Book, type KnownPayer } from '../rules/book.ts'

/** Accounts whose earlier payments were booked or decided, with whose they turned out to be. */
const knownPayers = (db: SystemDb, accountId: string): Promise<KnownPayer[]> => db.$queryRaw<KnownPayer[]>`
  SELECT DISTINCT l.payer_account AS account, p.org_id AS "orgId"
  FROM bank_line l JOIN suspense_item s ON s.id = ANY (l.suspense_ids) AND s.state = 'matched' JOIN payment_attempt p ON p.id = s.matched_attempt_id
  WHERE l.account_id = ${accountId} AND l.payer_account <> ''
  UNION
  SELECT DISTINCT l.payer_account, i.org_id
  FROM bank_line l CROSS JOIN LATERAL jsonb_path_query(l.proposals, '$.proposals[*].shares[*].invoiceId') AS share(id) JOIN invoice i ON i.id = share.id #>> '{}'
  WHERE l.account_id = ${accountId} AND l.payer_account <> '' AND l.state = 'booked'`

/** What the seller of the account is owed in its currency. */
export const loadBook = async (db: SystemDb, account: Pick<AccountRow, 'id' | 'entityId' | 'currency'>): Promise<Book> => {
  const invoices = await db.invoice.findMany({
    where: { entityId: account.entityId, currency: account.currency, state: { in: ['finalised', 'partially_paid'] }, number: { not: null } },
    select: { id: true, orgId: true, number: true, total: true, amountPaid: true, amountCredited: true, state: true, currency: true, dueAt: true,
      snapshot: true },
  })
  return bookOf(invoices.flatMap((row) => {
    const outstanding = outstandingOf(row)
    if (outstanding <= 0n || row.number === null) return []
    const buyer = (row.snapshot as { buyer?: { name?: string } } | null)?.buyer?.name ?? ''
    return [{ id: row.id, orgId: row.orgId, number: row.number, outstanding, currency: row.currency, buyer, dueAt: row.dueAt?.getTime() ?? 0 }]
  }), await knownPayers(db, account.id))
}
