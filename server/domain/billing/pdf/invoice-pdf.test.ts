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

const reversed = (text: string): string => [...text].reverse().join('')
/** Glyphs of a run come out in the order they stand, one piece per run. */
const letters = async (name: string): Promise<string> => (await text({ buyer: { ...SNAPSHOT.buyer, name } })).replaceAll('\n', '')

test('names in Hebrew and Arabic stand from right to left, with every letter', async () => {
  expect(await letters('חברת שלום')).toContain(`${reversed('שלום')}${reversed('חברת')}`)
  const arabic = await letters('شركة الأمل')
  for (const letter of 'شركةالأمل') expect(arabic).toContain(letter)
  expect(await letters('Acme שלום Ltd')).toContain(`Acme${reversed('שלום')}Ltd`)
})

test('names in Chinese, Japanese and Korean keep every character', async () => {
  expect(await letters('上海云计算有限公司')).toContain('上海云计算有限公司')
  expect(await letters('株式会社さくらクラウド')).toContain('株式会社さくらクラウド')
  expect(await letters('주식회사 구름')).toContain('주식회사구름')
})

test('the same bytes for every script', async () => {
  const sha = async () => createHash('sha256').update(await renderInvoicePdf({ ...SNAPSHOT, buyer: { ...SNAPSHOT.buyer, name: 'شركة 上海 שלום' } })).digest('hex')
  expect(await sha()).toBe(await sha())
})

test('the document speaks the customer\'s language, dates and figures too', async () => {
  const words = await text({ locale: 'fr' })
  for (const part of ['Facture', 'Destinataire', '1 novembre 2026', '1\u00a0322\u00a0250,00', 'Montant dû']) expect(words).toContain(part)
  expect(await text({ locale: 'sw' })).toContain('Ankara')
})

test('an open invoice carries its code to pay by, a credit note the number of its invoice', async () => {
  expect(await text({ payUrl: 'https://console.example.com/acme/billing/invoices/inv_1' })).toContain('Scan to pay')
  expect(await text({ payUrl: 'https://x', amountDue: 0 })).not.toContain('Scan to pay')
  expect(await text({ kind: 'credit_note', reference: { number: 'ACME-2026-000041', issuedOn: '2026-10-01' } })).toContain('ACME-2026-000041, 1 October')
  expect(await text({ clearance: { irn: 'IRN-1', csid: 'CSID-1', qr: 'https://verify' } })).toContain('CSID-1')
  expect(await text({ taxes: [{ rate: '0', base: 100, amount: 0, wording: 'Reverse charge: you pay.' }] })).toContain('Reverse charge: you pay.')
})
