import { addReceived, emptyBooking, writeBooking } from './booking.ts'
import type { Settling } from './settling.ts'

/** Books what came for an attempt, once, and pays its invoice with it. `suspended`: it was kept in suspense until now. */
export const bookPayment = async ({ db, attempt, invoice, now }: Omit<Settling, 'settlement'>, amount: bigint, suspended = false): Promise<void> => {
  const booking = emptyBooking()
  addReceived(booking, { attempt, invoice, now, amount, suspended })
  await writeBooking(db, booking)
}
