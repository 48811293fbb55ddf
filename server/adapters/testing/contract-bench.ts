/** What a rail says about itself so that the contract suite can try it, and the bench it is tried on. */
import { afterEach, beforeEach } from 'vitest'
import type { Amount, CheckoutAttempt, FailureCode, PaymentProvider, ProviderPayment, SavedMethodFacts, WebhookEvent, WebhookHeaders } from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'
import type { Payer } from '../../sandbox/providers/fake-provider.ts'
import type { ProviderName, StoredObject } from '../../sandbox/providers/object-store.ts'
import type { Harness } from '../../sandbox/providers/testing/harness.ts'
import { startHarness } from '../../sandbox/providers/testing/harness.ts'

export type Webhook = { readonly rawBody: Buffer; readonly headers: WebhookHeaders }

export type ContractSubject = {
  readonly name: ProviderName
  /** The real adapter, pointed at the stand-in; with a key the provider does not know, if asked. */
  rail(harness: Harness, key: 'right' | 'wrong'): PaymentProvider
  /** An ordinary sum; all three need a currency the rail takes. */
  readonly amount: Amount
  /** Sums where the provider's units differ from ours, each to arrive whole. */
  readonly units: ReadonlyArray<Amount & { /** As the provider must get it. */ readonly sent?: number | string }>
  /** The sum in the stand-in's object of a checkout: an error of units made twice is no error to us, but it is to the payer. */
  sentOf?(checkout: StoredObject): unknown
  readonly phone?: string
  /** Under what kind the stand-in keeps one object per checkout. */
  readonly checkoutKind: string
  /** What happens when the same attempt is started again: one checkout, or, where the provider knows no keys, a second question to the payer. */
  readonly startedTwice: 'one' | 'second'
  /** Whether a payment can be found by our own id when the provider's answer was lost. */
  readonly findsByAttempt: boolean
  /** A provider that knows nothing of a checkout until its payer tries to pay: null is the answer before. */
  readonly unseenUntilTried?: boolean
  /** Disputes are not told by webhook, but found by listing them. */
  readonly silentDisputes?: boolean
  /** Whether a payer may try again in the same checkout. */
  readonly retriesInCheckout: boolean
  readonly declines: ReadonlyArray<readonly [payer: Payer, code: FailureCode]>
  /** Ways to pay that are good when kept, and what they answer when charged later. */
  readonly saved?: ReadonlyArray<readonly [payer: Payer, status: ProviderPayment['status'], code: FailureCode | null]>
  /** Nothing is told of refunds: they are polled. */
  readonly silentRefunds?: boolean
  /** An account of a reseller that gets parts of payments. */
  readonly sharedAccount?: string
  /** A refund of a shared payment is not told in the settlement of our part. */
  readonly keepsPartOnRefund?: boolean
  /** Paid by this, a refund is taken first and fails later. */
  readonly failingRefund?: Payer
  /** Whether the signature covers the bytes of the body. */
  readonly signsBody: boolean
  /** The same event as somebody without the secret would send it. */
  forge(webhook: Webhook): Webhook
  /** Well signed, but of the provider's other mode; absent where events do not tell. */
  otherMode?(webhook: Webhook): Webhook
  /** Well signed, but no event. */
  malformed?(harness: Harness, body: string): Webhook
}

export type Bench = {
  readonly subject: ContractSubject
  readonly harness: Harness
  readonly rail: PaymentProvider
  readonly attempt: CheckoutAttempt
  start(change?: Partial<CheckoutAttempt>): Promise<{ ref: string; attempt: CheckoutAttempt }>
  complete(ref: string, payer: Payer): Promise<void>
  fetched(ref: string): Promise<ProviderPayment>
  paid(change?: Partial<CheckoutAttempt>, payer?: Payer): Promise<ProviderPayment>
  events(): Promise<WebhookEvent[]>
  checkouts(): Promise<number>
}

export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(() => 'no error', (error: unknown) => (error instanceof PaymentProviderError ? error.code : String(error)))

export const orThrow = <T>(value: T | null | undefined, what: string): T => {
  if (value === null || value === undefined) throw new Error(`${what} is missing`)
  return value
}

let lastId = 0
/** Short, as some rails have little room for it. */
export const nextId = (prefix = 'pay'): string => {
  lastId += 1
  return `${prefix}_${process.pid.toString(36)}${lastId.toString(36)}`
}

const attemptOf = (subject: ContractSubject): CheckoutAttempt => ({
  id: nextId(), invoiceId: 'inv_1', amount: subject.amount, description: 'Invoice ACME-1', customerEmail: 'ada@example.com', phone: subject.phone ?? null,
  successUrl: 'https://console.example/billing?paid=1', cancelUrl: 'https://console.example/billing', expiresAt: null, saveMethod: false, customerRef: null, split: null,
})

function createBench(subject: ContractSubject, harness: Harness): Bench {
  const rail = subject.rail(harness, 'right')
  const { name } = subject
  const first = attemptOf(subject)
  const bench: Bench = {
    subject, harness, rail, attempt: first,
    async start(change = {}) {
      const attempt = { ...first, ...change }
      return { ref: (await rail.createCheckout(attempt)).providerRef, attempt }
    },
    async complete(ref, payer) {
      await harness.provider.completeCheckout(name, ref, payer)
      await harness.provider.idle()
    },
    fetched: async (ref) => orThrow(await rail.fetchPayment(ref), `payment ${ref}`),
    async paid(change = {}, payer = 'success') {
      const { ref } = await bench.start(change)
      await bench.complete(ref, payer)
      return bench.fetched(ref)
    },
    events: () => Promise.all(harness.received.map(async ({ rawBody, headers }) => {
      const parsed = await rail.parseWebhook(rawBody, headers)
      if (!parsed.ok) throw new Error(parsed.reason)
      return parsed.event
    })),
    checkouts: async () => (await harness.store.list(name, subject.checkoutKind)).length,
  }
  return bench
}

/** A fresh stand-in for each test. */
export function useBench(subject: ContractSubject): () => Bench {
  let bench: Bench
  beforeEach(async () => { bench = createBench(subject, await startHarness()) })
  afterEach(() => bench.harness.close())
  return () => bench
}

/** Pays once and keeps what was used. */
export async function keep(bench: Bench, payer: Payer = 'success'): Promise<SavedMethodFacts> {
  const payment = await bench.paid({ id: nextId(), saveMethod: true }, payer)
  return orThrow(payment.method, 'a method to keep')
}
