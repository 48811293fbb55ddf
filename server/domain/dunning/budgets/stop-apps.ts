import type { Budget as BudgetRow } from '../../../../prisma/generated/client.ts'
import type { Acting } from '../acting.ts'
import { haltApps, startUnlessSuspended } from '../suspension.ts'

/** The caller holds the organization's row. */
export const stopApps = async (acting: Acting, row: BudgetRow): Promise<number> => {
  const stopped = await haltApps(acting)
  if (stopped.length === 0) return 0
  await acting.db.budget.update({ where: { orgId: acting.orgId }, data: { stoppedAppIds: [...new Set([...row.stoppedAppIds, ...stopped])] } })
  await acting.emit('budget.apps_stopped', { type: 'organization', id: acting.orgId }, { apps: stopped.length })
  return stopped.length
}

/** What the budget stopped starts again. */
export const releaseApps = async (acting: Acting, { stoppedAppIds }: BudgetRow): Promise<number> => {
  const { db, orgId, emit } = acting
  if (stoppedAppIds.length === 0) return 0
  await db.budget.update({ where: { orgId }, data: { stoppedAppIds: [] } })
  const started = await startUnlessSuspended(acting, stoppedAppIds)
  if (started > 0) await emit('budget.apps_started', { type: 'organization', id: orgId }, { apps: started })
  return started
}
