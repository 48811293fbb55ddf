/** What a credit note takes back of an invoice, to the minor unit: pure. Notes that together cover the invoice give back its tax exactly. */
import type { SnapshotTax } from '../../pdf/snapshot.ts'
import { roundHalfAwayFromZero } from '../../rules/rational.ts'

export interface CreditableLine { description: string; net: bigint; taxRate: string; taxCategory: string | undefined }
export interface CreditableInvoice { lines: readonly CreditableLine[]; taxes: readonly SnapshotTax[] }
/** `line` counts from 1; without `amount` the rest of the line. */
export interface WantedCredit { line: number; amount?: bigint | undefined }
export interface CreditedLine { line: number; net: bigint; remaining: bigint }
export interface CreditedTax { group: SnapshotTax; base: bigint; amount: bigint }
export interface CreditAmounts { lines: CreditedLine[]; taxes: CreditedTax[]; net: bigint; tax: bigint; total: bigint }
export type CreditFault = { index: number; field: 'line' | 'amount'; code: string; message: string }

const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n)
const groupKey = (rate: string, category: string | undefined): string => `${category ?? ''} ${rate}`

export const remainingOf = ({ lines }: CreditableInvoice, credited: ReadonlyMap<number, bigint>): bigint[] =>
  lines.map((line, index) => line.net - (credited.get(index + 1) ?? 0n))

export const creditFaults = (invoice: CreditableInvoice, credited: ReadonlyMap<number, bigint>, wanted: readonly WantedCredit[]): CreditFault[] => {
  const remaining = remainingOf(invoice, credited)
  return wanted.flatMap(({ line, amount }, index): CreditFault[] => {
    const left = remaining[line - 1]
    if (left === undefined) return [{ index, field: 'line', code: 'unknown_line', message: `The invoice has ${invoice.lines.length} lines.` }]
    if (wanted.findIndex((other) => other.line === line) < index) return [{ index, field: 'line', code: 'duplicate_line', message: 'Name each line once.' }]
    if (left === 0n) return [{ index, field: 'line', code: 'nothing_left', message: 'This line was credited already.' }]
    if (amount === undefined) return []
    const fits = left > 0n ? amount > 0n && amount <= left : amount < 0n && amount >= left
    return fits ? [] : [{ index, field: 'amount', code: 'exceeds_line', message: `Of this line ${left} minor units are left.` }]
  })
}

/** Tax of a part: the group's tax in proportion, rounded on the running sum, so that the last note takes what is left of it. */
const taxUpTo = ({ base, amount }: SnapshotTax, credited: bigint): bigint => {
  if (credited === BigInt(base)) return BigInt(amount)
  if (base === 0) return 0n
  return roundHalfAwayFromZero(base < 0 ? { n: -BigInt(amount) * credited, d: BigInt(-base) } : { n: BigInt(amount) * credited, d: BigInt(base) })
}

/** `credited`: net taken back before, by line. `wanted` null: everything that is left. The caller has asked {@link creditFaults}. */
export const creditAmounts = (invoice: CreditableInvoice, credited: ReadonlyMap<number, bigint>, wanted: readonly WantedCredit[] | null): CreditAmounts => {
  const remaining = remainingOf(invoice, credited)
  const asked = wanted ?? remaining.map((_, index): WantedCredit => ({ line: index + 1 }))
  const lines = asked.map(({ line, amount }): CreditedLine => ({ line, net: amount ?? remaining[line - 1] ?? 0n,
    remaining: remaining[line - 1] ?? 0n })).filter(({ net }) => net !== 0n)
  const taxes = invoice.taxes.map((group): CreditedTax => {
    const own = invoice.lines.flatMap((line, index) => (groupKey(line.taxRate, line.taxCategory) === groupKey(group.rate, group.category) ? [index + 1] : []))
    const before = sum(own.map((line) => credited.get(line) ?? 0n))
    const base = sum(lines.filter(({ line }) => own.includes(line)).map(({ net }) => net))
    return { group, base, amount: taxUpTo(group, before + base) - taxUpTo(group, before) }
  }).filter(({ base, amount }) => base !== 0n || amount !== 0n)
  const [net, tax] = [sum(lines.map((line) => line.net)), sum(taxes.map((group) => group.amount))]
  return { lines, taxes, net, tax, total: net + tax }
}
