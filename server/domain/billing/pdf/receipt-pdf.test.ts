import { expect, test, vi } from 'vitest'
import { pdfText } from './pdf-text.ts'
import { renderReceiptPdf, type ReceiptDocument } from './receipt-pdf.ts'

// Rendering and sockets share two cores with everything else.
vi.setConfig({ testTimeout: 30_000 })

const party = (name: string) => ({ name, address: ['1 Main Street', 'Lagos'], email: null, taxId: '0123-0001' })
const RECEIPT: ReceiptDocument = {
  number: 'pay_0abc', paidOn: '2026-11-03', amount: 132_000_00, refunded: 0, currency: 'NGN', method: 'Paystack, Visa ending in 4081', reference: 'T-77', invoiceNumber: 'LAG-2026-000042',
  locale: 'en', brand: { name: 'Lagos Cloud', color: '#0a7d4b' }, seller: party('Lagos Cloud Ltd'), buyer: party('Ada 株式会社'),
}
const words = async (change: Partial<ReceiptDocument> = {}) => pdfText(await renderReceiptPdf({ ...RECEIPT, ...change }))

test('the receipt says who paid whom, how much, when, how and for what', async () => {
  const text = await words()
  for (const part of ['Receipt', 'pay_0abc', 'Lagos Cloud Ltd', 'Tax ID 0123-0001', 'NGN 132,000.00', '3 November 2026', 'Paystack, Visa ending in 4081', 'T-77', 'LAG-2026-000042']) expect(text).toContain(part)
  expect(text).not.toContain('Paid back since')
})

test('what was paid back since is named', async () => { expect(await words({ refunded: 500 })).toContain('NGN 5.00') })

test('it speaks the language of the invoice', async () => {
  const text = await words({ locale: 'fr' })
  for (const part of ['Reçu', '3 novembre 2026', 'Pour la facture', '132\u00a0000,00']) expect(text).toContain(part)
})

test('the same payment gives the same bytes, and no name but the brand\'s', async () => {
  const bytes = await renderReceiptPdf(RECEIPT)
  expect(await renderReceiptPdf(RECEIPT)).toEqual(bytes)
  expect(bytes.toString('latin1')).not.toMatch(/shellwego|pdfkit/i)
})
