/** Receipt of one payment: a page that says who paid whom, how much, when, how and for what. */
import { makeDocument } from './document.ts'
import { amountText, longDate } from './format.ts'
import { LABELS } from './labels.ts'
import { CONTENT_WIDTH, INK, PAGE, RIGHT, put, rule, type Doc } from './layout.ts'
import type { DocumentLocale, Party } from './snapshot.ts'

export interface ReceiptDocument {
  /** The payment's own id: receipts have no series, they prove a payment. */
  number: string
  /** Local date of the customer's billing time zone. */
  paidOn: string
  amount: number
  refunded: number
  currency: string
  method: string
  reference: string
  invoiceNumber: string
  locale: DocumentLocale
  brand: { name: string; color: string }
  seller: Party
  buyer: Party
}

const SAFE_COLOR = /^#[0-9a-f]{6}$/i
const HALF = CONTENT_WIDTH / 2
const VALUE_X = PAGE.margin + 150

const heading = (doc: Doc, { number, locale, brand }: ReceiptDocument): number => {
  doc.rect(0, 0, PAGE.width, 6).fill(SAFE_COLOR.test(brand.color) ? brand.color : INK.text)
  const used = put(doc, brand.name, PAGE.margin, PAGE.margin, HALF, { size: 16, bold: true })
  put(doc, LABELS[locale].receipt.title, PAGE.margin + HALF, PAGE.margin, HALF, { size: 16, bold: true, align: 'right' })
  put(doc, number, PAGE.margin + HALF, PAGE.margin + 24, HALF, { size: 10, color: INK.muted, align: 'right' })
  return PAGE.margin + Math.max(used, 38) + 24
}

const party = (doc: Doc, label: string, who: Party, taxLabel: string, x: number, y: number): number => {
  let at = y + put(doc, label, x, y, HALF - 16, { size: 8, color: INK.muted }) + 2
  for (const [index, line] of [who.name, ...who.address, ...(who.taxId === null ? [] : [`${taxLabel} ${who.taxId}`])].entries()) {
    at += put(doc, line, x, at, HALF - 16, { bold: index === 0 })
  }
  return at
}

const parties = (doc: Doc, { seller, buyer, locale }: ReceiptDocument, y: number): number => {
  const labels = LABELS[locale]
  return Math.max(
    party(doc, labels.receipt.from, seller, labels.taxId, PAGE.margin, y), party(doc, labels.billTo, buyer, labels.taxId, PAGE.margin + HALF + 16, y),
  ) + 28
}

const figure = (doc: Doc, { amount, currency, locale }: ReceiptDocument, y: number): number => {
  const label = put(doc, LABELS[locale].receipt.amountPaid, PAGE.margin, y, HALF, { color: INK.muted })
  return y + label + 2 + put(doc, `${currency} ${amountText(amount, currency, locale)}`, PAGE.margin, y + label + 2, CONTENT_WIDTH, { size: 22, bold: true }) + 20
}

const facts = (document: ReceiptDocument): [string, string][] => {
  const { locale, currency, refunded } = document
  const words = LABELS[locale].receipt
  return [
    [words.paidOn, longDate(document.paidOn, locale)], [words.paidBy, document.method], [words.reference, document.reference],
    [words.forInvoice, document.invoiceNumber],
    ...(refunded > 0 ? [[words.refunded, `${currency} ${amountText(refunded, currency, locale)}`] as [string, string]] : []),
  ]
}

export const renderReceiptPdf = (document: ReceiptDocument): Promise<Buffer> => makeDocument({
  title: `${LABELS[document.locale].receipt.title} ${document.number}`, author: document.seller.name, creator: document.brand.name, date: document.paidOn,
  locale: document.locale,
}, document, (doc) => {
  let y = figure(doc, document, parties(doc, document, heading(doc, document)))
  for (const [label, value] of facts(document)) {
    rule(doc, y)
    put(doc, label, PAGE.margin, y + 8, 140, { color: INK.muted })
    y += put(doc, value, VALUE_X, y + 8, RIGHT - VALUE_X) + 16
  }
  rule(doc, y)
})
