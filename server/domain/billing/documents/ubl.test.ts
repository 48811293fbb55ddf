import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { InvoiceSnapshot, SnapshotLine } from '../pdf/snapshot.ts'
import { applyTax } from '../taxes/apply-tax.ts'
import { ublOf } from './ubl.ts'

interface Node { name: string; attributes: Record<string, string>; children: Node[]; text: string }

/** Reads a whole document and refuses what is not well-formed. */
const parse = (xml: string): Node => {
  const root: Node = { name: '', attributes: {}, children: [], text: '' }
  const stack = [root]
  let rest = xml.replace(/^<\?xml [^?]*\?>\s*/, '')
  while (rest.trim() !== '') {
    const token = /^(?:<(\/?)([A-Za-z:]+)((?:\s+[\w:]+="[^"<]*")*)\s*>|([^<]+))/.exec(rest)
    if (!token) throw new Error(`not well-formed at ${rest.slice(0, 40)}`)
    rest = rest.slice(token[0].length)
    const [, closing, name, attributes = '', text] = token
    const top = stack.at(-1)
    if (text !== undefined) {
      if (/[<>]|&(?!amp;|lt;|gt;|quot;)/.test(text)) throw new Error('unescaped')
      if (top) top.text += text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
    } else if (closing) {
      if (stack.pop()?.name !== name) throw new Error(`${name} closes another element`)
    } else {
      const node: Node = { name: name ?? '', attributes: Object.fromEntries([...attributes.matchAll(/([\w:]+)="([^"]*)"/g)].map((m) => [m[1] ?? '', m[2] ?? ''])), children: [], text: '' }
      top?.children.push(node)
      stack.push(node)
    }
  }
  if (stack.length !== 1) throw new Error('an element is left open')
  return root.children[0] ?? root
}

const all = (node: Node, path: string): Node[] => path.split('/').reduce<Node[]>((nodes, name) => nodes.flatMap((n) => n.children.filter((c) => c.name === name || c.name.endsWith(`:${name}`))), [node])
const text = (node: Node, path: string): string => all(node, path)[0]?.text ?? ''
const minor = (value: string): bigint => BigInt(value.replace('.', ''))

/** Rules of EN 16931 that a receiver's validator begins with; an empty answer is good. */
const ruleFaults = (document: Node): string[] => {
  const credit = document.name === 'CreditNote'
  const mandatory = [
    'CustomizationID', 'ID', 'IssueDate', credit ? 'CreditNoteTypeCode' : 'InvoiceTypeCode', 'DocumentCurrencyCode', 'AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName',
    'AccountingSupplierParty/Party/PostalAddress/Country/IdentificationCode', 'AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName',
    'AccountingCustomerParty/Party/PostalAddress/Country/IdentificationCode', 'LegalMonetaryTotal/LineExtensionAmount', 'LegalMonetaryTotal/TaxExclusiveAmount',
    'LegalMonetaryTotal/TaxInclusiveAmount', 'LegalMonetaryTotal/PayableAmount', 'TaxTotal/TaxAmount',
  ]
  const lines = all(document, credit ? 'CreditNoteLine' : 'InvoiceLine')
  const sum = (path: string, nodes: Node[]): bigint => nodes.reduce((total, node) => total + minor(text(node, path)), 0n)
  const total = (name: string): bigint => minor(text(document, `LegalMonetaryTotal/${name}`) || '0')
  const groups = all(document, 'TaxTotal/TaxSubtotal')
  return [
    ...mandatory.filter((path) => text(document, path) === '').map((path) => `missing ${path}`),
    ...(lines.length === 0 ? ['BR-16 no line'] : []),
    ...lines.filter((line) => text(line, 'Item/Name') === '' || text(line, 'Price/PriceAmount') === '' || text(line, 'Item/ClassifiedTaxCategory/ID') === '').map(() => 'BR-24..26 line incomplete'),
    ...lines.filter((line) => text(line, 'Price/PriceAmount').startsWith('-')).map(() => 'BR-27 negative price'),
    ...(sum('LineExtensionAmount', lines) === total('LineExtensionAmount') ? [] : ['BR-CO-10 lines']),
    ...(total('TaxExclusiveAmount') + minor(text(document, 'TaxTotal/TaxAmount')) === total('TaxInclusiveAmount') ? [] : ['BR-CO-15 with tax']),
    ...(total('TaxInclusiveAmount') - total('PrepaidAmount') === total('PayableAmount') ? [] : ['BR-CO-16 payable']),
    ...(sum('TaxAmount', groups) === minor(text(document, 'TaxTotal/TaxAmount')) ? [] : ['BR-CO-14 tax']),
    ...(sum('TaxableAmount', groups) === total('TaxExclusiveAmount') ? [] : ['BR-S-08 base']),
    ...groups.filter((group) => ['E', 'AE', 'O'].includes(text(group, 'TaxCategory/ID')) && text(group, 'TaxCategory/TaxExemptionReason') === '').map(() => 'BR-E-10 no reason'),
  ]
}

const LINE: SnapshotLine = { description: 'vCPU <fast> & "cheap"', quantity: '744', unit: 'vCPU hour', unitAmount: '0.0075', amount: 558, taxRate: '0.2', taxCategory: 'S', discount: 58, periodStart: '2026-10-01', periodEnd: '2026-11-01' }
const SNAPSHOT: InvoiceSnapshot = {
  kind: 'invoice', number: 'SWG-2026-000001', currency: 'EUR', issuedOn: '2026-11-01', dueOn: '2026-11-15', periodStart: '2026-10-01', periodEnd: '2026-11-01', brand: { name: 'B', color: '#112233' },
  seller: { name: 'Seller GmbH', address: ['Hauptstr. 1', 'Berlin', 'DE'], email: 's@example.com', taxId: 'DE123456789', country: 'DE', registrationNo: 'HRB 1' },
  buyer: { name: 'شركة الأمل', address: ['1 rue X', 'Paris', 'FR'], email: 'b@example.com', taxId: 'FR12345678901', country: 'FR' },
  lines: [LINE], subtotal: 558, discount: 58, taxes: [{ rate: '0.2', base: 500, amount: 100, category: 'S', name: 'TVA', inclusive: false, wording: null }], taxName: 'TVA', total: 600, creditsApplied: 100,
  amountDue: 500, note: 'A & B', clearance: null,
}

test('an invoice fulfils the rules and keeps every character', () => {
  const document = parse(ublOf(SNAPSHOT))
  expect(ruleFaults(document)).toEqual([])
  expect(text(document, 'InvoiceLine/Item/Name')).toBe('vCPU <fast> & "cheap"')
  expect(text(document, 'AccountingCustomerParty/Party/PartyName/Name')).toBe('شركة الأمل')
  expect(all(document, 'InvoiceLine/InvoicedQuantity')[0]).toMatchObject({ text: '744', attributes: { unitCode: 'C62' } })
  expect(all(document, 'LegalMonetaryTotal/PayableAmount')[0]).toMatchObject({ text: '5.00', attributes: { currencyID: 'EUR' } })
})

test('a credit note is a document of its own kind that names its invoice', () => {
  const document = parse(ublOf({ ...SNAPSHOT, kind: 'credit_note', number: 'SWG-CN-2026-000001', creditsApplied: 0, amountDue: 600, reference: { number: 'SWG-2026-000001', issuedOn: '2026-11-01' } }))
  expect(document.name).toBe('CreditNote')
  expect(ruleFaults(document)).toEqual([])
  expect([text(document, 'CreditNoteTypeCode'), text(document, 'BillingReference/InvoiceDocumentReference/ID')]).toEqual(['381', 'SWG-2026-000001'])
})

test('reverse charge says why no tax is there', () => {
  const taxes = [{ rate: '0', base: 500, amount: 0, category: 'AE', name: 'VAT', inclusive: false, wording: 'Reverse charge' }]
  const document = parse(ublOf({ ...SNAPSHOT, lines: [{ ...LINE, taxRate: '0', taxCategory: 'AE' }], taxes, total: 500, creditsApplied: 0, amountDue: 500 }))
  expect(ruleFaults(document)).toEqual([])
  expect(text(document, 'TaxTotal/TaxSubtotal/TaxCategory/TaxExemptionReason')).toBe('Reverse charge')
})

test('characters no XML may hold are left out', () => {
  expect(text(parse(ublOf({ ...SNAPSHOT, note: 'a\u0000b\ud800c' })), 'Note')).toBe('abc')
})

const AMOUNTS = fc.array(fc.record({ amount: fc.bigInt(-100_000n, 1_000_000n), discount: fc.bigInt(0n, 50n), rate: fc.constantFrom('0', '0.075', '0.2'), inclusive: fc.boolean() }), { minLength: 1, maxLength: 10 })

test('whatever the lines: the sums of the document agree', () => {
  fc.assert(fc.property(AMOUNTS, (input) => {
    const { lines, groups } = applyTax(input.map(({ amount, discount, rate, inclusive }) => ({ amount, discount, tax: { category: rate === '0' ? 'Z' as const : 'S' as const, rate, name: 'VAT', inclusive, wording: null } })))
    const [net, tax] = [lines.reduce((sum, line) => sum + line.net, 0n), groups.reduce((sum, group) => sum + group.amount, 0n)]
    const document = parse(ublOf({
      ...SNAPSHOT, creditsApplied: 0, total: Number(net + tax), amountDue: Number(net + tax), taxes: groups.map((group) => ({ ...group,
        base: Number(group.base), amount: Number(group.amount) })),
      lines: lines.map((line) => ({ ...LINE, unitAmount: null, amount: Number(line.amount), discount: Number(line.discount), taxRate: line.tax.rate,
        taxCategory: line.tax.category })),
    }))
    expect(ruleFaults(document)).toEqual([])
  }), { numRuns: 200 })
})
