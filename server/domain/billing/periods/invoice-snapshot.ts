import type { Brand, Organization } from '../../../../prisma/generated/client.ts'
import { toWireAmount } from '../../../contract/money.ts'
import type { InvoiceSnapshot } from '../pdf/snapshot.ts'
import type { PriceListRow } from '../prices/current-price-list.ts'
import { meterPrices } from '../prices/current-price-list.ts'
import type { BuiltInvoice } from '../rules/invoice.ts'
import { localDateOf } from '../rules/period.ts'

/** What the document shows, and beside it what explains how it came about. The number joins when it is assigned. */
export type StoredSnapshot = InvoiceSnapshot & {
  readonly timezone: string
  readonly supportEmail: string
  readonly price: { readonly id: string; readonly version: number; readonly flatMonthly: string; readonly meters: Record<string, string> }
  /** Key of each line, in the order of `lines`. */
  readonly sources: readonly string[]
}

export interface Sale { brand: Brand; org: Organization; price: PriceListRow; built: BuiltInvoice; issuedAt: Date; dueAt: Date }

const addressLines = (text: string): string[] => text.split(/\r?\n|,\s*/).map((line) => line.trim()).filter((line) => line !== '')

export const snapshotOf = ({ brand, org, price, built, issuedAt, dueAt }: Sale): Omit<StoredSnapshot, 'number'> => ({
  kind: 'invoice',
  currency: built.currency,
  issuedOn: localDateOf(issuedAt, org.timezone),
  dueOn: localDateOf(dueAt, org.timezone),
  periodStart: built.periodStart,
  periodEnd: built.periodEnd,
  brand: { name: brand.name, color: brand.accent },
  seller: { name: brand.legalName, address: [...addressLines(brand.legalAddress), brand.country], email: brand.supportEmail, taxId: brand.taxId },
  buyer: { name: org.name, address: [...addressLines(org.billingAddress), org.country], email: org.billingEmail, taxId: null },
  lines: built.lines.map((line) => ({
    description: line.description, quantity: line.quantity, unit: line.unit, unitAmount: line.unitAmount,
    amount: toWireAmount(line.amount), taxRate: line.taxRate, periodStart: line.periodStart, periodEnd: line.periodEnd,
  })),
  subtotal: toWireAmount(built.subtotal),
  discount: toWireAmount(built.discount),
  taxes: built.taxes.map((tax) => ({ rate: tax.rate, base: toWireAmount(tax.base), amount: toWireAmount(tax.amount) })),
  taxName: brand.taxLabel,
  total: toWireAmount(built.total),
  creditsApplied: toWireAmount(built.creditsApplied),
  amountDue: toWireAmount(built.amountDue),
  note: null,
  clearance: null,
  timezone: org.timezone,
  supportEmail: brand.supportEmail,
  price: { id: price.id, version: price.version, flatMonthly: price.flatMonthly, meters: meterPrices(price) },
  sources: built.lines.map((line) => line.source),
})
