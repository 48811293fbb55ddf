import type { BankAccount as AccountRow, BankLine as LineRow } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { runtime } from '../../../core/runtime.ts'
import { formatMoney } from '../../../contract/money.ts'
import { claimConnected } from '../payouts/claim-connected.ts'
import { claimPayout } from '../payouts/claim-payout.ts'
import type { Book } from '../rules/book.ts'
import { match, type Proposal, type Undecided, type Verdict } from '../rules/match.ts'
import { openWorkItem } from '../work/work-items.ts'
import { bookShare, holdPart } from './receive.ts'
import { verdictJson } from './stored-verdict.ts'

/** Decides about one line once: its row is locked, and what it books has the line's id in its key. */
export const bookLine = async (db: SystemDb, id: string, account: AccountRow, book: Book): Promise<void> => {
  await db.$queryRaw`SELECT id FROM bank_line WHERE id = ${id} FOR UPDATE`
  const line = await db.bankLine.findUniqueOrThrow({ where: { id } })
  if (line.state !== 'new') return
  const bookedAt = runtime().clock.now()
  if (line.amount < 0n) {
    await db.bankLine.update({ where: { id }, data: { state: 'outgoing', bookedAt } })
    return
  }
  const verdict = match(line, book)
  if (!verdict.book) {
    const claimed = await claimPayout(db, line)
    const payout = claimed !== 'claimed' && await claimConnected(db, line, account) ? 'claimed' : claimed
    if (payout === 'claimed') await db.bankLine.update({ where: { id }, data: { state: 'payout', bookedAt } })
    if (payout !== 'none') return
  }
  const suspenseIds = verdict.book ? await bookProposal(db, line, account, verdict.book) : await hold(db, line, account, verdict)
  await db.bankLine.update({
    where: { id }, data: { state: suspenseIds.length === 0 ? 'booked' : 'suspense', proposals: verdictJson(verdict), suspenseIds, bookedAt },
  })
  if (verdict.book) book.paid(verdict.book.shares)
  await tell(db, line, account, verdict, suspenseIds)
}

/** What is above the invoices goes with the last one, and becomes credit there. What nobody owed any more waits. */
const bookProposal = async (db: SystemDb, line: LineRow, account: AccountRow, { shares, credit }: Proposal): Promise<string[]> => {
  const held: string[] = []
  for (const [part, share] of shares.entries()) {
    const amount = part === shares.length - 1 ? share.amount + credit : share.amount
    const suspenseId = await bookShare(db, { line, account, part, amount }, share.invoiceId)
    if (suspenseId !== null) held.push(suspenseId)
  }
  return held
}

/** In as many parts as the first proposal has shares, so that a person can accept it as it is. */
const hold = async (db: SystemDb, line: LineRow, account: AccountRow, { proposals: [first] }: Undecided): Promise<string[]> => {
  const split = first !== undefined && first.shares.length > 1 ? first : null
  const amounts = split ? split.shares.map((share, index) => (index === split.shares.length - 1 ? share.amount + split.credit : share.amount)) : [line.amount]
  const ids: string[] = []
  for (const [part, amount] of amounts.entries()) ids.push(await holdPart(db, { line, account, part, amount }))
  return ids
}

const tell = async (db: SystemDb, line: LineRow, account: AccountRow, verdict: Verdict, suspenseIds: readonly string[]): Promise<void> => {
  const facts = {
    reason: verdict.book ? 'invoice_closed' : verdict.reason, text: line.text, booked_on: line.bookedOn, account: account.name, bank_line_id: line.id,
    proposals: verdict.book ? 0 : verdict.proposals.length,
  }
  for (const suspenseId of suspenseIds) {
    await openWorkItem(db, {
      kind: 'unmatched_money', cause: suspenseId, subject: { type: 'suspense', id: suspenseId }, facts,
      title: `${formatMoney(line.amount, line.currency)} from ${line.payer || 'an unknown payer'}`,
    }, runtime().clock.now())
  }
}
