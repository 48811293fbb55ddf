import type { SystemDb } from '../../../core/db.ts'
import { recordEvent } from '../../../core/event.ts'
import { newId } from '../../../core/id.ts'
import { toWireAmount } from '../../../contract/money.ts'
import { moneySuspended, postTransaction } from '../../billing/index.ts'

export const SUSPENSE_CAUSES = ['no_match', 'currency_mismatch', 'customer_mismatch', 'invoice_closed'] as const

export interface Suspended {
  brandId: string
  /** Empty while nobody knows whose money it is. */
  entityId: string
  provider: string
  reference: string
  paymentRef: string | null
  amount: bigint
  currency: string
  payer: string
  note: string
  cause: (typeof SUSPENSE_CAUSES)[number]
  at: Date
  /** The same money is kept once. */
  key: string
}

/** Keeps money that pays nothing we know of, and says so to people. Its item's id, or null when it was kept before. */
export const suspend = async (db: SystemDb, { at, ...item }: Suspended): Promise<string | null> => {
  const id = newId('suspenseItem')
  const { count } = await db.suspenseItem.createMany({ data: { ...item, id, receivedAt: at }, skipDuplicates: true })
  if (count === 0) return null
  const { brandId, entityId, provider, currency, amount } = item
  await postTransaction(db, { brandId, entityId: entityId || null, orgId: null, at }, moneySuspended({ id, provider, currency, amount }))
  await recordEvent(db, {
    orgId: null, type: 'suspense.opened', subject: { type: 'suspense', id }, actor: { type: 'provider', provider }, requestId: null,
    data: { amount: toWireAmount(amount), currency, cause: item.cause, reference: item.reference },
  })
  return id
}
