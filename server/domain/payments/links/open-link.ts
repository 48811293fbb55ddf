import { z } from 'zod'
import type { BrandContext, RequestMeta } from '../../../core/context.ts'
import type { SystemDb } from '../../../core/db.ts'
import { notFound } from '../../../core/error.ts'
import { query } from '../../../core/operation.ts'
import { Instant, toInstant } from '../../../contract/time.ts'
import { throttle } from '../../auth/index.ts'
import { openPayToken, type InvoiceRow } from '../../billing/index.ts'
import { Checkout } from '../reads/checkout-wire.ts'
import { readCheckout } from '../reads/read-checkout.ts'

export const LinkToken = z.strictObject({ token: z.string().max(200) })

/** Wrong tokens an address may send in an hour; right ones are not counted. */
const WRONG = { limit: 100, windowS: 3600 }

interface Opened { invoice: InvoiceRow; expiresAt: Date }

/** The one invoice behind a link; expired, forged, of another brand and gone are all the same 404. */
export const openLink = async (ctx: { db: SystemDb; brand: BrandContext; now: Date; meta: RequestMeta }, token: string): Promise<Opened> => {
  const opened = openPayToken(token, ctx.brand.id, ctx.now)
  const invoice = opened && await ctx.db.invoice.findFirst({ where: { id: opened.invoiceId, brandId: ctx.brand.id, number: { not: null } } })
  if (opened && invoice) return { invoice, expiresAt: opened.expiresAt }
  await throttle(`pay-link:address:${ctx.meta.ip}`, WRONG.limit, WRONG.windowS)
  throw notFound('payment link')
}

export const getPayLinkCheckout = query({
  name: 'pay_links.get', summary: 'The invoice behind a signed link: what is to pay, and how', scope: 'public',
  input: LinkToken, output: Checkout.extend({ expires_at: Instant }), rest: { method: 'GET', path: '/pay-links/{token}', tag: 'Billing' },
  run: async (ctx, { token }) => {
    const { invoice, expiresAt } = await openLink(ctx, token)
    return { ...await readCheckout(ctx.db, invoice, { now: ctx.now, byLink: true }), expires_at: toInstant(expiresAt) }
  },
})
