import { findCreditorReferences } from '../../../contract/creditor-reference.ts'
import { wordsOf, type Book, type OpenInvoice } from './book.ts'

export const CONFIDENCES = ['certain', 'likely', 'possible'] as const
export type Confidence = (typeof CONFIDENCES)[number]
export const RULES = ['reference', 'number', 'payer_and_amount', 'payer', 'amount'] as const
export type Rule = (typeof RULES)[number]
export const REASONS = ['wrong_reference', 'sum_differs', 'several_fit', 'only_amount_fits', 'payer_known', 'nothing_fits'] as const
export type Reason = (typeof REASONS)[number]

export interface Share { invoiceId: string; amount: bigint }
/** `credit`: what is left above the invoices; it becomes the payer's credit. */
export interface Proposal { rule: Rule; confidence: Confidence; shares: readonly Share[]; credit: bigint }
export interface Money { amount: bigint; currency: string; payer: string; payerAccount: string; text: string }
/** Only what is certain is booked without a person; `reason` says why a person is asked. */
export interface Undecided { book: null; reason: Reason; proposals: readonly Proposal[] }
export type Verdict = { book: Proposal } | Undecided

const MOST_PROPOSALS = 5

/** Oldest first; each gets what it is owed, as far as the money goes. */
const share = (amount: bigint, invoices: readonly OpenInvoice[]): { shares: Share[]; credit: bigint } => {
  let left = amount
  const shares = invoices.flatMap((invoice) => {
    const part = left < invoice.outstanding ? left : invoice.outstanding
    left -= part
    return part > 0n ? [{ invoiceId: invoice.id, amount: part }] : []
  })
  return { shares, credit: left }
}

const owed = (invoices: readonly OpenInvoice[]): bigint => invoices.reduce((sum, invoice) => sum + invoice.outstanding, 0n)
const unique = <T>(list: readonly T[]): T[] => [...new Set(list)]

/** One reference written right behind another would be read as part of it, so each beginning is read by itself as well. */
const referencesIn = (text: string): string[] => [text, ...text.split(/(?=R[\s-]?F[\s-]?\d)/i)].flatMap((part) => findCreditorReferences(part))

/** What a payer wrote names invoices; who they are and how much it is only hints at them. */
export const match = (money: Money, book: Book): Verdict => {
  const referred = unique(referencesIn(money.text).flatMap((reference) => book.byReference.get(reference) ?? []))
  const numbered = wordsOf(money.text).flatMap((word) => book.byNumber.get(word) ?? []).filter((invoice) => !referred.includes(invoice))
  const named = book.inOrder(unique([...referred, ...numbered])).filter((invoice) => invoice.currency === money.currency)
  if (named.length > 0) return byName(money, named, named.every((invoice) => referred.includes(invoice)))
  const proposals = hints(money, book)
  if (/\bRF\s?\d\d/i.test(money.text)) return { book: null, reason: 'wrong_reference', proposals }
  const [best] = proposals
  if (!best) return { book: null, reason: 'nothing_fits', proposals }
  return { book: null, reason: best.rule !== 'amount' ? 'payer_known' : proposals.length > 1 ? 'several_fit' : 'only_amount_fits', proposals }
}

/** A reference carries check digits, so its sum may differ; a bare number must agree to the last unit. */
const byName = (money: Money, named: readonly OpenInvoice[], referred: boolean): Verdict => {
  const due = owed(named)
  const oneCustomer = new Set(named.map((invoice) => invoice.orgId)).size === 1
  const certain = money.amount === due || (referred && (named.length === 1 || (oneCustomer && money.amount > due)))
  const proposal: Proposal = { rule: referred ? 'reference' : 'number', confidence: certain ? 'certain' : 'likely', ...share(money.amount, named) }
  return certain ? { book: proposal } : { book: null, reason: 'sum_differs', proposals: [proposal] }
}

const hints = (money: Money, book: Book): Proposal[] => {
  const orgId = book.payerOf(money.payerAccount, money.payer)
  const own = orgId === null ? [] : book.inOrder(book.byOrg.get(orgId) ?? []).filter((invoice) => invoice.currency === money.currency)
  const exact = own.filter((invoice) => invoice.outstanding === money.amount)
  if (exact.length > 0) return exact.slice(0, MOST_PROPOSALS).map((invoice) => one('payer_and_amount', exact.length === 1 ? 'likely' : 'possible', invoice))
  if (own.length > 0 && owed(own) === money.amount) return [{ rule: 'payer_and_amount', confidence: 'likely', ...share(money.amount, own) }]
  if (own.length > 0) return [{ rule: 'payer', confidence: 'possible', ...share(money.amount, own) }]
  const equal = book.inOrder(book.byAmount.get(`${money.currency}:${money.amount}`) ?? []).filter((invoice) => invoice.outstanding === money.amount)
  return equal.slice(0, MOST_PROPOSALS).map((invoice) => one('amount', 'possible', invoice))
}

const one = (rule: Rule, confidence: Confidence, invoice: OpenInvoice): Proposal =>
  ({ rule, confidence, shares: [{ invoiceId: invoice.id, amount: invoice.outstanding }], credit: 0n })
