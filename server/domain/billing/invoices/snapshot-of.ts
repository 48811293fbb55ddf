import { toWireAmount } from '../../../contract/money.ts'
import { DOCUMENT_LOCALES, type DocumentKind, type DocumentLocale, type InvoiceSnapshot, type Party } from '../pdf/snapshot.ts'
import { localDateOf } from '../rules/period.ts'
import type { Buyer } from './load-buyers.ts'
import type { ComposedSale, HeldSale } from './sale.ts'

/** What the document shows, and beside it what explains how it came about. The number joins when it is assigned. */
export type StoredSnapshot = InvoiceSnapshot & {
  readonly timezone: string
  readonly supportEmail: string
  /** The price that applied, with everything it was made of; null where no plan was involved. */
  readonly price: SnapshotPrice | null
  /** Key of each line, in the order of `lines`. */
  readonly sources: readonly string[]
}

/** A price list as it was, so that the invoice explains itself. */
export interface SnapshotPrice { readonly id: string; readonly version: number; readonly recurring: unknown; readonly charges: unknown }

export interface SnapshotInput {
  id: string
  kind: DocumentKind
  buyer: Buyer
  sale: ComposedSale | HeldSale
  period: { start: string; end: string }
  price: SnapshotPrice | null
  issuedAt: Date
  dueAt: Date | null
  note?: string | null
}

export const addressLines = (text: string): string[] => text.split(/\r?\n|,\s*/).map((line) => line.trim()).filter((line) => line !== '')

/** Where French is the language of business letters. */
const FRENCH = new Set('FR BE LU MC SN CI CM ML BF BJ TG NE GA CG CD GN MG TN MA DZ TD CF DJ KM HT'.split(' '))

export const localeOf = ({ org, profile }: Pick<Buyer, 'org' | 'profile'>): DocumentLocale =>
  DOCUMENT_LOCALES.find((locale) => locale === profile?.locale) ?? (FRENCH.has(org.country) ? 'fr' : 'en')

export const sellerParty = ({ brand, entity }: Pick<Buyer, 'brand' | 'entity'>): Party => ({
  name: entity.name, address: [...addressLines(entity.address), entity.country], email: brand.supportEmail, taxId: entity.taxId,
  country: entity.country, registrationNo: entity.registrationNo, bankDetails: addressLines(entity.bankDetails),
})

export const buyerParty = ({ org, profile }: Pick<Buyer, 'org' | 'profile'>): Party => ({
  name: org.name, address: [...addressLines(org.billingAddress), org.country], email: org.billingEmail, taxId: profile?.taxId ?? null, country: org.country,
})

const linesOf = (sale: ComposedSale | HeldSale): InvoiceSnapshot['lines'] => sale.lines.map((line) => ({
  description: line.description, quantity: line.quantity, unit: line.unit, unitAmount: line.unitAmount, amount: toWireAmount(line.amount),
  periodStart: line.periodStart, periodEnd: line.periodEnd, kind: line.kind, product: line.product,
  ...('tax' in line ? { taxRate: line.tax.rate, taxCategory: line.tax.category, discount: toWireAmount(line.discount) } : { taxRate: '0' }),
}))

const sumsOf = (sale: ComposedSale | HeldSale) => (sale.held
  ? { subtotal: sale.subtotal, discount: 0n, total: sale.subtotal, creditsApplied: 0n, amountDue: sale.subtotal, taxes: [] }
  : sale)

export const snapshotOf = ({ id, kind, buyer, sale, period, price, issuedAt, dueAt, note = null }: SnapshotInput): Omit<StoredSnapshot, 'number'> => {
  const { org, brand, origin } = buyer
  const sums = sumsOf(sale)
  return {
    kind, currency: sale.currency, locale: localeOf(buyer),
    issuedOn: localDateOf(issuedAt, org.timezone), dueOn: dueAt === null ? null : localDateOf(dueAt, org.timezone), periodStart: period.start,
      periodEnd: period.end,
    brand: { name: brand.name, color: brand.accent }, seller: sellerParty(buyer), buyer: buyerParty(buyer),
    lines: linesOf(sale), subtotal: toWireAmount(sums.subtotal), discount: toWireAmount(sums.discount),
    taxes: sums.taxes.map((tax) => ({ ...tax, base: toWireAmount(tax.base), amount: toWireAmount(tax.amount) })),
    taxName: brand.taxLabel, total: toWireAmount(sums.total), creditsApplied: toWireAmount(sums.creditsApplied), amountDue: toWireAmount(sums.amountDue),
    note, payUrl: kind === 'pro_forma' ? null : `${origin}/${org.slug}/billing/invoices/${id}`, reference: null, clearance: null,
    timezone: org.timezone, supportEmail: brand.supportEmail, price, sources: sale.lines.map((line) => line.source),
  }
}
