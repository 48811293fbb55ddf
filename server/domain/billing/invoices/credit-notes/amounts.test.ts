import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyTax } from '../../taxes/apply-tax.ts'
import type { TaxTreatment } from '../../taxes/tax-for.ts'
import { creditAmounts, creditFaults, remainingOf, type CreditableInvoice } from './amounts.ts'

const treatment = (rate: string): TaxTreatment => ({ category: 'S', rate, name: 'VAT', inclusive: false, wording: null })
const invoiceOf = (input: readonly { amount: bigint; rate: string }[]): CreditableInvoice => {
  const { lines, groups } = applyTax(input.map(({ amount, rate }) => ({ amount, discount: 0n, tax: treatment(rate) })))
  return {
    lines: lines.map((line, index) => ({ description: String(index), net: line.net, taxRate: line.tax.rate, taxCategory: 'S' })),
    taxes: groups.map((group) => ({ ...group, base: Number(group.base), amount: Number(group.amount) })),
  }
}
const LINE = fc.record({ amount: fc.bigInt(1n, 1_000_000n), rate: fc.constantFrom('0', '0.075', '0.16', '0.2') })

test('whatever the parts and their order: together they give back every line and the tax to the minor unit', () => {
  fc.assert(fc.property(fc.array(LINE, { minLength: 1, maxLength: 8 }), fc.array(fc.tuple(fc.nat(7), fc.integer({ min: 1, max: 100 })),
    { maxLength: 12 }), (input, cuts) => {
    const invoice = invoiceOf(input)
    const credited = new Map<number, bigint>()
    let [net, tax] = [0n, 0n]
    const take = (wanted: { line: number; amount?: bigint }[] | null): void => {
      const note = creditAmounts(invoice, credited, wanted)
      net += note.net
      tax += note.tax
      for (const line of note.lines) credited.set(line.line, (credited.get(line.line) ?? 0n) + line.net)
    }
    for (const [at, percent] of cuts) {
      const line = 1 + at % invoice.lines.length
      const left = remainingOf(invoice, credited)[line - 1] ?? 0n
      const amount = left * BigInt(percent) / 100n
      if (amount > 0n) take([{ line, amount }])
    }
    take(null)
    expect(net).toBe(invoice.lines.reduce((sum, line) => sum + line.net, 0n))
    expect(tax).toBe(invoice.taxes.reduce((sum, group) => sum + BigInt(group.amount), 0n))
    expect(creditAmounts(invoice, credited, null)).toMatchObject({ net: 0n, tax: 0n, lines: [] })
  }))
})

test('what is not there cannot be credited', () => {
  const invoice = invoiceOf([{ amount: 100n, rate: '0.2' }, { amount: -30n, rate: '0.2' }])
  const codes = (...wanted: { line: number; amount?: bigint }[]) => creditFaults(invoice, new Map([[1, 40n]]), wanted).map((fault) => fault.code)
  expect(codes({ line: 3 })).toEqual(['unknown_line'])
  expect(codes({ line: 1, amount: 61n })).toEqual(['exceeds_line'])
  expect(codes({ line: 1, amount: 0n })).toEqual(['exceeds_line'])
  expect(codes({ line: 1, amount: -1n })).toEqual(['exceeds_line'])
  expect(codes({ line: 1 }, { line: 1 })).toEqual(['duplicate_line'])
  expect(codes({ line: 2, amount: -30n })).toEqual([])
  expect(creditFaults(invoice, new Map([[1, 100n]]), [{ line: 1 }]).map((fault) => fault.code)).toEqual(['nothing_left'])
})

test('a note of part of a line carries the tax of that part', () => {
  const invoice = invoiceOf([{ amount: 333n, rate: '0.075' }])
  expect(creditAmounts(invoice, new Map(), [{ line: 1, amount: 100n }])).toMatchObject({ net: 100n, tax: 8n, total: 108n })
  expect(creditAmounts(invoice, new Map([[1, 100n]]), null)).toMatchObject({ net: 233n, tax: 17n, total: 250n })
})
