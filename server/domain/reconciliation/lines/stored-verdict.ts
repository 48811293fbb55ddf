import { z } from 'zod'
import type { BankLine as LineRow, Prisma } from '../../../../prisma/generated/client.ts'
import { CONFIDENCES, REASONS, RULES, type Proposal, type Reason, type Verdict } from '../rules/match.ts'

/** As stored: sums as digits, because JSON has no integers of that size. */
const Sum = z.string().regex(/^\d+$/).transform(BigInt)
const Stored = z.object({
  reason: z.enum(REASONS).nullable(),
  proposals: z.array(z.object({
    rule: z.enum(RULES), confidence: z.enum(CONFIDENCES), credit: Sum, shares: z.array(z.object({ invoiceId: z.string(), amount: Sum })),
  })),
})

export const storedVerdict = (row: Pick<LineRow, 'proposals'>): { reason: Reason | null; proposals: readonly Proposal[] } => {
  const found = Stored.safeParse(row.proposals)
  return found.success ? found.data : { reason: null, proposals: [] }
}

export const verdictJson = (verdict: Verdict): Prisma.InputJsonObject => ({
  reason: verdict.book ? null : verdict.reason,
  proposals: (verdict.book ? [verdict.book] : verdict.proposals).map(({ rule, confidence, credit, shares }) => ({
    rule, confidence, credit: credit.toString(), shares: shares.map((share) => ({ invoiceId: share.invoiceId, amount: share.amount.toString() })),
  })),
})
