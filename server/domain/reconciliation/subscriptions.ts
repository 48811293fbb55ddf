import { subscribe } from '../../core/event.ts'
import { noteCause } from './work/watch-causes.ts'

export const subscribeReconciliation = (): void => {
  for (const type of ['suspense.opened', 'suspense.matched', 'suspense.returned', 'dispute.opened', 'dispute.closed', 'dispute.updated', 'refund.failed']) subscribe(type, noteCause)
}
