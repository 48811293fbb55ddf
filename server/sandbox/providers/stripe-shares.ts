/** The sandbox Stripe's Connect: a destination charge is transferred whole to the reseller's account, and the application fee comes back from there. */
import { randomId } from './ids.ts'
import { newBalanceTransaction, type BalanceTransactionObject } from './stripe-money-objects.ts'
import type { ChargeObject } from './stripe-objects.ts'
import type { StripeWorld } from './stripe-world.ts'

type Row = Pick<BalanceTransactionObject, 'amount' | 'source' | 'type'>

const book = async (world: StripeWorld, currency: string, row: Row): Promise<string> => {
  const made = newBalanceTransaction({ ...row, fee: 0, currency, now: world.nowSeconds() })
  await world.balanceTransactions.put(made.id, made)
  return made.id
}

const emptyList = (url: string): object => ({ object: 'list', data: [], has_more: false, url })

/** Where a charge goes on to; an ordinary charge stays. */
export async function shareCharge(world: StripeWorld, { id: chargeId, amount, currency, created, ...charge }: ChargeObject): Promise<void> {
  const [transfer, fee, feeAmount] = [charge['transfer'], charge['application_fee'], charge['application_fee_amount']]
  if (typeof transfer !== 'string') return
  const { destination } = charge['transfer_data'] as { destination: string }
  const destinationPayment = randomId('py')
  await world.transfers.put(transfer, {
    id: transfer, object: 'transfer', amount, amount_reversed: 0, balance_transaction: await book(world, currency, { amount: -amount, source: transfer, type: 'transfer' }),
    created, currency, description: null, destination, destination_payment: destinationPayment, livemode: false, metadata: {},
    reversals: emptyList(`/v1/transfers/${transfer}/reversals`), reversed: false, source_transaction: chargeId, source_type: 'card', transfer_group: null,
  })
  if (typeof fee !== 'string' || typeof feeAmount !== 'number') return
  await world.applicationFees.put(fee, {
    id: fee, object: 'application_fee', account: destination, amount: feeAmount, amount_refunded: 0, application: 'ca_sandbox',
    balance_transaction: await book(world, currency, { amount: feeAmount, source: fee, type: 'application_fee' }), charge: destinationPayment, created, currency, fee_source: null,
    livemode: false, originating_transaction: chargeId, refunded: false, refunds: emptyList(`/v1/application_fees/${fee}/refunds`),
  })
}

type TakenBack = { readonly refunded: number; readonly reverses: boolean; readonly refundsFee: boolean }

/** In proportion to all that was refunded of the charge, so that parts add up to the whole. */
export async function takeBackShare(world: StripeWorld, charge: ChargeObject, { refunded, reverses, refundsFee }: TakenBack): Promise<void> {
  const transfer = reverses ? await world.transfers.get(String(charge['transfer'])) : null
  const fee = refundsFee ? await world.applicationFees.get(String(charge['application_fee'])) : null
  const part = (amount: number): number => Math.round((amount * refunded) / charge.amount)
  if (transfer !== null) {
    const reversed = part(transfer.amount)
    await book(world, charge.currency, { amount: reversed - transfer.amount_reversed, source: randomId('trr'), type: 'transfer_refund' })
    await world.transfers.put(transfer.id, { ...transfer, amount_reversed: reversed, reversed: reversed === transfer.amount })
  }
  if (fee === null) return
  const returned = part(fee.amount)
  await book(world, charge.currency, { amount: fee.amount_refunded - returned, source: randomId('fr'), type: 'application_fee_refund' })
  await world.applicationFees.put(fee.id, { ...fee, amount_refunded: returned, refunded: returned === fee.amount })
}
