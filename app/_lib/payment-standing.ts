import type { PaymentStanding } from '../../server/contract/dunning.ts'
import type { StatusLook } from '../_ui/status.tsx'

export const standingLook: Readonly<Record<PaymentStanding, StatusLook>> = {
  good: { tone: 'good', word: 'Good' },
  past_due: { tone: 'attention', word: 'Past due' },
  suspended: { tone: 'bad', word: 'Suspended' },
  terminated: { tone: 'idle', word: 'Ended' },
}
