import { renderInvoicePdf } from '../../server/domain/billing/pdf/invoice-pdf.ts'
import type { InvoiceSnapshot } from '../../server/domain/billing/pdf/snapshot.ts'
import { quantile, type Figure } from './report.ts'

const RUNS = 60

const invoice = (lines: number, name: string): InvoiceSnapshot => ({
  kind: 'invoice', number: 'SWG-2026-000001', currency: 'USD', issuedOn: '2026-11-01', dueOn: '2026-11-15', periodStart: '2026-10-01', periodEnd: '2026-11-01',
  brand: { name: 'Bench', color: '#112233' }, seller: { name: 'Bench Ltd', address: ['1 Main Street', 'Lagos', 'NG'], email: 'a@example.com', taxId: '1' },
  buyer: { name, address: ['2 Side Street', 'NG'], email: 'b@example.com', taxId: null },
  lines: Array.from({ length: lines }, (_, index) => ({
    description: `Line ${index}`, quantity: '744.5', unit: 'vCPU hour', unitAmount: '0.0036', amount: 268, taxRate: '0.075', periodStart: '2026-10-01', periodEnd: '2026-11-01',
  })),
  subtotal: 268 * lines, discount: 0, taxes: [{ rate: '0.075', base: 268 * lines, amount: 20 * lines }], taxName: 'VAT', total: 288 * lines, creditsApplied: 0, amountDue: 288 * lines,
  note: null, payUrl: 'https://console.example.com/acme/billing/invoices/inv_1', clearance: null,
})

const measure = async (what: string, snapshot: InvoiceSnapshot): Promise<Figure[]> => {
  await renderInvoicePdf(snapshot)
  const times: number[] = []
  const begun = performance.now()
  for (let run = 0; run < RUNS; run += 1) {
    const at = performance.now()
    await renderInvoicePdf(snapshot)
    times.push(performance.now() - at)
  }
  return [
    { what: `${what}, one process`, value: RUNS / ((performance.now() - begun) / 1000), unit: 'invoices/s' },
    { what: `${what}, p95`, value: quantile(times, 0.95), unit: 'ms' },
  ]
}

/** Snapshot to PDF, fonts embedded and subset, as the console and mails ask for it. */
export const measurePdf = async (): Promise<Figure[]> => [
  ...await measure('5 lines', invoice(5, 'Acme Ltd')),
  ...await measure('60 lines on 3 pages', invoice(60, 'Acme Ltd')),
  ...await measure('5 lines, Arabic and Chinese name', invoice(5, 'شركة الأمل 上海云计算')),
]
