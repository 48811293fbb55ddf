import type { SystemDb } from '../../../../core/db.ts'
import { DomainError } from '../../../../core/error.ts'
import type { Settlement } from '../../../../contract/invoice.ts'
import { snapshotIn, type InvoiceRow } from '../invoice-wire.ts'
import { moneyPaid } from '../lock-invoice.ts'
import { outstandingOf } from '../outstanding.ts'
import { creditAmounts, creditFaults, type CreditableInvoice, type CreditAmounts, type WantedCredit } from './amounts.ts'
import { creditedLines } from './credit-wire.ts'

export interface DraftedCreditNote { amounts: CreditAmounts; invoice: CreditableInvoice; atMost: Record<Settlement, bigint> }

export const creditableOf = (row: InvoiceRow): CreditableInvoice => {
  const { lines, taxes } = snapshotIn(row)
  return {
    lines: lines.map((line) => ({ description: line.description, net: BigInt(line.amount - (line.discount ?? 0)), taxRate: line.taxRate,
      taxCategory: line.taxCategory })),
    taxes,
  }
}

const assertCreditable = (row: InvoiceRow): void => {
  if (!['finalised', 'partially_paid', 'paid'].includes(row.state)) throw new DomainError('state_conflict', `This invoice is ${row.state}: there is nothing to credit.`)
  if (row.kind === 'credit_purchase') throw new DomainError('state_conflict', 'This invoice sold credit. Void it while it is unpaid, or refund the payment.')
}

/** What the note would take, and how much of it may go which way. Sums are judged by the caller. */
export const draftCreditNote = async (db: SystemDb, row: InvoiceRow, wanted: readonly WantedCredit[] | null): Promise<DraftedCreditNote> => {
  assertCreditable(row)
  const earlier = await db.creditNote.findMany({ where: { invoiceId: row.id } })
  const credited = new Map<number, bigint>()
  for (const { line, net } of earlier.flatMap(creditedLines)) credited.set(line, (credited.get(line) ?? 0n) + net)
  const invoice = creditableOf(row)
  const faults = creditFaults(invoice, credited, wanted ?? [])
  if (faults.length > 0) {
    throw new DomainError('rule_violated', faults.map((fault) => fault.message).join(' '), {
      errors: faults.map(({ index, field, code, message }) => ({ pointer: `/lines/${index}/${field}`, code, message })),
    })
  }
  const returned = earlier.filter(({ settlement }) => settlement !== 'receivable').reduce((sum, note) => sum + note.total, 0n)
  const positive = (value: bigint): bigint => (value > 0n ? value : 0n)
  return {
    invoice, amounts: creditAmounts(invoice, credited, wanted),
    atMost: { receivable: positive(outstandingOf(row)), credit: positive(row.amountPaid - returned), refund: positive(moneyPaid(row) - returned) },
  }
}
