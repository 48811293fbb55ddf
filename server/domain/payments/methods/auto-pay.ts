import { z } from 'zod'
import type { TenantDb } from '../../../core/db.ts'
import { versionOf } from '../../../core/etag.ts'
import { ruleViolated } from '../../../core/error.ts'
import { command, query } from '../../../core/operation.ts'
import { DecimalString, Money, toMoney, toWireAmount } from '../../../contract/money.ts'
import type { Organization } from '../../../../prisma/generated/client.ts'
import { exactAmount } from '../../billing/index.ts'
import { topUpWallet } from '../charges/top-up.ts'

const Settings = z.object({
  auto_pay: z.boolean().describe('Charge the default method when an invoice is issued'),
  top_up: z.object({ below: Money, amount: Money }).nullable().describe('Buy `amount` of credit when less than `below` is left'),
  etag: z.string(),
})
type Row = Pick<Organization, 'autoPay' | 'topUpBelow' | 'topUpAmount' | 'currency'>
const select = { autoPay: true, topUpBelow: true, topUpAmount: true, currency: true } as const

const toSettings = ({ autoPay, topUpBelow, topUpAmount, currency }: Row): z.infer<typeof Settings> => {
  const settings = {
    auto_pay: autoPay,
    top_up: topUpBelow === null || topUpAmount === null ? null : { below: toMoney(topUpBelow, currency), amount: toMoney(topUpAmount, currency) },
  }
  return { ...settings, etag: versionOf(settings) }
}

export const getPaymentSettings = query({
  name: 'payments.get_settings',
  summary: 'What is paid without anybody asking: invoices, and credit that runs low',
  scope: 'org',
  permission: 'billing:read',
  input: z.strictObject({}),
  output: Settings,
  rest: { method: 'GET', path: '/billing/payment-settings', tag: 'Payment methods' },
  etag: ({ etag }: { etag: string }) => etag,
  run: async ({ db, orgId }) => toSettings(await db.organization.findUniqueOrThrow({ where: { id: orgId }, select })),
})

const Input = z.strictObject({
  auto_pay: z.boolean().optional(),
  top_up: z.strictObject({ below: DecimalString.describe('Major units'), amount: DecimalString.describe('Major units') }).nullable().optional(),
})

export const setPaymentSettings = command({
  name: 'payments.set_settings',
  summary: 'Turn automatic payment and automatic top-up on or off',
  scope: 'org',
  permission: 'billing:pay',
  input: Input,
  output: Settings,
  rest: { method: 'PATCH', path: '/billing/payment-settings', tag: 'Payment methods' },
  etag: ({ etag }: { etag: string }) => etag,
  ifMatch: true,
  run: async (ctx, input) => {
    await ctx.db.$queryRaw`SELECT id FROM organization WHERE id = ${ctx.orgId} FOR UPDATE`
    const before = await ctx.db.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select })
    ctx.expectVersion(toSettings(before).etag)
    const topUp = input.top_up === undefined ? {} : topUpOf(input.top_up, before.currency)
    const after = { ...before, ...topUp, autoPay: input.auto_pay ?? before.autoPay }
    if (after.autoPay || after.topUpBelow !== null) await assertMethod(ctx.db, input.auto_pay === undefined ? '/top_up' : '/auto_pay')
    const { autoPay, topUpBelow, topUpAmount } = after
    await ctx.db.organization.update({ where: { id: ctx.orgId }, data: { autoPay, topUpBelow, topUpAmount } })
    await ctx.emit('organization.payment_settings_changed', { type: 'organization', id: ctx.orgId },
      { auto_pay: autoPay, top_up_below: orNull(topUpBelow), top_up_amount: orNull(topUpAmount) })
    if (topUpBelow !== null) await ctx.enqueue(topUpWallet, { subject_id: ctx.orgId, org_id: ctx.orgId })
    return toSettings(after)
  },
})

const topUpOf = (wanted: { below: string; amount: string } | null, currency: string) => {
  if (!wanted) return { topUpBelow: null, topUpAmount: null }
  return { topUpBelow: exactAmount('/top_up/below', wanted.below, currency), topUpAmount: exactAmount('/top_up/amount', wanted.amount, currency) }
}

export const orNull = (amount: bigint | null): number | null => (amount === null ? null : toWireAmount(amount))

const assertMethod = async (db: TenantDb, pointer: string): Promise<void> => {
  if (await db.paymentMethod.count({ where: { isDefault: true, state: 'active' } }) > 0) return
  throw ruleViolated(pointer, 'no_method', 'Store a card or account first, and make it the default.')
}
