import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { addInvoiceItems, type NewInvoiceItem } from '../items/add-invoice-item.ts'
import type { PriceListRow } from '../prices/current-price-list.ts'
import { anchorOf } from '../prices/recurring-plan.ts'
import { localDateOf, startOfLocalDate } from '../rules/period.ts'
import { phaseAt, type Phase, type Terms } from '../rules/recurring.ts'
import { cutPhases, feeOf, planChange, segmentsOf, type PlannedChange, type When } from '../rules/subscription-change.ts'
import { daysAfter } from '../subscription.ts'
import { setupItems } from './due-charges.ts'
import { paidShare } from './paid-share.ts'
import { makeQuote, type Quote, type QuotedLine } from './quote.ts'
import type { SubscriptionState } from './state.ts'
import type { ChangeKind } from './subscription-wire.ts'

export interface ChangeRequest {
  kind: ChangeKind
  /** Null ends the subscription. */
  after: Terms | null
  when: When
  now: Date
}
export interface PreparedChange extends ChangeRequest {
  state: SubscriptionState; planned: PlannedChange; setup: NewInvoiceItem[]; trialEnd: string | null; effectiveAt: Date; quote: Quote
}

export const presentTerms = ({ row }: SubscriptionState): Terms =>
  ({ priceListId: row.priceListId, quantity: row.quantity, paused: row.status === 'paused', trial: false, anchor: anchorOf(row) })

/** First day after the trial: of the one that runs, or of a plan's own where the organization has not had one yet. */
const trialEndOf = ({ row, org, rowOf }: SubscriptionState, { kind, after }: ChangeRequest, from: string): string | null => {
  if (after === null) return null
  if (row.trialEndsAt) return localDateOf(row.trialEndsAt, org.timezone)
  const { trialDays } = rowOf(after.priceListId)
  return trialDays > 0 && kind === 'plan' && after.priceListId !== row.priceListId ? daysAfter(from, trialDays) : null
}

/** The terms as if nothing were scheduled: a new change replaces what has not happened yet. */
export const settledPhases = (state: SubscriptionState): Phase[] => {
  const { row, org, phases, open } = state
  if (open?.state !== 'scheduled') return phases
  const trialEnd = row.trialEndsAt && localDateOf(row.trialEndsAt, org.timezone)
  return [...cutPhases(phases, row.periodTo), ...segmentsOf(presentTerms(state), row.periodTo, trialEnd)]
}

const setupOf = async (db: SystemDb | TenantDb, { row, rowOf }: SubscriptionState, { phases, from }: PlannedChange): Promise<NewInvoiceItem[]> => {
  const phase = phaseAt(phases, from)
  const price: PriceListRow | null = phase ? rowOf(phase.priceListId) : null
  const items = setupItems(row.orgId, phase, price)
  const paid = await db.invoiceItem.findMany({ where: { orgId: row.orgId, key: { in: items.map((item) => item.key) } }, select: { key: true } })
  return items.filter((item) => !paid.some(({ key }) => key === item.key))
}

/** Everything a change would do, with its exact figures; nothing is written. */
export const prepareChange = async (db: SystemDb | TenantDb, state: SubscriptionState, request: ChangeRequest): Promise<PreparedChange> => {
  const { row, org, today, tomorrow, planOf } = state
  const { after, when, now } = request
  const period = { start: row.periodFrom, end: row.periodTo }
  const trialEnd = trialEndOf(state, request, when === 'now' ? today : period.end)
  const paid = await paidShare(db, state, now)
  const planned = planChange({ phases: settledPhases(state), planOf, period, today, after, when, trialEnd, paid }, tomorrow)
  const setup = await setupOf(db, state, planned)
  const effectiveAt = when === 'now' ? now : row.periodEnd
  const lines: QuotedLine[] = [...planned.lines, ...setup.map(({ description, amount }): QuotedLine => (
    { kind: 'setup_fee', description, amount, from: planned.from, to: planned.period.end > planned.from ? planned.period.end : daysAfter(planned.from, 1) }))]
  const end = startOfLocalDate(planned.period.end, org.timezone)
  const quote = await makeQuote({
    orgId: row.orgId, currency: row.currency, lines, today, effectiveOn: planned.from, effectiveAt, invoicedAt: end > now ? end : now,
    feeBefore: feeOf(row.endedAt ? null : presentTerms(state), planOf), feeAfter: feeOf(after, planOf),
  })
  return { ...request, state, planned, setup, trialEnd, effectiveAt, quote }
}

/** What the change itself puts on the next invoice. */
export const addChangeItems = async (db: SystemDb | TenantDb, changeId: string, { state: { row }, planned, setup, when }: PreparedChange): Promise<void> => {
  const lines = planned.items.map((line): NewInvoiceItem => ({
    orgId: row.orgId, currency: row.currency, kind: 'proration', description: line.description, amount: line.amount, product: 'plan', periodFrom: line.from, periodTo: line.to,
    key: `change:${changeId}:${line.kind}`,
  }))
  // A set-up fee of a change that has yet to happen is charged when it does.
  await addInvoiceItems(db, [...lines, ...(when === 'now' ? setup : [])])
}
