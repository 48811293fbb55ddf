import { subscribe } from '../../core/event.ts'
import { noteCause } from './work/watch-causes.ts'

export const subscribeReconciliation = (): void => {
  for (const type of ['suspense.opened', 'suspense.matched', 'suspense.returned', 'dispute.opened', 'dispute.evidence_submitted', 'dispute.closed', 'refund.failed']) subscribe(type, noteCause)
}
