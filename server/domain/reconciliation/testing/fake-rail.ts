import type { PaymentProvider, ProviderPayment, ProviderPayout } from '../../payments/ports.ts'

/** A rail whose books a test writes by hand. */
export interface FakeRail extends PaymentProvider {
  payments: Map<string, ProviderPayment>
  payouts: ProviderPayout[]
  /** Every call fails. */
  down: boolean
  /** Fails after so many pages of the list. */
  pagesUntilFailure: number
  listed: number
}

const PAGE = 2
const unused = (): never => { throw new Error('not part of this test') }

export const providerPayment = (over: Partial<ProviderPayment> & { providerRef: string; minor: bigint }): ProviderPayment => {
  const { minor, ...rest } = over
  return {
    paymentRef: null, attemptId: null, status: 'succeeded', amount: { minor, currency: 'USD' }, refundedMinor: 0n, feeMinor: null, paidAt: new Date(), failure: null, failureCode: null,
    method: null, ...rest,
  }
}

export const fakeRail = (name = 'fakepay'): FakeRail => {
  const rail: FakeRail = {
    name, label: 'Fakepay', payments: new Map(), payouts: [], down: false, pagesUntilFailure: Number.POSITIVE_INFINITY, listed: 0,
    capabilities: {
      currencies: null, hasEventId: true, sendsFailures: true, minimums: {}, checkout: 'redirect', savesMethods: false, refunds: 'partial', disputes: false, payouts: true, splits: false,
    },
    createCheckout: unused, refund: unused, parseWebhook: unused,
    health: () => (rail.down ? Promise.reject(new Error('connection refused')) : Promise.resolve({ ok: true, detail: 'It answers.' })),
    fetchPayment: (ref) => (rail.down ? Promise.reject(new Error('connection refused')) : Promise.resolve(rail.payments.get(ref) ?? null)),
    listPayments: (since, cursor) => {
      if (rail.down || rail.listed >= rail.pagesUntilFailure) return Promise.reject(new Error('connection refused'))
      rail.listed += 1
      const all = [...rail.payments.values()].filter((payment) => (payment.paidAt?.getTime() ?? 0) >= since.getTime())
      const from = Number(cursor ?? 0)
      return Promise.resolve({ payments: all.slice(from, from + PAGE), next: from + PAGE < all.length ? String(from + PAGE) : null })
    },
    listPayouts: (since) => (rail.down ? Promise.reject(new Error('connection refused')) : Promise.resolve(rail.payouts.filter((payout) => payout.arrivedAt >= since))),
  }
  return rail
}
