import { DomainError } from '../../../core/error.ts'
import { closeOpenChange, type Acting } from './perform-change.ts'
import { settledPhases } from './prepare-change.ts'
import type { SubscriptionState } from './state.ts'
import { writePhases } from './write-phases.ts'

/** Takes back what has not happened yet; the subscription goes on as if it had never been asked for. */
export const undoOpen = async (acting: Acting, state: SubscriptionState): Promise<void> => {
  const { open, row } = state
  if (!open) throw new DomainError('state_conflict', 'Nothing is scheduled.')
  if (open.state === 'scheduled' && open.effectiveAt <= acting.now) throw new DomainError('state_conflict', 'The change is happening now.')
  await writePhases(acting.db, row.orgId, settledPhases(state))
  await acting.db.subscription.update({ where: { orgId: row.orgId }, data: { cancelAt: null, version: { increment: 1 } } })
  await closeOpenChange(acting, open)
}
