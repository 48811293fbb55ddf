import type { BankAccount as AccountRow, BankLine as LineRow } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { runtime } from '../../../core/runtime.ts'
import { receiveMoney, suspend } from '../../payments/index.ts'

/** The rail whose money is on the seller's own account when we hear of it. */
const RAIL = 'bank_transfer'

/** What of a line goes one way; `part` tells the ways apart. */
export interface Part { line: LineRow; account: AccountRow; part: number; amount: bigint }

/** At noon of the bank's day; a value date may lie ahead of us, a receipt may not. */
const receivedAt = ({ bookedOn }: LineRow): Date => new Date(Math.min(Date.parse(`${bookedOn}T12:00:00Z`), runtime().clock.now().getTime()))
const moneyOf = ({ line, account, part, amount }: Part) => ({
  brandId: account.brandId, entityId: account.entityId, provider: RAIL, reference: line.text || line.bankRef || line.id, amount, currency: line.currency,
  at: receivedAt(line), payer: line.payer, key: `bank:${line.id}:${part}`,
})

/** Pays the invoice; somebody else may have paid it meanwhile, then it waits in suspense under the id that comes back. */
export const bookShare = async (db: SystemDb, part: Part, invoiceId: string): Promise<string | null> => {
  const received = await receiveMoney(db, { ...moneyOf(part), invoiceId })
  return received.outcome === 'suspense' ? received.itemId : null
}

export const holdPart = async (db: SystemDb, part: Part): Promise<string> => {
  const id = await suspend(db, { ...moneyOf(part), paymentRef: part.line.bankRef || null, note: '', cause: 'no_match' })
  if (id === null) throw new Error(`part ${part.part} of bank line ${part.line.id} was kept before`)
  return id
}
