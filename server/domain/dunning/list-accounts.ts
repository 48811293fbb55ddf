import { z } from 'zod'
import type { SystemDb } from '../../core/db.ts'
import { notFound } from '../../core/error.ts'
import { defineList } from '../../core/listing.ts'
import { query } from '../../core/operation.ts'
import { DunningAccount, STANDINGS } from '../../contract/dunning.ts'
import { toMoney, type Money } from '../../contract/money.ts'
import { pageOf } from '../../contract/page.ts'
import { toInstantOrNull } from '../../contract/time.ts'
import { standingOfRow } from './facts.ts'

interface Row { id: string; name: string; brandId: string; standing: string; suspendedAt: Date | null }

const owedBy = async (db: SystemDb, ids: readonly string[]): Promise<Map<string, Money[]>> => {
  const rows = await db.$queryRaw<{ org_id: string; currency: string; owed: bigint }[]>`
    SELECT org_id, currency, sum(total - amount_paid - amount_credited)::bigint AS owed FROM invoice
    WHERE org_id = ANY(${[...ids]}) AND state IN ('finalised', 'partially_paid') AND kind <> 'credit_purchase' GROUP BY org_id, currency ORDER BY currency`
  return new Map([...Map.groupBy(rows, (row) => row.org_id)].map(([id, of]) => [id, of.map(({ owed, currency }) => toMoney(owed, currency))]))
}

const wire = async (db: SystemDb, orgs: readonly Row[]): Promise<DunningAccount[]> => {
  const ids = orgs.map(({ id }) => id)
  const cases = new Map((await db.dunningCase.findMany({ where: { orgId: { in: ids } } })).map((own) => [own.orgId, own]))
  const owed = await owedBy(db, ids)
  return orgs.map((org) => {
    const own = cases.get(org.id)
    return {
      organization_id: org.id, organization_name: org.name, brand_id: org.brandId,
      standing: standingOfRow(org.standing), suspended_at: toInstantOrNull(org.suspendedAt),
      held_reason: own?.heldReason ?? null, paused_until: toInstantOrNull(own?.pausedUntil ?? null), pause_reason: own?.pauseReason ?? null,
      next_at: toInstantOrNull(own?.nextAt ?? null), owed: owed.get(org.id) ?? [],
    }
  })
}

export const readAccount = async (db: SystemDb, orgId: string): Promise<DunningAccount> => {
  const org = await db.organization.findUnique({ where: { id: orgId, deletedAt: null } })
  const [account] = org ? await wire(db, [org]) : []
  if (!account) throw notFound('organization')
  return account
}

export const getDunningAccount = query({
  name: 'admin.dunning_account', summary: 'How one customer stands', scope: 'staff', input: z.strictObject({ organization_id: z.string().max(60) }), output: DunningAccount,
  rest: { method: 'GET', path: '/admin/organizations/{organization_id}/dunning', tag: 'Dunning' },
  run: ({ db }, { organization_id: id }) => readAccount(db, id),
})

const list = defineList({
  name: 'dunning',
  fields: {
    standing: { kind: 'enum', values: STANDINGS, column: 'standing', filter: true, sort: true },
    brand_id: { kind: 'text', column: 'brandId', filter: true },
    suspended_at: { kind: 'time', column: 'suspendedAt', range: true },
    created_at: { kind: 'time', column: 'createdAt', sort: true },
  },
})

export const listDunningAccounts = query({
  name: 'admin.list_dunning', summary: 'Customers by how they stand', scope: 'staff',
  input: z.strictObject(list.input), output: pageOf(DunningAccount), rest: { method: 'GET', path: '/admin/dunning', tag: 'Dunning' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const rows = await ctx.db.organization.findMany({ where: { deletedAt: null, ...page.where }, orderBy: page.orderBy, take: page.take })
    const wired = new Map((await wire(ctx.db, rows)).map((account) => [account.organization_id, account]))
    return page.of(rows, ({ id }) => wired.get(id) as DunningAccount)
  },
})
