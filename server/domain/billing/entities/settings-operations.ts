import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { notFound, ruleViolated } from '../../../core/error.ts'
import { etagOf, versionOf } from '../../../core/etag.ts'
import { command, query } from '../../../core/operation.ts'
import { SellerSettings, SellerSettingsInput } from '../../../contract/invoice.ts'
import { toMoney } from '../../../contract/money.ts'
import { settingsOf } from '../billing-settings.ts'

type Wire = z.output<typeof SellerSettings>

const read = async (db: SystemDb, brandId: string): Promise<Wire> => {
  const brand = await db.brand.findUnique({ where: { id: brandId }, select: { billingSettings: true } })
  if (!brand) throw notFound('brand')
  const { graceMinutes, paymentTermDays, approvalLimits } = settingsOf(brand.billingSettings)
  const own = {
    brand_id: brandId, grace_minutes: graceMinutes, payment_term_days: paymentTermDays,
    approval_limits: Object.entries(approvalLimits).sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, minor]) => toMoney(minor, currency)),
  }
  return { ...own, etag: versionOf(own) }
}

export const getSettings = query({
  name: 'admin.billing_settings', summary: 'How a brand bills: grace period of drafts, payment term, limits of adjustments', scope: 'staff',
  input: z.strictObject({ brand_id: SellerSettingsInput.brand_id }), output: SellerSettings, rest: { method: 'GET', path: '/admin/billing-settings/{brand_id}', tag: 'Billing' }, etag: etagOf,
  run: ({ db }, { brand_id: brandId }) => read(db, brandId),
})

export const setSettings = command({
  name: 'admin.set_billing_settings', summary: 'Change how a brand bills; what was issued or drafted stays as it is', scope: 'staff',
  input: z.strictObject(SellerSettingsInput), output: SellerSettings, rest: { method: 'PUT', path: '/admin/billing-settings/{brand_id}', tag: 'Billing' }, ifMatch: true, etag: etagOf,
  run: async (ctx, input) => {
    await ctx.db.$queryRaw`SELECT id FROM brand WHERE id = ${input.brand_id} FOR UPDATE`
    ctx.expectVersion((await read(ctx.db, input.brand_id)).etag)
    const currencies = input.approval_limits.map(({ currency }) => currency)
    const twice = currencies.findIndex((currency, index) => currencies.indexOf(currency) < index)
    if (twice >= 0) throw ruleViolated(`/approval_limits/${twice}/currency`, 'duplicate_currency', 'Name each currency once.')
    const data = {
      graceMinutes: input.grace_minutes, paymentTermDays: input.payment_term_days,
      approvalLimits: Object.fromEntries(input.approval_limits.map(({ amount, currency }) => [currency, String(amount)])),
    }
    await ctx.db.billingSettings.upsert({ where: { brandId: input.brand_id }, create: { brandId: input.brand_id, ...data }, update: data })
    await ctx.emit('billing_settings.changed', { type: 'brand', id: input.brand_id }, { grace_minutes: input.grace_minutes, payment_term_days: input.payment_term_days })
    return read(ctx.db, input.brand_id)
  },
})
