import type { Invoice as InvoiceRow } from '../../../../prisma/generated/client.ts'

/** What the customer still owes: neither paid nor taken off by a credit note. */
export const outstandingOf = (row: Pick<InvoiceRow, 'total' | 'amountPaid' | 'amountCredited' | 'state'>): bigint =>
  (row.state === 'finalised' || row.state === 'partially_paid' ? row.total - row.amountPaid - row.amountCredited : 0n)
