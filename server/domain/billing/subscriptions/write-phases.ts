import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'
import type { Phase } from '../rules/recurring.ts'

const columns = ({ from, to, priceListId, quantity, paused, trial, anchor }: Phase) =>
  ({ from, to, priceListId, quantity, paused, trial, anchorMode: anchor.mode, anchorDate: anchor.date })

/** Makes the stored phases these; a row whose days or terms are others is written anew. */
export const writePhases = async (db: SystemDb | TenantDb, orgId: string, phases: readonly Phase[]): Promise<void> => {
  const wanted = new Map(phases.map((phase) => [JSON.stringify(columns(phase)), phase]))
  const stored = await db.subscriptionPhase.findMany({ where: { orgId } })
  const isKept = (row: (typeof stored)[number]): boolean => {
    const { from, to, priceListId, quantity, paused, trial, anchorMode, anchorDate } = row
    return wanted.delete(JSON.stringify({ from, to, priceListId, quantity, paused, trial, anchorMode, anchorDate }))
  }
  const gone = stored.filter((row) => !isKept(row)).map((row) => row.id)
  await db.subscriptionPhase.deleteMany({ where: { orgId, id: { in: gone } } })
  await db.subscriptionPhase.createMany({ data: [...wanted.values()].map((phase) => ({ id: newId('subscriptionPhase'), orgId, ...columns(phase) })) })
}
