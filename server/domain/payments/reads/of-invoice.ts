import { z } from 'zod'

/** What people know a payment by, where a row is about one: who paid, and which invoice. */
export const PaidFor = z.object({ organization_name: z.string(), invoice_id: z.string(), invoice_number: z.string().nullable() })
export const paidFor = { attempt: { select: { invoiceId: true, invoice: { select: { number: true } } } } } as const

interface Row { orgId: string; attempt: { invoiceId: string; invoice: { number: string | null } } }
export const toPaidFor = (nameOf: (orgId: string) => string) => ({ orgId, attempt }: Row): z.infer<typeof PaidFor> =>
  ({ organization_name: nameOf(orgId), invoice_id: attempt.invoiceId, invoice_number: attempt.invoice.number })
