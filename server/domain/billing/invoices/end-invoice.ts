import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { DomainError, notFound, ruleViolated } from '../../../core/error.ts'
import { command } from '../../../core/operation.ts'
import { returnCoupons } from '../coupons/coupons-for.ts'
import { returnCredits } from '../credits/grants.ts'
import { postTransaction } from '../ledger/post-transaction.ts'
import { finaliseDraftsIn } from '../periods/finalise-drafts.ts'
import { invoiceWrittenOff, PLAIN_ACCOUNTS, type LedgerAccount, type LedgerTransaction } from '../rules/ledger.ts'
import { InvoiceSummary, toInvoiceSummary, type InvoiceRow } from './invoice-wire.ts'
import { lockIssued, moneyPaid } from './lock-invoice.ts'
import { outstandingOf } from './outstanding.ts'

const InvoiceId = { invoice_id: z.string().max(60) }
const Reason = z.string().trim().min(3).max(300)
const reload = (db: SystemDb, id: string): Promise<InvoiceRow> => db.invoice.findUniqueOrThrow({ where: { id } })

export const finaliseInvoice = command({
  name: 'admin.finalise_invoice',
  summary: 'Issue a draft now instead of at the end of its grace period',
  scope: 'staff',
  quiet: 'issuing tells by invoice.finalised',
  input: z.strictObject(InvoiceId),
  output: InvoiceSummary,
  rest: { method: 'POST', path: '/admin/invoices/{invoice_id}/finalise', tag: 'Billing' },
  run: async (ctx, { invoice_id: id }) => {
    const draft = await ctx.db.invoice.findUnique({ where: { id } })
    if (!draft) throw notFound('invoice')
    if (draft.state !== 'draft') throw new DomainError('state_conflict', 'This invoice was issued already.')
    const issued = await finaliseDraftsIn(ctx.db, [id], ctx.now, ctx.actor)
    const row = await ctx.db.invoice.findUnique({ where: { id } })
    if (row?.heldFor === 'tax_check') throw new DomainError('state_conflict', 'The customer\'s VAT number is being checked. The invoice is issued when the register has answered.')
    if (issued === 0 || !row) throw new DomainError('state_conflict', 'There is too little on this draft for an invoice: its charges join the next one.')
    return toInvoiceSummary(row, ctx.now)
  },
})

const isAccount = (account: string): account is LedgerAccount => (PLAIN_ACCOUNTS as readonly string[]).includes(account) || account.startsWith('cash_in_transit:')

/** What finalising booked, the other way round, entry by entry. */
const reverseOf = async (db: SystemDb, { id, currency }: InvoiceRow): Promise<LedgerTransaction> => {
  const booked = await db.ledgerTransaction.findUnique({ where: { businessKey: `invoice_finalised:${id}` }, include: { entries: { orderBy: { id: 'asc' } } } })
  const entries = (booked?.entries ?? []).map(({ account, amount }) => {
    if (!isAccount(account)) throw new Error(`unknown account ${account}`)
    return { account, amount: -amount }
  })
  return { businessKey: `invoice_voided:${id}`, currency, description: 'Invoice voided', entries }
}

const assertVoidable = async (db: SystemDb, row: InvoiceRow): Promise<void> => {
  if (row.state === 'void') throw new DomainError('state_conflict', 'This invoice is void already.')
  if (row.state === 'uncollectible') throw new DomainError('state_conflict', 'This invoice was written off.')
  if (row.kind !== 'pro_forma' && moneyPaid(row) > 0n) throw new DomainError('state_conflict', 'Money was paid on this invoice. Issue a credit note instead.')
  if (await db.creditNote.count({ where: { invoiceId: row.id } }) > 0) throw new DomainError('state_conflict', 'There is a credit note on this invoice. Credit what is left of it instead.')
  if (await db.paymentAttempt.count({ where: { invoiceId: row.id, state: 'processing' } }) > 0) {
    throw new DomainError('state_conflict', 'A payment of this invoice is under way. Wait for its result.')
  }
}

/** Takes back an unpaid invoice, in the caller's transaction. */
export const voidIssued = async (db: SystemDb, id: string, now: Date): Promise<InvoiceRow> => {
  const row = await lockIssued(db, id)
  await assertVoidable(db, row)
  if (row.kind !== 'pro_forma' && row.total !== 0n) {
    await postTransaction(db, { brandId: row.brandId, entityId: row.entityId, orgId: row.orgId, at: now }, await reverseOf(db, row))
    await returnCredits(db, id, now)
  }
  await returnCoupons(db, id, now)
  await db.invoice.update({ where: { id }, data: { state: 'void', amountPaid: 0n, paidAt: null, voidedAt: now } })
  return row
}

export const voidInvoice = command({
  name: 'admin.void_invoice',
  summary: 'Void an unpaid invoice: it keeps its number, and its booking is reversed',
  scope: 'staff',
  input: z.strictObject({ ...InvoiceId, reason: Reason }),
  output: InvoiceSummary,
  rest: { method: 'POST', path: '/admin/invoices/{invoice_id}/void', tag: 'Billing' },
  run: async (ctx, { invoice_id: id, reason }) => {
    const row = await voidIssued(ctx.db, id, ctx.now)
    await ctx.emit('invoice.voided', { type: 'invoice', id }, { reason }, row.orgId)
    return toInvoiceSummary(await reload(ctx.db, id), ctx.now)
  },
})

export const writeOffInvoice = command({
  name: 'admin.write_off_invoice',
  summary: 'Give up what is still owed on an invoice',
  scope: 'staff',
  input: z.strictObject({ ...InvoiceId, reason: Reason }),
  output: InvoiceSummary,
  rest: { method: 'POST', path: '/admin/invoices/{invoice_id}/write-off', tag: 'Billing' },
  run: async (ctx, { invoice_id: id, reason }) => {
    const row = await lockIssued(ctx.db, id)
    const outstanding = outstandingOf(row)
    if (outstanding <= 0n) throw new DomainError('state_conflict', `Nothing is owed on this invoice: it is ${row.state}.`)
    if (row.kind === 'credit_purchase') throw ruleViolated('/invoice_id', 'credit_purchase', 'Credit that was never paid for was never given: void this invoice instead.')
    await postTransaction(ctx.db, { brandId: row.brandId, entityId: row.entityId, orgId: row.orgId, at: ctx.now },
      invoiceWrittenOff({ invoiceId: id, currency: row.currency, outstanding }))
    await ctx.db.invoice.update({ where: { id }, data: { state: 'uncollectible' } })
    await ctx.emit('invoice.written_off', { type: 'invoice', id }, { reason, amount: Number(outstanding) }, row.orgId)
    return toInvoiceSummary(await reload(ctx.db, id), ctx.now)
  },
})
