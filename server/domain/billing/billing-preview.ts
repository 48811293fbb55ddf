import { z } from 'zod'
import { DomainError } from '../../core/error.ts'
import { query } from '../../core/operation.ts'
import { BillingPreviewReply, BillingPreviewRequest } from '../../contract/billing-preview.ts'
import { previewBilling } from './rules/preview.ts'

/** Loose on purpose: the rules name every fault of schema and value at once, each with its pointer. */
const AnyBody = z.looseObject({}).meta(z.toJSONSchema(BillingPreviewRequest, { io: 'input' }))

export const billingPreview = query({
  name: 'billing.preview',
  summary: 'Rate any price, quantity, coupon and credit without side effects',
  scope: 'user',
  unverified: true,
  input: AnyBody,
  output: BillingPreviewReply,
  rest: { method: 'POST', path: '/billing/preview', tag: 'Billing' },
  run: async (_ctx, body) => {
    const result = previewBilling(body)
    if (result.ok) return result.value
    const detail = result.errors.map((fault) => `${fault.pointer || 'body'}: ${fault.message}`).join(' ')
    throw new DomainError(result.status === 400 ? 'invalid_request' : 'rule_violated', detail, { errors: [...result.errors] })
  },
})
