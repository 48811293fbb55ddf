import type { CreditGrant as GrantRow, CreditUse as UseRow } from '../../../../prisma/generated/client.ts'
import type { CREDIT_STATES, CreditGrant, CreditMove } from '../../../contract/credit.ts'
import { CreditMove as Move } from '../../../contract/credit.ts'
import { toMoney } from '../../../contract/money.ts'
import { toInstant, toInstantOrNull } from '../../../contract/time.ts'

type CreditState = (typeof CREDIT_STATES)[number]

const stateOf = (row: GrantRow, now: Date): CreditState => {
  if (row.revokedAt) return 'revoked'
  if (row.expiresAt && row.expiresAt <= now) return 'expired'
  return row.remaining > 0n ? 'active' : 'used'
}

export const whereState = (state: string, now: Date): object => {
  const lasting = { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }
  switch (state) {
    case 'revoked': return { revokedAt: { not: null } }
    case 'expired': return { revokedAt: null, expiresAt: { lte: now } }
    case 'used': return { ...lasting, remaining: 0n }
    default: return { ...lasting, remaining: { gt: 0n } }
  }
}

export const toCredit = (row: GrantRow, now: Date): CreditGrant => ({
  id: row.id, organization_id: row.orgId, kind: row.kind === 'paid' ? 'paid' : 'promotional', state: stateOf(row, now), amount: toMoney(row.amount, row.currency),
  remaining: toMoney(row.remaining, row.currency), priority: row.priority, reason: row.reason, expires_at: toInstantOrNull(row.expiresAt),
  created_at: toInstant(row.createdAt),
})

export const toMove = (row: UseRow & { grant: GrantRow }): CreditMove => ({
  id: row.id, type: Move.shape.type.parse(row.kind), amount: toMoney(row.amount, row.grant.currency), credit_id: row.grantId,
  kind: row.grant.kind === 'paid' ? 'paid' : 'promotional', reason: row.grant.reason, invoice_id: row.invoiceId, at: toInstant(row.at),
})
