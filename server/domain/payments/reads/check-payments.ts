import { z } from 'zod'
import type { CompositeOperation } from '../../../core/composite.ts'
import { log } from '../../../core/log.ts'
import { call, query } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import { notFound } from '../../../core/error.ts'
import { throttle } from '../../auth/index.ts'
import { LinkToken, openLink } from '../links/open-link.ts'
import { observeAttempt } from '../observe-attempt.ts'
import { settleAttempt } from '../settle-attempt.ts'
import { OPEN_STATUSES } from '../rules/payment-state.ts'

const InvoiceId = z.strictObject({ invoice_id: z.string().max(60) })
const Output = z.object({ checked: z.int().describe('Payments the providers were asked about') })

/** Providers are asked this often for one invoice, whoever comes back to its page. */
const ASKED = { limit: 30, windowS: 60 }
const MOST = 3

/** Asks the providers about what is open of an invoice, as when their news had come. Somebody just came back and waits. */
const checkOpen = async (invoiceId: string): Promise<{ checked: number }> => {
  await throttle(`pay-check:${invoiceId}`, ASKED.limit, ASKED.windowS)
  const attempts = await runtime().databases.asSystem('job', (db) => db.paymentAttempt.findMany({
    where: { invoiceId, state: { in: [...OPEN_STATUSES] }, providerRef: { not: null } }, orderBy: { createdAt: 'desc' }, take: MOST,
  }))
  for (const attempt of attempts) {
    try {
      const observed = await observeAttempt(attempt)
      if (observed) await settleAttempt(attempt.id, observed)
    } catch (error) {
      log.warn({ payment: attempt.id, error: error instanceof Error ? error.message : String(error) }, 'a payment could not be checked')
    }
  }
  return { checked: attempts.length }
}

const existingInvoice = query({
  name: 'invoices.existing', summary: 'Whether an invoice is there', scope: 'org', permission: 'billing:read', input: InvoiceId, output: InvoiceId,
  run: async ({ db }, { invoice_id: id }) => {
    if (!(await db.invoice.findFirst({ where: { id, number: { not: null } }, select: { id: true } }))) throw notFound('invoice')
    return { invoice_id: id }
  },
})

const linkedInvoice = query({
  name: 'pay_links.invoice', summary: 'The invoice behind a link', scope: 'public', input: LinkToken, output: InvoiceId,
  run: async (ctx, { token }) => ({ invoice_id: (await openLink(ctx, token)).invoice.id }),
})

export const checkPayments: CompositeOperation<typeof InvoiceId, typeof Output> = {
  kind: 'composite', name: 'invoices.check_payments', summary: 'Ask the providers now how the open payments of an invoice stand', scope: 'org', repeatable: true, permission: 'billing:read',
  input: InvoiceId, output: Output, rest: { method: 'POST', path: '/invoices/{invoice_id}/check-payments', tag: 'Billing' },
  handle: async (meta, raw) => checkOpen((await call(existingInvoice, meta, raw)).invoice_id),
}

export const checkByLink: CompositeOperation<typeof LinkToken, typeof Output> = {
  kind: 'composite', name: 'pay_links.check', summary: 'Ask the providers now how the payment by a link stands', scope: 'public', repeatable: true, input: LinkToken, output: Output,
  rest: { method: 'POST', path: '/pay-links/{token}/check', tag: 'Billing' },
  handle: async (meta, raw) => checkOpen((await call(linkedInvoice, meta, raw)).invoice_id),
}
