import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { DomainError, notFound, ruleViolated } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { command } from '../../../core/operation.ts'
import { CreditGrant } from '../../../contract/credit.ts'
import { CurrencyCode, DecimalString, toWireAmount } from '../../../contract/money.ts'
import { loadBuyers } from '../invoices/load-buyers.ts'
import { postTransaction } from '../ledger/post-transaction.ts'
import { promotionGranted, promotionRevoked } from '../rules/ledger.ts'
import { startOfLocalDate } from '../rules/period.ts'
import { toCredit } from './credit-wire.ts'
import { exactAmount } from './exact-amount.ts'

/** Before paid credit, so that what is given is spent before what was bought. */
const PROMOTIONAL_PRIORITY = 10

const midnight = (date: string | undefined, timezone: string, now: Date): Date | null => {
  if (date === undefined) return null
  const at = startOfLocalDate(date, timezone)
  if (at <= now) throw ruleViolated('/expires_on', 'in_the_past', 'Choose a later day: credit is worth nothing from the beginning of the day it expires on.')
  return at
}

export const grantCredits = command({
  name: 'admin.grant_credits',
  summary: 'Give an organization promotional credit. It is spent on its next invoices, lower priority first',
  scope: 'staff',
  input: z.strictObject({
    organization_id: z.string().max(60), amount: DecimalString.describe('Major units'), currency: CurrencyCode.optional().describe('Must be the organization\'s own'),
    reason: z.string().trim().min(3).max(200), priority: z.int().min(0).max(100).default(PROMOTIONAL_PRIORITY),
    expires_on: z.iso.date().optional().describe('Local day from whose first moment it is worth nothing'),
  }),
  output: CreditGrant,
  rest: { method: 'POST', path: '/admin/credits', status: 201, tag: 'Credits' },
  run: async (ctx, input) => {
    const org = await ctx.db.organization.findFirst({ where: { id: input.organization_id, deletedAt: null } })
    if (!org) throw notFound('organization')
    if (input.currency && input.currency !== org.currency) {
      throw ruleViolated('/currency', 'currency_mismatch', `This organization is billed in ${org.currency}. Leave the currency out or write ${org.currency}.`)
    }
    const amount = exactAmount('/amount', input.amount, org.currency)
    const { entity } = (await loadBuyers(ctx.db, [org.id]))(org.id)
    const id = newId('creditGrant')
    const row = await ctx.db.creditGrant.create({
      data: {
        id, orgId: org.id, brandId: org.brandId, entityId: entity.id, currency: org.currency, kind: 'promotional', amount, priority: input.priority, reason: input.reason,
        key: `staff:${id}`, expiresAt: midnight(input.expires_on, org.timezone, ctx.now), createdBy: ctx.user.userId, createdAt: ctx.now,
      },
    })
    await postTransaction(ctx.db, { brandId: org.brandId, entityId: entity.id, orgId: org.id, at: ctx.now },
      promotionGranted({ grantId: id, currency: org.currency, amount }))
    await ctx.emit('credit.granted', { type: 'credit', id }, { amount: toWireAmount(amount), currency: org.currency, reason: input.reason }, org.id)
    return toCredit({ ...row, remaining: amount }, ctx.now)
  },
})

const lockGrant = async (db: SystemDb, id: string) => {
  await db.$queryRaw`SELECT id FROM credit_grant WHERE id = ${id} FOR UPDATE`
  const row = await db.creditGrant.findUnique({ where: { id } })
  if (!row) throw notFound('credit')
  return row
}

export const revokeCredits = command({
  name: 'admin.revoke_credits',
  summary: 'Take back what is left of promotional credit; what was spent stays spent',
  scope: 'staff',
  input: z.strictObject({ credit_id: z.string().max(60), reason: z.string().trim().min(3).max(200) }),
  output: CreditGrant,
  rest: { method: 'POST', path: '/admin/credits/{credit_id}/revoke', tag: 'Credits' },
  run: async (ctx, { credit_id: id, reason }) => {
    const grant = await lockGrant(ctx.db, id)
    if (grant.kind === 'paid') throw new DomainError('state_conflict', 'This credit was paid for and is the customer\'s. Refund it with a credit note instead.')
    if (grant.revokedAt || grant.remaining === 0n) throw new DomainError('state_conflict', 'Nothing is left of this credit.')
    const { remaining: amount, currency, orgId, brandId, entityId } = grant
    const useId = newId('creditUse')
    await ctx.db.creditUse.create({ data: { id: useId, orgId, grantId: id, kind: 'revoked', amount: -amount, at: ctx.now } })
    const row = await ctx.db.creditGrant.update({ where: { id }, data: { revokedAt: ctx.now } })
    await postTransaction(ctx.db, { brandId, entityId, orgId, at: ctx.now }, promotionRevoked({ useId, currency, amount }))
    await ctx.emit('credit.revoked', { type: 'credit', id }, { amount: toWireAmount(amount), currency, reason }, orgId)
    return toCredit(row, ctx.now)
  },
})
