import { z } from 'zod'
import type { UserContext } from '../../../../core/context.ts'
import { DomainError, notFound, ruleViolated } from '../../../../core/error.ts'
import { newId } from '../../../../core/id.ts'
import { command, query } from '../../../../core/operation.ts'
import { CreditNote, CreditNoteLines, CreditNotePreview, SETTLEMENTS, type Settlement } from '../../../../contract/invoice.ts'
import { formatMoney, toMoney, toWireAmount } from '../../../../contract/money.ts'
import { enqueueClearance } from '../../clearance/clear-document.ts'
import { addPaidGrant } from '../../credits/grants.ts'
import { postTransaction } from '../../ledger/post-transaction.ts'
import { creditNoteIssued } from '../../rules/ledger.ts'
import { localDateOf } from '../../rules/period.ts'
import { snapshotIn, type InvoiceRow } from '../invoice-wire.ts'
import { lockIssued } from '../lock-invoice.ts'
import { seriesOf, takeNumbers } from '../number-series.ts'
import { outstandingOf } from '../outstanding.ts'
import type { StoredSnapshot } from '../snapshot-of.ts'
import type { CreditAmounts, WantedCredit } from './amounts.ts'
import { toCreditNote, type CreditNoteRow } from './credit-wire.ts'
import { draftCreditNote, type DraftedCreditNote } from './draft-credit-note.ts'

const Wanted = { invoice_id: z.string().max(60), lines: CreditNoteLines.optional().describe('Everything that is left unless said') }
const wantedOf = (lines: z.infer<typeof CreditNoteLines> | undefined): WantedCredit[] | null =>
  lines?.map(({ line, amount }) => ({ line, ...(amount === undefined ? {} : { amount: BigInt(amount) }) })) ?? null

const asPositive = ({ amounts }: DraftedCreditNote): CreditAmounts => {
  if (amounts.total <= 0n) throw ruleViolated('/lines', 'nothing_to_credit', 'These lines come to nothing that could be given back.')
  return amounts
}

export const previewCreditNote = query({
  name: 'admin.preview_credit_note',
  summary: 'What a credit note would give back, with the exact tax, and how it may be settled',
  scope: 'staff',
  input: z.strictObject(Wanted),
  output: CreditNotePreview,
  rest: { method: 'POST', path: '/admin/invoices/{invoice_id}/credit-notes/preview', tag: 'Billing' },
  run: async ({ db }, input) => {
    const row = await db.invoice.findUnique({ where: { id: input.invoice_id } })
    if (!row) throw notFound('invoice')
    const drafted = await draftCreditNote(db, row, wantedOf(input.lines))
    const { amounts, invoice, atMost } = drafted
    const money = (amount: bigint) => toMoney(amount, row.currency)
    return {
      net: money(amounts.net), tax: money(amounts.tax), total: money(amounts.total),
      lines: amounts.lines.map(({ line, net, remaining }) => ({ line, description: invoice.lines[line - 1]?.description ?? '', net: money(net), remaining: money(remaining) })),
      taxes: amounts.taxes.map(({ group, base, amount }) => ({ name: group.name ?? snapshotIn(row).taxName, rate: group.rate, base: money(base),
        amount: money(amount) })),
      settlements: SETTLEMENTS.filter((settlement) => atMost[settlement] > 0n).map((settlement) => ({ settlement, at_most: money(atMost[settlement]) })),
    }
  },
})

const WAYS: Record<Settlement, string> = { receivable: 'is still owed', credit: 'was paid', refund: 'was paid in money' }

const assertSettles = ({ amounts, atMost }: DraftedCreditNote, settlement: Settlement, currency: string): void => {
  if (amounts.total > atMost[settlement]) {
    throw ruleViolated('/settlement', 'exceeds_settlement', `Only ${formatMoney(atMost[settlement], currency)} of this invoice ${WAYS[settlement]}. Credit less, or settle it another way.`)
  }
}

/** The invoice's own snapshot, with what the note takes in place of its lines and sums. */
const snapshotOfCredit = (row: InvoiceRow, { lines, taxes, net, total }: CreditAmounts, issuedOn: string, reason: string): Omit<StoredSnapshot, 'number'> => {
  const invoice = snapshotIn(row)
  return {
    ...invoice, kind: 'credit_note', issuedOn, dueOn: null, note: reason, payUrl: null, clearance: null, reference: { number: row.number ?? '', issuedOn: invoice.issuedOn },
    lines: lines.flatMap(({ line, net: taken }) => {
      const own = invoice.lines[line - 1]
      if (!own) return []
      const whole = BigInt(own.amount - (own.discount ?? 0)) === taken && (own.discount ?? 0) === 0
      return [{ ...own, amount: toWireAmount(taken), discount: 0, ...(whole ? {} : { quantity: '1', unit: '', unitAmount: null }) }]
    }),
    sources: lines.map(({ line }) => invoice.sources[line - 1] ?? ''),
    taxes: taxes.map(({ group, base, amount }) => ({ ...group, base: toWireAmount(base), amount: toWireAmount(amount) })),
    subtotal: toWireAmount(net), discount: 0, total: toWireAmount(total), creditsApplied: 0, amountDue: toWireAmount(total),
  }
}

const book = async (ctx: UserContext, row: InvoiceRow, note: CreditNoteRow, settlement: Settlement): Promise<void> => {
  const { db, now } = ctx
  await postTransaction(db, { brandId: row.brandId, entityId: row.entityId, orgId: row.orgId, at: now },
    creditNoteIssued({ creditNoteId: note.id, currency: row.currency, net: note.net, tax: note.tax, settlement }))
  if (settlement === 'credit') {
    await addPaidGrant(db, {
      orgId: row.orgId, brandId: row.brandId, entityId: row.entityId, currency: row.currency, amount: note.total, key: `credit_note:${note.id}`, at: now, reason: `Credit note ${note.number}`,
    })
  }
  if (settlement !== 'receivable') return
  const settled = outstandingOf(row) === note.total
  await db.invoice.update({ where: { id: row.id }, data: { amountCredited: { increment: note.total }, ...(settled ? { state: 'paid', paidAt: now } : {}) } })
  if (settled) await ctx.emit('invoice.credited', { type: 'invoice', id: row.id }, { credit_note: note.number }, row.orgId)
}

export const issueCreditNote = command({
  name: 'admin.issue_credit_note',
  summary: 'Take back part of an invoice or all of it, tax included: against what is owed, as credit, or as a refund that is then owed to the customer',
  scope: 'staff',
  input: z.strictObject({ ...Wanted, settlement: z.enum(SETTLEMENTS), reason: z.string().trim().min(3).max(300) }),
  output: CreditNote,
  rest: { method: 'POST', path: '/admin/invoices/{invoice_id}/credit-notes', status: 201, tag: 'Billing', keyed: true },
  run: async (ctx, input) => {
    const row = await lockIssued(ctx.db, input.invoice_id)
    const drafted = await draftCreditNote(ctx.db, row, wantedOf(input.lines))
    const amounts = asPositive(drafted)
    assertSettles(drafted, input.settlement, row.currency)
    const entity = await ctx.db.legalEntity.findUniqueOrThrow({ where: { id: row.entityId } })
    const issuedOn = localDateOf(ctx.now, snapshotIn(row).timezone)
    const [number] = await takeNumbers(ctx.db, { entityId: entity.id, brandId: row.brandId, series: seriesOf(entity.prefix, 'credit_note', issuedOn), count: 1 })
    if (!number) throw new DomainError('internal', 'No number was taken.')
    const snapshot: object = { ...snapshotOfCredit(row, amounts, issuedOn, input.reason), number }
    const note = await ctx.db.creditNote.create({
      data: {
        id: newId('creditNote'), orgId: row.orgId, brandId: row.brandId, entityId: entity.id, invoiceId: row.id, number, currency: row.currency, settlement: input.settlement,
        reason: input.reason, net: amounts.net, tax: amounts.tax, total: amounts.total,
        lines: amounts.lines.map(({ line, net }) => ({ line, net: net.toString() })),
        snapshot, issuedBy: ctx.user.userId, issuedAt: ctx.now,
      },
    })
    await book(ctx, row, note, input.settlement)
    await enqueueClearance(ctx.db, [{ documentId: note.id, kind: 'credit_note', orgId: row.orgId, entity, number, issuedOn }])
    await ctx.emit('credit_note.issued', { type: 'credit_note', id: note.id }, { invoice_id: row.id, number, total: toWireAmount(note.total), settlement: input.settlement }, row.orgId)
    return toCreditNote(note)
  },
})
