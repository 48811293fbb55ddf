import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CreditGrant } from './credits.ts'
import { breakage, burnOrder, spendCredits } from './credits.ts'

const NOW = new Date('2024-06-15T00:00:00Z')
const grant = (id: string, change: Partial<CreditGrant> = {}): CreditGrant =>
  ({ id, kind: 'paid', priority: 10, remaining: 100n, createdAt: new Date('2024-01-01'), expiresAt: null, ...change })

test('lower priority number first, then earlier expiry, then earlier creation', () => {
  const grants = [
    grant('never'), grant('old', { createdAt: new Date('2023-01-01') }), grant('expiring', { expiresAt: new Date('2024-07-01') }),
    grant('first', { priority: 1, expiresAt: new Date('2025-01-01') }),
  ]
  expect(burnOrder(grants).map((entry) => entry.id)).toEqual(['first', 'expiring', 'old', 'never'])
})

test('a grant is worth nothing from its expiry on and becomes breakage', () => {
  const expired = grant('x', { expiresAt: NOW, kind: 'promotional' })
  expect(spendCredits([expired], 10n, NOW)).toEqual({ uses: [], uncovered: 10n })
  expect(breakage([expired, grant('y')], NOW)).toEqual([{ grantId: 'x', kind: 'promotional', amount: 100n }])
})

test('spending never goes below zero, covers what it can, and does not depend on the order given', () => {
  const one = fc.record({ priority: fc.nat(3), remaining: fc.bigInt({ min: 0n, max: 500n }), expires: fc.option(fc.nat(4)), created: fc.nat(3) })
  const grants = fc.array(one, { maxLength: 8 })
    .map((list) => list.map((entry, index) => grant(`g${index}`, {
      priority: entry.priority, remaining: entry.remaining, createdAt: new Date(entry.created * 1000),
      expiresAt: entry.expires === null ? null : new Date(NOW.getTime() + (entry.expires - 1) * 1000),
    })))
  fc.assert(fc.property(grants, fc.bigInt({ min: 0n, max: 2000n }), (list, wanted) => {
    const { uses, uncovered } = spendCredits(list, wanted, NOW)
    const used = uses.reduce((sum, use) => sum + use.amount, 0n)
    const usable = list.filter((entry) => entry.expiresAt === null || entry.expiresAt > NOW).reduce((sum, entry) => sum + entry.remaining, 0n)
    expect(used + uncovered).toBe(wanted)
    expect(used).toBe(wanted < usable ? wanted : usable)
    for (const use of uses) expect(use.amount > 0n && use.amount <= (list.find((entry) => entry.id === use.grantId)?.remaining ?? 0n)).toBe(true)
    expect(spendCredits([...list].reverse(), wanted, NOW)).toEqual({ uses, uncovered })
  }))
})
