import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { addInvoiceItems, type NewInvoiceItem } from '../items/add-invoice-item.ts'
import type { PriceListRow } from '../prices/current-price-list.ts'
import { advanceLinesOf, isCharged, phaseAt, type Phase, type PlanOf, type RecurringLine } from '../rules/recurring.ts'
import { exact, toMinor } from '../rules/rational.ts'
import { loadTerms } from './load-terms.ts'

const PLAN_PRODUCT = 'plan'

const itemOfLine = (orgId: string, currency: string, line: RecurringLine): NewInvoiceItem => ({
  orgId, currency, kind: 'recurring', description: line.description, quantity: line.quantity, unitAmount: line.unitAmount, amount: line.amount,
  product: PLAN_PRODUCT, periodFrom: line.periodStart, periodTo: line.periodEnd, key: `plan:${line.periodStart}`,
})

/** What a period in advance costs, as items; charged once however often it is asked for. */
export const advanceItems = (orgId: string, phases: readonly Phase[], planOf: PlanOf, period: { start: string; end: string }): NewInvoiceItem[] =>
  advanceLinesOf(phases, planOf, period).map((line) => itemOfLine(orgId, planOf(line.priceListId).currency, line))

/** The fee for setting a plan up, once per organization and plan, when the plan is first charged. */
export const setupItems = (orgId: string, phase: Phase | undefined, row: PriceListRow | null): NewInvoiceItem[] => {
  const amount = row ? toMinor(exact(row.setupFee), row.currency) : 0n
  if (!phase || !row || !isCharged(phase) || amount === 0n) return []
  return [{
    orgId, currency: row.currency, kind: 'setup_fee', description: `${row.name} plan, set-up`, amount, product: PLAN_PRODUCT, key: `setup:${row.planKey}`,
    periodFrom: phase.from, periodTo: null,
  }]
}

/** What is due on a local date because terms begin then: the rest of the period in advance, and the set-up fee. */
export const addDueCharges = async (db: SystemDb | TenantDb, orgId: string, date: string): Promise<void> => {
  const { periodTo } = await db.subscription.findUniqueOrThrow({ where: { orgId } })
  const { phasesOf, planOf, rowOf } = await loadTerms(db, [orgId])
  const phases = phasesOf(orgId)
  const phase = phaseAt(phases, date)
  const items = date < periodTo ? advanceItems(orgId, phases, planOf, { start: date, end: periodTo }) : []
  await addInvoiceItems(db, [...items, ...setupItems(orgId, phase, phase ? rowOf(phase.priceListId) : null)])
}
