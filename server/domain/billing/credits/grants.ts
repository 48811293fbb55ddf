import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'
import type { CreditGrant, CreditUse } from '../rules/credits.ts'

/** Whose credit of which currency; empty where there is none. */
export type GrantLookup = (orgId: string, currency: string) => CreditGrant[]

interface GrantRow { id: string; org_id: string; currency: string; kind: CreditGrant['kind']; priority: number; remaining: bigint; created_at: Date; expires_at: Date | null }

const lookup = (rows: readonly GrantRow[]): GrantLookup => {
  const groups = Map.groupBy(rows, (row) => `${row.org_id} ${row.currency}`)
  return (orgId, currency) => (groups.get(`${orgId} ${currency}`) ?? []).map((row) => ({
    id: row.id, kind: row.kind, priority: row.priority, remaining: row.remaining, createdAt: row.created_at, expiresAt: row.expires_at,
  }))
}

/** What may be spent at an instant. The rows stay locked to the end of the transaction: two invoices never spend the same credit. */
export const availableGrants = async (db: SystemDb, orgIds: readonly string[], at: Date): Promise<GrantLookup> => lookup(await db.$queryRaw<GrantRow[]>`
  SELECT id, org_id, currency, kind, priority, remaining, created_at, expires_at FROM credit_grant
  WHERE org_id = ANY(${[...orgIds]}) AND remaining > 0 AND (expires_at IS NULL OR expires_at > ${at}::timestamptz) ORDER BY org_id, id FOR UPDATE`)

/** The same for a look only: a preview spends nothing. */
export const readGrants = async (db: SystemDb | TenantDb, orgId: string, at: Date): Promise<GrantLookup> => {
  const rows = await db.creditGrant.findMany({ where: { orgId, remaining: { gt: 0 }, OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] } })
  return lookup(rows.map((row) => ({
    id: row.id, org_id: row.orgId, currency: row.currency, kind: row.kind === 'paid' ? 'paid' : 'promotional', priority: row.priority,
    remaining: row.remaining, created_at: row.createdAt, expires_at: row.expiresAt,
  })))
}

export const creditIn = (grants: readonly CreditGrant[]): bigint => grants.reduce((sum, grant) => sum + grant.remaining, 0n)

export interface BookedCredit extends CreditUse { orgId: string; invoiceId: string; at: Date }

/** Takes what invoices use from its grants; the ledger side is part of the transaction that finalises the invoice. */
export const bookCredits = async (db: SystemDb, uses: readonly BookedCredit[]): Promise<void> => {
  if (uses.length === 0) return
  await db.creditUse.createMany({
    data: uses.map(({ orgId, grantId, invoiceId, amount, at }) => ({ id: newId('creditUse'), orgId, grantId, kind: 'invoice', amount: -amount, invoiceId, at })),
  })
}

/** Used credit by kind, as the ledger books it. */
export const creditsByKind = (uses: readonly CreditUse[]): { kind: CreditUse['kind']; amount: bigint }[] =>
  (['paid', 'promotional'] as const).map((kind) => ({
    kind, amount: uses.filter((use) => use.kind === kind).reduce((sum, use) => sum + use.amount, 0n),
  })).filter(({ amount }) => amount > 0n)

/** An invoice was voided: what it used goes back to where it came from. The ledger side is the reversal of the invoice's own booking. */
export const returnCredits = async (db: SystemDb, invoiceId: string, at: Date): Promise<void> => {
  const used = await db.creditUse.findMany({ where: { invoiceId }, orderBy: { id: 'asc' } })
  const taken = Map.groupBy(used, (use) => use.grantId)
  await db.creditUse.createMany({
    data: [...taken].map(([grantId, uses]) => ({ grantId, orgId: uses[0]?.orgId ?? '', amount: uses.reduce((sum, use) => sum - use.amount, 0n) }))
      .filter(({ amount }) => amount > 0n).map((row) => ({ ...row, id: newId('creditUse'), kind: 'returned', invoiceId, at })),
  })
}

const PAID_PRIORITY = 50

export interface PaidGrant { orgId: string; brandId: string; entityId: string; currency: string; amount: bigint; reason: string; key: string; at: Date }

/** Credit the customer paid for. Once per key; the ledger side is booked by its cause (payment, credit note, purchase) in the same transaction. */
export const addPaidGrant = async (db: SystemDb, { at, ...grant }: PaidGrant): Promise<boolean> => {
  const { count } = await db.creditGrant.createMany({
    data: { ...grant, id: newId('creditGrant'), kind: 'paid', priority: PAID_PRIORITY, createdAt: at }, skipDuplicates: true,
  })
  return count > 0
}
