import type { SystemDb, TenantDb } from '../../../core/db.ts'
import type { PriceListRow } from '../prices/current-price-list.ts'
import { recurringPlan, toPhase } from '../prices/recurring-plan.ts'
import type { Phase, PlanOf } from '../rules/recurring.ts'

export interface Terms {
  readonly phasesOf: (orgId: string) => Phase[]
  readonly rowOf: (priceListId: string) => PriceListRow
  readonly planOf: PlanOf
}

/** What applied when to some customers, and every price list that says so, in two reads. */
export const loadTerms = async (db: SystemDb | TenantDb, orgIds: readonly string[]): Promise<Terms> => {
  const phases = await db.subscriptionPhase.findMany({ where: { orgId: { in: [...orgIds] } }, orderBy: [{ orgId: 'asc' }, { from: 'asc' }] })
  const rows = await db.priceList.findMany({ where: { id: { in: [...new Set(phases.map((phase) => phase.priceListId))] } } })
  const byOrg = Map.groupBy(phases, (phase) => phase.orgId)
  const [rowsById, plansById] = [new Map(rows.map((row) => [row.id, row])), new Map(rows.map((row) => [row.id, recurringPlan(row)]))]
  const found = <T>(item: T | undefined, id: string): T => {
    if (!item) throw new Error(`price list ${id} is missing`)
    return item
  }
  return {
    phasesOf: (orgId) => (byOrg.get(orgId) ?? []).map(toPhase),
    rowOf: (id) => found(rowsById.get(id), id),
    planOf: (id) => found(plansById.get(id), id),
  }
}
