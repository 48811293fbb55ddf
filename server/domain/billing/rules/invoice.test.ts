import { expect, test } from 'vitest'
import type { InvoiceInput, PriceList } from './invoice.ts'
import { buildInvoice } from './invoice.ts'

const PERIOD = { start: '2024-03-01', end: '2024-04-01' }
const LIST: PriceList = {
  currency: 'USD', taxRate: '0.075',
  recurring: [{ id: 'price_base', name: 'Starter plan', price: { model: 'flat', unit_amount: '5.00' } }],
  meters: [
    { meter: 'vcpu_seconds', name: 'vCPU', unit: 'vCPU hour', meterUnits: '3600', price: { model: 'per_unit', unit_amount: '0.0075' } },
    { meter: 'memory_mib_seconds', name: 'Memory', unit: 'GiB hour', meterUnits: '3686400', price: { model: 'per_unit', unit_amount: '0.0035' } },
  ],
}
const build = (usage: Record<string, { quantity: string; alreadyBilled?: string }>, change: Partial<InvoiceInput> = {}) =>
  buildInvoice({ priceList: LIST, period: PERIOD, usage: new Map(Object.entries(usage)), ...change })

test('a month of one vCPU and 512 MiB is rated line by line and taxed once', () => {
  const seconds = 31 * 86400
  const invoice = build({ vcpu_seconds: { quantity: String(seconds) }, memory_mib_seconds: { quantity: String(seconds * 512) } })
  expect(invoice.lines.map((line) => [line.description, line.quantity, line.unit, line.amount])).toEqual([
    ['Starter plan', '1', 'period', 500n], ['vCPU', '744', 'vCPU hour', 558n], ['Memory', '372', 'GiB hour', 130n]])
  expect([invoice.subtotal, invoice.tax, invoice.total, invoice.amountDue]).toEqual([1188n, 89n, 1277n, 1277n])
})

test('a quantity that no decimal can hold is still rated exactly', () => {
  const third = buildInvoice({ priceList: { ...LIST, recurring: [], meters: [{ ...LIST.meters[0], meter: 'm', name: 'M', unit: 'u', meterUnits: '3', price: { model: 'per_unit', unit_amount: '0.03' } }] },
    period: PERIOD, usage: new Map([['m', { quantity: '0.5' }]]) })
  expect(third.lines.map((line) => [line.quantity, line.amount])).toEqual([['0.166666666667', 1n]])
})

test('a minimum appears as a line of its own', () => {
  const invoice = build({ m: { quantity: '3' } }, { priceList: { ...LIST, recurring: [],
    meters: [{ meter: 'm', name: 'Calls', unit: 'call', meterUnits: '1', price: { model: 'per_unit', unit_amount: '10', minimum: '100' } }] } })
  expect(invoice.lines.map((line) => [line.kind, line.amount])).toEqual([['usage', 3000n], ['true_up', 7000n]])
})

test('late usage of a closed period becomes a correction of the difference only', () => {
  const invoice = build({ vcpu_seconds: { quantity: '7200000', alreadyBilled: '3600000' } }, { priceList: { ...LIST, recurring: [] } })
  expect(invoice.lines.map((line) => [line.kind, line.amount])).toEqual([['correction', 750n]])
  expect(build({ vcpu_seconds: { quantity: '1', alreadyBilled: '1' } }, { priceList: { ...LIST, recurring: [] } }).lines).toEqual([])
})

test('nothing used and nothing recurring makes an empty invoice of 0', () => {
  expect(build({}, { priceList: { ...LIST, recurring: [] } })).toMatchObject({ lines: [], total: 0n })
})

test('a recurring price counts its days of use', () => {
  const recurring = [{ id: 'p', name: 'Plan', price: { model: 'flat' as const, unit_amount: '10.00' }, use: { from: '2024-03-05', to: '2024-04-01' } }]
  const [line] = build({}, { priceList: { ...LIST, recurring } }).lines
  expect(line).toMatchObject({ amount: 871n, quantity: '0.870968', periodStart: '2024-03-05', periodEnd: '2024-04-01' })
})

test('coupons and credits lower the amount due', () => {
  const invoice = build({}, { coupons: [{ type: 'percent', value: '50' }], credits: 100n })
  expect(invoice).toMatchObject({ subtotal: 500n, discount: 250n, tax: 19n, total: 269n, creditsApplied: 100n, amountDue: 169n })
})
