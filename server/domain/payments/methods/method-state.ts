import type { PaymentMethod } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { recordEvent } from '../../../core/event.ts'
import type { PaymentAttempt } from '../payment-wire.ts'
import type { SavedMethodFacts } from '../ports.ts'

export type { PaymentMethod }

/** After these the same method will be refused again: it is not tried until its owner replaces it. */
const FATAL = new Set(['expired_card', 'lost_or_stolen', 'invalid_method'])

export const markMethodBroken = async (db: SystemDb, methodId: string, failureCode: string, provider: string): Promise<void> => {
  if (!FATAL.has(failureCode)) return
  const { count } = await db.paymentMethod.updateMany({ where: { id: methodId, state: 'active' }, data: { state: 'broken', failureCode } })
  if (count === 0) return
  const method = await db.paymentMethod.findUniqueOrThrow({ where: { id: methodId } })
  await recordEvent(db, {
    orgId: method.orgId, type: 'payment_method.broken', subject: { type: 'payment_method', id: methodId }, data: { reason: failureCode },
    requestId: null, actor: { type: 'provider', provider },
  })
}

/** A stored method belongs to one customer at the provider; a payment that names another one is not ours to believe. */
export const isPayerOther = async (db: SystemDb, attempt: PaymentAttempt, facts: SavedMethodFacts | null): Promise<boolean> => {
  if (!attempt.methodId || !facts?.customerRef) return false
  const method = await db.paymentMethod.findUnique({ where: { id: attempt.methodId } })
  return method?.customerRef !== null && method?.customerRef !== undefined && method.customerRef !== facts.customerRef
}
