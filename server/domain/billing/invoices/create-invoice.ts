import { z } from 'zod'
import { notFound, ruleViolated } from '../../../core/error.ts'
import { command } from '../../../core/operation.ts'
import { NewLine } from '../../../contract/invoice.ts'
import { MAX_MINOR } from '../../../contract/money.ts'
import { exact, multiply, toMinor } from '../rules/rational.ts'
import { InvoiceSummary, toInvoiceSummary } from './invoice-wire.ts'
import { issueSale, type SaleToIssue } from './issue-sale.ts'

export const priceLine = (line: NewLine, index: number, currency: string): SaleToIssue['lines'][number] => {
  if (line.from !== undefined && line.to !== undefined && line.to <= line.from) throw ruleViolated(`/lines/${index}/to`, 'ends_before_start', 'The period ends before it starts.')
  if (line.to !== undefined && line.from === undefined) throw ruleViolated(`/lines/${index}/from`, 'start_missing', 'Say also when the period starts.')
  const amount = toMinor(multiply(exact(line.unit_amount), exact(line.quantity)), currency)
  if (amount > MAX_MINOR || amount < -MAX_MINOR) throw ruleViolated(`/lines/${index}/unit_amount`, 'amount_too_large', 'This is more than can be invoiced.')
  return {
    kind: 'one_off', source: 'manual', description: line.description, quantity: line.quantity, unit: '', unitAmount: line.unit_amount, amount, product: line.product,
    periodStart: line.from, periodEnd: line.to,
  }
}

export const createInvoice = command({
  name: 'admin.create_invoice',
  summary: 'Issue an invoice of single lines at once, or a pro forma of them that claims nothing',
  scope: 'staff',
  quiet: 'issuing tells by itself',
  input: z.strictObject({
    organization_id: z.string().max(60), kind: z.enum(['one_off', 'pro_forma']).default('one_off'), lines: z.array(NewLine).min(1).max(200), note: z.string().trim().max(500).optional(),
  }),
  output: InvoiceSummary,
  rest: { method: 'POST', path: '/admin/invoices', status: 201, tag: 'Billing', keyed: true },
  run: async (ctx, input) => {
    const org = await ctx.db.organization.findUnique({ where: { id: input.organization_id } })
    if (!org) throw notFound('organization')
    const lines = input.lines.map((line, index) => priceLine(line, index, org.currency))
    const row = await issueSale(ctx.db, { orgId: org.id, kind: input.kind, lines, note: input.note ?? null, now: ctx.now, actor: ctx.actor })
    return toInvoiceSummary(row, ctx.now)
  },
})
