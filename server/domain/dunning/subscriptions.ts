import { subscribe } from '../../core/event.ts'
import { registerAdmission } from '../quotas/index.ts'
import { refuseUnpaid } from './admission.ts'
import { refuseBeyondBudget } from './budgets/admission.ts'
import { advanceOne, followPayment } from './sweep.ts'

/** What changes how much is owed, or by what it can be paid; the sweep of each minute would find it too. */
const NEWS = [
  'invoice.finalised', 'invoice.voided', 'invoice.written_off', 'invoice.credited', 'credit_note.issued', 'payment.failed', 'payment_method.added',
  'payment_method.removed', 'payment_method.broken', 'organization.timezone_changed',
]

export const subscribeDunning = (): void => {
  for (const type of NEWS) subscribe(type, advanceOne)
  for (const type of ['payment.succeeded', 'invoice.paid']) subscribe(type, followPayment, { perOrganization: true })
  registerAdmission(refuseUnpaid)
  registerAdmission(refuseBeyondBudget)
}
