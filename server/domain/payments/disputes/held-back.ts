import type { SystemDb } from '../../../core/db.ts'

/** A disputed payment is with the bank until the dispute is won: what it lost cannot be refunded once more. */
export const isHeldBack = async (db: Pick<SystemDb, 'dispute'>, attemptId: string): Promise<boolean> =>
  await db.dispute.count({ where: { attemptId, state: { not: 'won' } } }) > 0
