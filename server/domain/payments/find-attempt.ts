import type { Prisma } from '../../../prisma/generated/client.ts'
import type { SystemDb } from '../../core/db.ts'
import type { PaymentAttempt } from './payment-wire.ts'

export interface PaymentNames { attemptId: string | null; providerRef: string | null; paymentRef: string | null }

/** An attempt by any name its provider gives it: ours first, which no other payment can carry. */
export const attemptOf = async (db: SystemDb, provider: string, { attemptId, providerRef, paymentRef }: PaymentNames): Promise<PaymentAttempt | null> => {
  const own = attemptId ? await db.paymentAttempt.findFirst({ where: { id: attemptId, provider } }) : null
  if (own) return own
  const names = [providerRef, paymentRef].filter((name) => name !== null)
  const OR = names.flatMap((name): Prisma.PaymentAttemptWhereInput[] => [{ providerRef: name }, { paymentRef: name }])
  return OR.length === 0 ? null : db.paymentAttempt.findFirst({ where: { provider, OR } })
}
