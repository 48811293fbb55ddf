import fc from 'fast-check'
import { expect, test } from 'vitest'
import { QUOTA_NAMES, quotaAmount, quotasOfPlan, type Quotas } from '../../contract/quota.ts'
import { excessOf, limitsOf, toQuotaStates } from './limits.ts'

const amounts = fc.record(Object.fromEntries(QUOTA_NAMES.map((name) => [name, fc.nat(5)]))) as fc.Arbitrary<Quotas>

test('a change is refused exactly for what it made grow beyond its limit', () => {
  fc.assert(fc.property(amounts, amounts, amounts, (before, after, limits) => {
    const refused = new Set(excessOf(before, after, limits).map((one) => one.name))
    for (const name of QUOTA_NAMES) expect(refused.has(name)).toBe(after[name] > limits[name] && after[name] > before[name])
  }))
})

test('a lowered limit does not stand in the way of shrinking or of other changes', () => {
  const limits = { ...quotasOfPlan('starter'), apps: 1 }
  expect(excessOf({ ...limits, apps: 5 }, { ...limits, apps: 4 }, limits)).toEqual([])
  expect(excessOf({ ...limits, apps: 5 }, { ...limits, apps: 5 }, limits)).toEqual([])
})

test('what the operator set replaces the plan\'s limit, zero included, and null does not', () => {
  const limits = limitsOf('starter', { apps: 0, members: null })
  expect(limits.limits).toEqual({ ...quotasOfPlan('starter'), apps: 0 })
  const states = toQuotaStates(limits, quotasOfPlan('starter'))
  expect(states.filter((s) => s.source === 'operator').map((s) => s.name)).toEqual(['apps'])
})

test('amounts of memory and disk are told in GiB', () => {
  expect([quotaAmount('memory_mib', 1536), quotaAmount('disk_mib', 64), quotaAmount('apps', 1000)]).toEqual(['1.5 GiB', '64 MiB', '1,000'])
})
