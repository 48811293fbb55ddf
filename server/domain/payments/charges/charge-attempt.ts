import { runtime } from '../../../core/runtime.ts'
import { splitOf } from '../accounts/split-of.ts'
import { PaymentProviderError, type ProviderPayment } from '../ports.ts'
import { provider } from '../registry.ts'

/** Charges the stored method under the attempt's key: the same answer however often it is asked. Books nothing. */
export const chargeAttempt = async (attemptId: string): Promise<ProviderPayment> => {
  const { attempt, email } = await runtime().databases.asSystem('job', async (db) => {
    const found = await db.paymentAttempt.findUniqueOrThrow({ where: { id: attemptId }, include: { invoice: true, method: true } })
    const org = await db.organization.findUniqueOrThrow({ where: { id: found.orgId }, select: { billingEmail: true } })
    return { attempt: found, email: org.billingEmail }
  })
  const rail = provider(attempt.provider)
  const { method, invoice } = attempt
  if (!rail.chargeSaved || !method) throw new PaymentProviderError('provider_refused', `${rail.label} cannot charge a stored method`)
  try {
    return await rail.chargeSaved({
      id: attempt.id, invoiceId: invoice.id, amount: { minor: attempt.amount, currency: attempt.currency }, description: `Invoice ${invoice.number ?? invoice.id}`,
      customerEmail: email, split: splitOf(attempt),
    }, { providerMethodRef: method.providerMethodRef, customerRef: method.customerRef, email: method.email })
  } catch (error) {
    if (!(error instanceof PaymentProviderError) || error.code !== 'checkout_already_started') throw error
    const earlier = await rail.fetchPayment(attempt.id)
    if (!earlier) throw error
    return earlier
  }
}
