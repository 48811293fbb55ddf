import type { SystemDb } from '../../../core/db.ts'
import { recordEvent } from '../../../core/event.ts'
import { newId } from '../../../core/id.ts'
import type { SavedMethodFacts } from '../ports.ts'
import type { PaymentMethod } from './method-state.ts'

interface NewMethod { attempt: { orgId: string; provider: string }; facts: SavedMethodFacts }

/** Keeps a means of payment; one that was known comes back to life. The first one becomes the default, and so does the successor of a broken one. */
export const storeMethod = async (db: SystemDb, { attempt: { orgId, provider }, facts }: NewMethod): Promise<PaymentMethod> => {
  await db.$queryRaw`SELECT id FROM organization WHERE id = ${orgId} FOR UPDATE`
  const { email } = await emailOf(db, orgId)
  const { providerMethodRef, customerRef, kind, brand, last4, expMonth, expYear, reusable, country } = facts
  const data = { customerRef, kind, brand, last4, expMonth, expYear, reusable, country, state: 'active', failureCode: null }
  const known = await db.paymentMethod.findUnique({ where: { orgId_provider_providerMethodRef: { orgId, provider, providerMethodRef } } })
  if (known?.state === 'active') return known
  const method = known
    ? await db.paymentMethod.update({ where: { id: known.id }, data })
    : await db.paymentMethod.create({ data: { ...data, id: newId('paymentMethod'), orgId, provider, providerMethodRef, email } })
  const standing = await db.paymentMethod.findFirst({ where: { orgId, isDefault: true } })
  if (reusable && (!standing || standing.state !== 'active')) await makeDefault(db, orgId, method.id)
  await recordEvent(db, {
    orgId, type: 'payment_method.added', subject: { type: 'payment_method', id: method.id }, data: { kind, brand, last4 }, requestId: null, actor: { type: 'provider', provider },
  })
  return db.paymentMethod.findUniqueOrThrow({ where: { id: method.id } })
}

const emailOf = async (db: SystemDb, orgId: string): Promise<{ email: string }> => {
  const { billingEmail } = await db.organization.findUniqueOrThrow({ where: { id: orgId }, select: { billingEmail: true } })
  return { email: billingEmail }
}

/** One default at a time: the old one steps back first. */
export const makeDefault = async (db: Pick<SystemDb, 'paymentMethod'>, orgId: string, id: string): Promise<void> => {
  await db.paymentMethod.updateMany({ where: { orgId, isDefault: true }, data: { isDefault: false } })
  await db.paymentMethod.updateMany({ where: { orgId, id }, data: { isDefault: true } })
}
