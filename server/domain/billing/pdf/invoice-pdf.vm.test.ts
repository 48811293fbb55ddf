import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { renderInvoicePdf } from './invoice-pdf.ts'

const isMissing = (tool: string): boolean => spawnSync(tool, ['-v']).error !== undefined
const NO_POPPLER = 'poppler-utils is not installed'

test('an independent reader finds one page, the number and the amount', async ({ skip }) => {
  skip(isMissing('pdftotext'), NO_POPPLER)
  const bytes = await renderInvoicePdf({
    kind: 'invoice', number: 'A-1', currency: 'USD', issuedOn: '2026-11-01', dueOn: null, periodStart: '2026-10-01', periodEnd: '2026-11-01',
    brand: { name: 'B', color: '#112233' }, seller: { name: 'Seller', address: [], email: null, taxId: null }, buyer: { name: 'Buyer', address: [], email: null, taxId: null },
    lines: [], subtotal: 0, discount: 0, taxes: [], taxName: 'VAT', total: 0, creditsApplied: 0, amountDue: 123456, note: null, clearance: null,
  })
  const read = spawnSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8' })
  expect(read.stderr).toBe('')
  expect(read.stdout).toContain('USD 1,234.56')
  expect(read.stdout).toContain('A-1')
  expect(read.stdout.split('\f')).toHaveLength(2)
})

test('every font is embedded, with the outlines of what it draws', async ({ skip }) => {
  skip(isMissing('pdffonts'), NO_POPPLER)
  const snapshot = {
    kind: 'invoice', number: 'A-1', currency: 'USD', issuedOn: '2026-11-01', dueOn: null, periodStart: '2026-10-01', periodEnd: '2026-11-01',
    brand: { name: 'B', color: '#112233' }, seller: { name: 'Seller', address: [], email: null, taxId: null }, lines: [], subtotal: 0, discount: 0, taxes: [], taxName: 'VAT',
    total: 0, creditsApplied: 0, amountDue: 0, note: null, clearance: null,
  } as const
  const withName = (name: string) => renderInvoicePdf({ ...snapshot, buyer: { name, address: [], email: null, taxId: null } })
  const [plain, mixed] = [await withName('Buyer'), await withName('شركة 上海 שלום')]
  const listed = spawnSync('pdffonts', ['-'], { input: mixed, encoding: 'utf8' }).stdout.split('\n').slice(2).filter((line) => line !== '')
  expect(listed.length).toBeGreaterThanOrEqual(4)
  for (const line of listed) expect(line).toMatch(/\byes\s+yes\s+yes\b/)
  expect(mixed.length - plain.length).toBeGreaterThan(6_000) // fonts without outlines are some hundred bytes
})
