import { z } from 'zod'
import { defineList, type ListField } from '../../../core/listing.ts'
import { query } from '../../../core/operation.ts'
import { CREDIT_KINDS, CREDIT_MOVES, CREDIT_STATES, CreditBalance, CreditGrant, CreditMove } from '../../../contract/credit.ts'
import { toMoney } from '../../../contract/money.ts'
import { pageOf } from '../../../contract/page.ts'
import { toInstant } from '../../../contract/time.ts'
import { toCredit, toMove, whereState } from './credit-wire.ts'
import { creditIn, readGrants } from './grants.ts'

export const getCreditBalance = query({
  name: 'credits.balance',
  summary: 'Credit that settles the next invoices, and what of it ends when',
  scope: 'org',
  permission: 'billing:read',
  input: z.strictObject({}),
  output: CreditBalance,
  rest: { method: 'GET', path: '/billing/credits/balance', tag: 'Credits' },
  run: async ({ db, orgId, now }) => {
    const { currency } = await db.organization.findUniqueOrThrow({ where: { id: orgId }, select: { currency: true } })
    const grants = (await readGrants(db, orgId, now))(orgId, currency)
    const of = (kind: string) => toMoney(creditIn(grants.filter((grant) => grant.kind === kind)), currency)
    const ending = Map.groupBy(grants.filter((grant) => grant.expiresAt !== null), (grant) => toInstant(grant.expiresAt ?? now))
    return {
      balance: toMoney(creditIn(grants), currency), paid: of('paid'), promotional: of('promotional'),
      expiring: [...ending].map(([at, own]) => ({ amount: toMoney(creditIn(own), currency), at })).sort((a, b) => (a.at < b.at ? -1 : 1)),
    }
  },
})

const fields = {
  state: {
    kind: 'enum', values: CREDIT_STATES, filter: true, where: (states, now) => ({ OR: states.map((state) => whereState(state, now)) }),
  },
  kind: { kind: 'enum', values: CREDIT_KINDS, column: 'kind', filter: true },
  priority: { kind: 'int', column: 'priority', sort: true },
  expires_at: { kind: 'time', column: 'expiresAt', range: true, sort: true, nullable: true },
  created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
} as const satisfies Record<string, ListField>

const own = defineList({ name: 'credits', fields })
const all = defineList({
  name: 'admin.credits', search: ['reason', 'orgId'],
  fields: { ...fields, brand_id: { kind: 'text', column: 'brandId', filter: true }, organization_id: { kind: 'text', column: 'orgId', filter: true } },
})
const moves = defineList({
  name: 'credits.history', sort: '-at',
  fields: {
    type: { kind: 'enum', values: CREDIT_MOVES, column: 'kind', filter: true }, credit_id: { kind: 'text', column: 'grantId', filter: true },
    invoice_id: { kind: 'text', column: 'invoiceId', filter: true }, at: { kind: 'time', column: 'at', range: true, sort: true },
  },
})

export const listCredits = query({
  name: 'credits.list',
  summary: 'Credit granted to the organization, newest first',
  scope: 'org',
  permission: 'billing:read',
  input: z.strictObject(own.input),
  output: pageOf(CreditGrant),
  rest: { method: 'GET', path: '/billing/credits', tag: 'Credits' },
  run: async (ctx, input) => {
    const page = own.page(ctx, input)
    return page.of(await ctx.db.creditGrant.findMany({ where: page.where, orderBy: page.orderBy, take: page.take }), (row) => toCredit(row, ctx.now))
  },
})

export const listCreditHistory = query({
  name: 'credits.history',
  summary: 'Every movement of credit: what came, what an invoice took, what ended',
  scope: 'org',
  permission: 'billing:read',
  input: z.strictObject(moves.input),
  output: pageOf(CreditMove),
  rest: { method: 'GET', path: '/billing/credits/history', tag: 'Credits' },
  run: async (ctx, input) => {
    const page = moves.page(ctx, input)
    return page.of(await ctx.db.creditUse.findMany({ where: page.where, orderBy: page.orderBy, take: page.take, include: { grant: true } }), toMove)
  },
})

export const listAllCredits = query({
  name: 'admin.credits',
  summary: 'Credit granted to any organization, newest first',
  scope: 'staff',
  input: z.strictObject(all.input),
  output: pageOf(CreditGrant),
  rest: { method: 'GET', path: '/admin/credits', tag: 'Credits' },
  run: async (ctx, input) => {
    const page = all.page(ctx, input)
    return page.of(await ctx.db.creditGrant.findMany({ where: page.where, orderBy: page.orderBy, take: page.take }), (row) => toCredit(row, ctx.now))
  },
})
