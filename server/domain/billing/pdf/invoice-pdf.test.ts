import { createHash } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { renderInvoicePdf } from './invoice-pdf.ts'
import { pdfText } from './pdf-text.ts'
import type { InvoiceSnapshot, SnapshotLine } from './snapshot.ts'

// Rendering and sockets share two cores with everything else.
vi.setConfig({ testTimeout: 30_000 })

const LINE: SnapshotLine = {
  description: 'vCPU', quantity: '744.123456', unit: 'vCPU hours', unitAmount: '0.0075', amount: 558, taxRate: '0.075', periodStart: '2026-10-01', periodEnd: '2026-11-01',
}
const SNAPSHOT: InvoiceSnapshot = {
  kind: 'invoice', number: 'ACME-2026-000042', currency: 'NGN', issuedOn: '2026-11-01', dueOn: '2026-11-15', periodStart: '2026-10-01', periodEnd: '2026-11-01',
  brand: { name: 'Lagos Cloud', color: '#0a7d4b' },
  seller: { name: 'Lagos Cloud Ltd', address: ['14 Adeola Odeku Street', 'Lagos'], email: 'billing@lagos.example', taxId: '01234567-0001' },
  buyer: { name: 'Zażółć Đặng ₦ Ωμέγα Привет', address: ['1 Main Street'], email: null, taxId: null },
  lines: [LINE], subtotal: 123456789, discount: 456789, taxes: [{ rate: '0.075', base: 123000000, amount: 9225000 }], taxName: 'VAT',
  total: 132225000, creditsApplied: 225000, amountDue: 132000000, note: 'Thank you.', clearance: null,
}
const text = async (change: Partial<InvoiceSnapshot> = {}) => pdfText(await renderInvoicePdf({ ...SNAPSHOT, ...change }))

test('the document says who, what, when and how much', async () => {
  const words = await text()
  for (const part of ['Invoice', 'ACME-2026-000042', 'Lagos Cloud Ltd', 'Tax ID 01234567-0001', '1 November 2026', '15 November 2026', '1 October 2026 – 31 October 2026',
    '744.1235', 'vCPU hours', '0.0075', '5.58', '1,234,567.89', '−4,567.89', 'VAT 7.5 % on 1,230,000.00', '92,250.00', '1,322,250.00', '−2,250.00', 'NGN 1,320,000.00', 'Thank you.']) {
    expect(words).toContain(part)
  }
})

test('names keep their letters in every script the fonts carry', async () => { expect(await text()).toContain('Zażółć Đặng ₦ Ωμέγα Привет') })

test('the same snapshot gives the same bytes, another snapshot others', async () => {
  const sha = async (change: Partial<InvoiceSnapshot> = {}) => createHash('sha256').update(await renderInvoicePdf({ ...SNAPSHOT, ...change })).digest('hex')
  expect(await sha()).toBe(await sha())
  expect(await sha({ number: 'ACME-2026-000043' })).not.toBe(await sha())
})

test('a long invoice repeats its head and counts its pages', async () => {
  const words = await text({ lines: Array.from({ length: 60 }, () => LINE) })
  expect(words).toContain('Page 1 of 4')
  expect(words).toContain('Page 4 of 4')
  expect(words.split('Unit price')).toHaveLength(5)
})

test('only the names of the snapshot appear, as for a reseller', async () => {
  const bytes = (await renderInvoicePdf(SNAPSHOT)).toString('latin1')
  expect(bytes).not.toMatch(/shellwego|pdfkit/i)
})

test('a credit note and a pro forma say what they are', async () => {
  expect(await text({ kind: 'credit_note' })).toContain('Credit note')
  expect(await text({ kind: 'pro_forma' })).toContain('Pro forma invoice')
})

test.each(['url(javascript:1)', 'red', ''])('the colour %j becomes plain ink', async (color) => {
  const withColor = (value: string) => renderInvoicePdf({ ...SNAPSHOT, brand: { name: 'X', color: value } })
  expect(await withColor(color)).toEqual(await withColor('#17181c'))
})

test('a currency without minor units is written without decimals', async () => {
  expect(await text({ currency: 'JPY', amountDue: 20900 })).toContain('JPY 20,900')
})
