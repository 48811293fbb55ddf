import type { PaymentMethod } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { recordEvent } from '../../../core/event.ts'

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

/** Whose stored methods these are at the provider; a payment that names another customer is not ours to believe. */
export const payersOf = async (db: SystemDb, methodIds: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  if (methodIds.length === 0) return new Map()
  const methods = await db.paymentMethod.findMany({ where: { id: { in: [...methodIds] } }, select: { id: true, customerRef: true } })
  return new Map(methods.flatMap(({ id, customerRef }) => (customerRef === null ? [] : [[id, customerRef]])))
}
