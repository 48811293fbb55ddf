/** Pure builders of ledger transactions: debits positive, credits negative, the sum is zero, the business key names the cause. */
export const PLAIN_ACCOUNTS = [
  'receivable', 'cash', 'revenue', 'tax_payable', 'customer_credit_paid', 'customer_credit_promotional', 'customer_credit_ordered', 'promotion_cost',
  'reseller_payable', 'provider_fees', 'refunds', 'write_off', 'breakage', 'suspense', 'disputes', 'platform_fees',
] as const
export type LedgerAccount = (typeof PLAIN_ACCOUNTS)[number] | `cash_in_transit:${string}` | `connected_account:${string}`
export type LedgerEntry = { readonly account: LedgerAccount; readonly amount: bigint }
export type LedgerTransaction = {
  readonly businessKey: string
  readonly currency: string
  readonly description: string
  readonly entries: readonly LedgerEntry[]
}
export type CreditKind = 'paid' | 'promotional'

const creditAccount = (kind: CreditKind): LedgerAccount => `customer_credit_${kind}`
/** Rails whose money is on our own account when we hear of it; the others pay out later. */
const ARRIVED = new Set(['bank_transfer', 'manual'])
/** The seller's money of a shared payment is on an account of its own at the provider, and never in our payouts. */
export const placeOf = (provider: string, shared = false): LedgerAccount =>
  (shared ? `connected_account:${provider}` : ARRIVED.has(provider) ? 'cash' : `cash_in_transit:${provider}`)

function balanced(businessKey: string, currency: string, description: string, entries: readonly LedgerEntry[]): LedgerTransaction {
  const sum = entries.reduce((total, entry) => total + entry.amount, 0n)
  if (sum !== 0n) throw new RangeError(`ledger transaction ${businessKey} is off by ${sum}`)
  return { businessKey, currency, description, entries: entries.filter((entry) => entry.amount !== 0n) }
}

function requirePositive(amount: bigint, what: string): void {
  if (amount <= 0n) throw new RangeError(`${what} must be positive`)
}

export type FinalisedInvoice = {
  readonly invoiceId: string
  readonly currency: string
  readonly net: bigint
  readonly tax: bigint
  readonly creditsUsed: readonly { readonly kind: CreditKind; readonly amount: bigint }[]
}

export function invoiceFinalised({ invoiceId, currency, net, tax, creditsUsed }: FinalisedInvoice): LedgerTransaction {
  const used = creditsUsed.reduce((total, use) => total + use.amount, 0n)
  return balanced(`invoice_finalised:${invoiceId}`, currency, 'Invoice finalised', [
    { account: 'receivable', amount: net + tax - used },
    ...creditsUsed.map((use) => ({ account: creditAccount(use.kind), amount: use.amount })),
    { account: 'revenue', amount: -net },
    { account: 'tax_payable', amount: -tax },
  ])
}

export type ReceivedPayment = {
  readonly attemptId: string; readonly provider: string; readonly currency: string
  readonly amount: bigint
  /** What was still owed; anything above it becomes paid credit. */
  readonly due: bigint
  /** It was kept in suspense until somebody knew what it is for. */
  readonly suspended?: boolean
  readonly shared?: boolean
}

export function paymentReceived({ attemptId, provider, currency, amount, due, suspended = false, shared = false }: ReceivedPayment): LedgerTransaction {
  requirePositive(amount, 'a payment')
  const owed = due > 0n ? due : 0n
  const settled = amount < owed ? amount : owed
  return balanced(`payment_received:${attemptId}`, currency, 'Payment received', [
    { account: suspended ? 'suspense' : placeOf(provider, shared), amount },
    { account: 'receivable', amount: -settled },
    { account: 'customer_credit_paid', amount: settled - amount },
  ])
}

type ProviderSum = { readonly id: string; readonly provider: string; readonly currency: string; readonly amount: bigint }
/** In the books of the seller that a payment was shared with. */
type SellerSum = ProviderSum & { readonly shared?: boolean }

/** `id` is the charge the fee was taken for. */
export function providerFee({ id, provider, currency, amount, shared }: SellerSum): LedgerTransaction {
  requirePositive(amount, 'a fee')
  return balanced(`provider_fee:${provider}:${id}`, currency, 'Provider fee', [
    { account: 'provider_fees', amount }, { account: placeOf(provider, shared), amount: -amount },
  ])
}

/** `id` is the provider's payout or settlement; it has arrived on the bank account. */
export function payoutReceived({ id, provider, currency, amount }: ProviderSum): LedgerTransaction {
  requirePositive(amount, 'a payout')
  return balanced(`payout:${provider}:${id}`, currency, 'Payout received', [
    { account: 'cash', amount }, { account: placeOf(provider), amount: -amount },
  ])
}

/** Money went back; `refunds` is cleared by the credit note that explains it. */
export function refundPaid({ id, provider, currency, amount, shared }: SellerSum): LedgerTransaction {
  requirePositive(amount, 'a refund')
  return balanced(`refund:${id}`, currency, 'Refund paid', [
    { account: 'refunds', amount }, { account: placeOf(provider, shared), amount: -amount },
  ])
}

/** A refund that failed later at the provider: the money is ours again. */
export function refundFailed({ id, provider, currency, amount, shared }: SellerSum): LedgerTransaction {
  requirePositive(amount, 'a refund')
  return balanced(`refund_failed:${id}`, currency, 'Refund failed', [
    { account: placeOf(provider, shared), amount }, { account: 'refunds', amount: -amount },
  ])
}

export type IssuedCreditNote = {
  readonly creditNoteId: string; readonly currency: string; readonly net: bigint; readonly tax: bigint
  /** Against the unpaid invoice, by a refund, or as credit for later invoices. */
  readonly settlement: 'receivable' | 'refund' | 'credit'
}
const SETTLEMENT_ACCOUNT = { receivable: 'receivable', refund: 'refunds', credit: 'customer_credit_paid' } as const satisfies
  Record<IssuedCreditNote['settlement'], LedgerAccount>

export function creditNoteIssued({ creditNoteId, currency, net, tax, settlement }: IssuedCreditNote): LedgerTransaction {
  requirePositive(net + tax, 'a credit note')
  return balanced(`credit_note:${creditNoteId}`, currency, 'Credit note issued', [
    { account: 'revenue', amount: net },
    { account: 'tax_payable', amount: tax },
    { account: SETTLEMENT_ACCOUNT[settlement], amount: -(net + tax) },
  ])
}

/** The exact reverse of what finalising booked, credits included. */
export function invoiceVoided(invoice: FinalisedInvoice): LedgerTransaction {
  const booked = invoiceFinalised(invoice)
  return balanced(`invoice_voided:${invoice.invoiceId}`, invoice.currency, 'Invoice voided', reversed(booked))
}

export const reversed = (transaction: LedgerTransaction): LedgerEntry[] =>
  transaction.entries.map((entry) => ({ account: entry.account, amount: -entry.amount }))

export function invoiceWrittenOff(invoice: { invoiceId: string; currency: string; outstanding: bigint }): LedgerTransaction {
  requirePositive(invoice.outstanding, 'a write-off')
  return balanced(`write_off:${invoice.invoiceId}`, invoice.currency, 'Written off', [
    { account: 'write_off', amount: invoice.outstanding }, { account: 'receivable', amount: -invoice.outstanding },
  ])
}

type Grant = { readonly currency: string; readonly amount: bigint }

/** Promotional credit is a cost of ours. Paid credit is booked by what brought it: a payment, a purchase, a credit note. */
export function promotionGranted({ grantId, currency, amount }: Grant & { readonly grantId: string }): LedgerTransaction {
  requirePositive(amount, 'a grant')
  return balanced(`credit_granted:${grantId}`, currency, 'Promotional credit granted', [
    { account: 'promotion_cost', amount }, { account: 'customer_credit_promotional', amount: -amount },
  ])
}

/** What was left of promotional credit is taken back; `useId` is the movement that did it. */
export function promotionRevoked({ useId, currency, amount }: Grant & { readonly useId: string }): LedgerTransaction {
  requirePositive(amount, 'revoked credit')
  return balanced(`credit_revoked:${useId}`, currency, 'Promotional credit revoked', [
    { account: 'customer_credit_promotional', amount }, { account: 'promotion_cost', amount: -amount },
  ])
}

/** Breakage. A grant may expire twice, when a voided invoice gave credit back after its end: each movement is booked. */
export function creditExpired({ useId, kind, currency, amount }: Grant & { readonly useId: string; readonly kind: CreditKind }): LedgerTransaction {
  requirePositive(amount, 'expired credit')
  return balanced(`credit_expired:${useId}`, currency, 'Credit expired', [
    { account: creditAccount(kind), amount }, { account: 'breakage', amount: -amount },
  ])
}

type Purchase = Grant & { readonly invoiceId: string }

/** An invoice for credit is no revenue, and its credit may not be spent before it is paid. */
export function creditPurchaseIssued({ invoiceId, currency, amount }: Purchase): LedgerTransaction {
  requirePositive(amount, 'a purchase of credit')
  return balanced(`invoice_finalised:${invoiceId}`, currency, 'Invoice for credit finalised', [
    { account: 'receivable', amount }, { account: 'customer_credit_ordered', amount: -amount },
  ])
}

export function creditPurchased({ invoiceId, currency, amount }: Purchase): LedgerTransaction {
  requirePositive(amount, 'a purchase of credit')
  return balanced(`credit_purchased:${invoiceId}`, currency, 'Credit purchased', [
    { account: 'customer_credit_ordered', amount }, { account: 'customer_credit_paid', amount: -amount },
  ])
}

/** The reseller's part of an invoice that was paid to the platform. */
export function resellerShare(share: { invoiceId: string; currency: string; amount: bigint }): LedgerTransaction {
  requirePositive(share.amount, 'a share')
  return balanced(`reseller_share:${share.invoiceId}`, share.currency, 'Reseller share', [
    { account: 'revenue', amount: share.amount }, { account: 'reseller_payable', amount: -share.amount },
  ])
}

/** Balance of every account of one currency: a projection, never stored as truth. */
export function balances(transactions: readonly LedgerTransaction[], currency: string): ReadonlyMap<LedgerAccount, bigint> {
  const result = new Map<LedgerAccount, bigint>()
  for (const entry of transactions.filter((t) => t.currency === currency).flatMap((t) => t.entries)) {
    result.set(entry.account, (result.get(entry.account) ?? 0n) + entry.amount)
  }
  return result
}
