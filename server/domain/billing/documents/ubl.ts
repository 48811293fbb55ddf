/**
 * UBL 2.1 in the shape of EN 16931, made of the snapshot alone. Numbers in comments are its business terms. Positive amounts throughout:
 * a credit note is a document of its own kind (381), not a negative invoice.
 */
import { minorToDecimal } from '../../../contract/money.ts'
import { lastDayBefore } from '../pdf/format.ts'
import type { InvoiceSnapshot, Party, SnapshotLine, SnapshotTax } from '../pdf/snapshot.ts'
import { exact, multiply, toDecimalString, toMinor, whole } from '../rules/rational.ts'
import { el, maybe, xmlDocument, type XmlNode } from './xml.ts'

const NAMESPACES = { 'xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2', 'xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2' }
const CUSTOMIZATION = 'urn:cen.eu:en16931:2017'
/** UN/ECE Rec 20: "one"; what our units really are is said in words. */
const ONE = 'C62'

interface Names { root: 'Invoice' | 'CreditNote'; type: string; code: '380' | '381'; line: string; quantity: string }
const INVOICE: Names = { root: 'Invoice', type: 'InvoiceTypeCode', code: '380', line: 'InvoiceLine', quantity: 'InvoicedQuantity' }
const CREDIT_NOTE: Names = { root: 'CreditNote', type: 'CreditNoteTypeCode', code: '381', line: 'CreditNoteLine', quantity: 'CreditedQuantity' }

const money = (name: string, minor: number, currency: string): XmlNode => el(`cbc:${name}`, minorToDecimal(BigInt(minor), currency), { currencyID: currency })
const percent = (rate: string): string => toDecimalString(multiply(exact(rate), whole(100n)))
const categoryOf = (code: string | undefined, rate: string): string => code ?? (exact(rate).n === 0n ? 'Z' : 'S')

const category = (name: string, code: string, rate: string, reason?: string | null): XmlNode => el(`cac:${name}`, [
  el('cbc:ID', code), code === 'O' ? null : el('cbc:Percent', percent(rate)), maybe('cbc:TaxExemptionReason', ['E', 'AE', 'O'].includes(code) ? reason ?? exemptionOf(code) : null),
  el('cac:TaxScheme', [el('cbc:ID', 'VAT')]),
])
const exemptionOf = (code: string): string => (code === 'AE' ? 'Reverse charge' : code === 'O' ? 'Not subject to VAT' : 'Exempt')

/** BG-4, BG-7: the last line of a kept address is the country. */
const party = (who: Party): XmlNode => {
  const country = who.country ?? who.address.at(-1) ?? ''
  const lines = who.address.filter((line) => line !== country)
  return el('cac:Party', [
    who.registrationNo ? el('cac:PartyIdentification', [el('cbc:ID', who.registrationNo)]) : null,
    el('cac:PartyName', [el('cbc:Name', who.name)]),
    el('cac:PostalAddress', [maybe('cbc:StreetName', lines[0]), maybe('cbc:AdditionalStreetName', lines.slice(1, -1).join(', ')), maybe('cbc:CityName', lines.length > 1 ? lines.at(-1) : null),
      el('cac:Country', [el('cbc:IdentificationCode', country)])]),
    who.taxId ? el('cac:PartyTaxScheme', [el('cbc:CompanyID', who.taxId), el('cac:TaxScheme', [el('cbc:ID', 'VAT')])]) : null,
    el('cac:PartyLegalEntity', [el('cbc:RegistrationName', who.name), maybe('cbc:CompanyID', who.registrationNo)]),
    who.email ? el('cac:Contact', [el('cbc:ElectronicMail', who.email)]) : null,
  ])
}

/** Quantity and price where they make the amount; else one of the amount, with the quantity in words. */
const priced = ({ quantity, unitAmount, amount }: SnapshotLine, currency: string): { quantity: string; price: string; exactly: boolean } => {
  const made = unitAmount !== null && !unitAmount.startsWith('-') ? toMinor(multiply(exact(unitAmount), exact(quantity)), currency) : null
  if (made === BigInt(amount) && unitAmount !== null) return { quantity, price: unitAmount, exactly: true }
  return { quantity: amount < 0 ? '-1' : '1', price: minorToDecimal(BigInt(Math.abs(amount)), currency), exactly: false }
}

const lineOf = (line: SnapshotLine, index: number, names: Names, currency: string): XmlNode => {
  const { quantity, price, exactly } = priced(line, currency)
  const discount = line.discount ?? 0
  return el(`cac:${names.line}`, [
    el('cbc:ID', String(index + 1)),
    exactly ? null : el('cbc:Note', `${line.quantity} ${line.unit}`.trim()),
    el(`cbc:${names.quantity}`, quantity, { unitCode: ONE }),
    money('LineExtensionAmount', line.amount - discount, currency),
    el('cac:InvoicePeriod', [el('cbc:StartDate', line.periodStart), el('cbc:EndDate', line.periodEnd > line.periodStart ? lastDayBefore(line.periodEnd) : line.periodStart)]),
    discount === 0 ? null : el('cac:AllowanceCharge', [el('cbc:ChargeIndicator', 'false'), el('cbc:AllowanceChargeReason', 'Discount'), money('Amount', discount, currency)]),
    el('cac:Item', [el('cbc:Name', line.description), category('ClassifiedTaxCategory', categoryOf(line.taxCategory, line.taxRate), line.taxRate)].map(withoutReason)),
    el('cac:Price', [el('cbc:PriceAmount', price, { currencyID: currency })]),
  ])
}
/** The reason stands once, with the sum of its category. */
const withoutReason = (node: XmlNode): XmlNode =>
  (typeof node.children === 'string' ? node : { ...node, children: node.children.filter((child) => child.name !== 'cbc:TaxExemptionReason') })

const subtotal = (tax: SnapshotTax, currency: string): XmlNode => el('cac:TaxSubtotal', [
  money('TaxableAmount', tax.base, currency), money('TaxAmount', tax.amount, currency), category('TaxCategory', categoryOf(tax.category, tax.rate), tax.rate, tax.wording),
])

export const ublOf = (snapshot: InvoiceSnapshot): string => {
  const names = snapshot.kind === 'credit_note' ? CREDIT_NOTE : INVOICE
  const { currency } = snapshot
  const net = snapshot.lines.reduce((sum, line) => sum + line.amount - (line.discount ?? 0), 0)
  const tax = snapshot.taxes.reduce((sum, group) => sum + group.amount, 0)
  return xmlDocument(el(names.root, [
    el('cbc:CustomizationID', CUSTOMIZATION), // BT-24
    el('cbc:ID', snapshot.number), // BT-1
    el('cbc:IssueDate', snapshot.issuedOn), // BT-2
    names.root === 'Invoice' ? maybe('cbc:DueDate', snapshot.dueOn) : null, // BT-9
    el(`cbc:${names.type}`, names.code), // BT-3
    maybe('cbc:Note', snapshot.note), // BT-22
    el('cbc:DocumentCurrencyCode', currency), // BT-5
    el('cac:InvoicePeriod', [el('cbc:StartDate', snapshot.periodStart), el('cbc:EndDate', lastDayBefore(snapshot.periodEnd))]), // BG-14
    snapshot.reference ? el('cac:BillingReference', [el('cac:InvoiceDocumentReference', [el('cbc:ID', snapshot.reference.number), el('cbc:IssueDate', snapshot.reference.issuedOn)])]) : null, // BG-3
    el('cac:AccountingSupplierParty', [party(snapshot.seller)]), // BG-4
    el('cac:AccountingCustomerParty', [party(snapshot.buyer)]), // BG-7
    el('cac:TaxTotal', [money('TaxAmount', tax, currency), ...snapshot.taxes.map((group) => subtotal(group, currency))]), // BT-110, BG-23
    el('cac:LegalMonetaryTotal', [
      money('LineExtensionAmount', net, currency), // BT-106
      money('TaxExclusiveAmount', net, currency), // BT-109
      money('TaxInclusiveAmount', net + tax, currency), // BT-112
      snapshot.creditsApplied === 0 ? null : money('PrepaidAmount', snapshot.creditsApplied, currency), // BT-113
      money('PayableAmount', net + tax - snapshot.creditsApplied, currency), // BT-115
    ]),
    ...snapshot.lines.map((line, index) => lineOf(line, index, names, currency)), // BG-25
  ], { xmlns: `urn:oasis:names:specification:ubl:schema:xsd:${names.root}-2`, ...NAMESPACES }))
}
