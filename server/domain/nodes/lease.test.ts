import { expect, test } from 'vitest'
import { heartbeatPlan, leaseSeconds } from './lease.ts'
import { NonceCache } from './nonce.ts'

test('few nodes report every 10 to 15 seconds and are missed after 40', () => {
  expect(heartbeatPlan(3, () => 0)).toEqual({ next_heartbeat_s: 10, lease_ttl_s: 40 })
  expect(heartbeatPlan(3, () => 0.999).next_heartbeat_s).toBe(15)
})

test('many nodes are asked to slow down, and their leases grow with it', () => {
  expect(heartbeatPlan(20_000, () => 0)).toEqual({ next_heartbeat_s: 40, lease_ttl_s: 120 })
  expect(leaseSeconds(20_000)).toBe(120)
})

test('a nonce counts once for at least its window, and the memory is bounded', () => {
  const cache = new NonceCache(1_000, 100, 0)
  expect([cache.take('a', 0), cache.take('a', 1), cache.take('a', 1_500), cache.take('b', 1_600)]).toEqual([true, false, false, true])
  for (let i = 0; i < 10_000; i += 1) cache.take(`n${i}`, 1_700)
  expect(cache.size).toBeLessThanOrEqual(200)
})
