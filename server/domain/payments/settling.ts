import type { SystemDb } from '../../core/db.ts'
import { recordEvent } from '../../core/event.ts'
import type { InvoiceRow } from '../billing/index.ts'
import type { PaymentAttempt } from './payment-wire.ts'
import type { Settlement } from './rules/payment-state.ts'

/** One attempt and its invoice, both locked, and what is to be done with them. */
export interface Settling { db: SystemDb; attempt: PaymentAttempt; invoice: InvoiceRow; settlement: Settlement; now: Date }

type Told = Pick<Settling, 'db' | 'attempt'>

export const tell = (
  { db, attempt }: Told, type: string, subject: { type: string; id: string }, data: Record<string, string | number | null>,
): Promise<void> => recordEvent(db, { orgId: attempt.orgId, type, subject, data, requestId: null, actor: { type: 'provider', provider: attempt.provider } })
