import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freeAddress, MAX_NETWORK_INDEX, networkOf } from './address.ts'

const index = fc.integer({ min: 0, max: MAX_NETWORK_INDEX })

test('addresses given out one after the other are unique, in the organization\'s /24, and never its ends or its gateway', () => {
  fc.assert(fc.property(index, fc.nat(1000), (networkIndex, start) => {
    const used = new Set<string>()
    for (let i = 0; i < 253; i++) {
      const address = freeAddress(networkIndex, used, start + i * 7)
      const [a, b, c, d] = (address ?? '').split('.').map(Number)
      expect([a, (((b ?? 0) - 64) << 8) + (c ?? 0)]).toEqual([10, networkIndex])
      expect(d).toBeGreaterThanOrEqual(2)
      expect(d).toBeLessThanOrEqual(254)
      expect(used.has(address ?? '')).toBe(false)
      used.add(address ?? '')
    }
    expect(freeAddress(networkIndex, used, start)).toBeNull()
  }), { numRuns: 20 })
})

test('networks of two organizations share no address and stay inside 10.64.0.0/10', () => {
  fc.assert(fc.property(index, index, fc.nat(252), (a, b, start) => {
    const address = freeAddress(a, new Set(), start)
    if (a !== b) expect(freeAddress(b, new Set(), start)).not.toBe(address)
    const second = Number(address?.split('.')[1])
    expect(second).toBeGreaterThanOrEqual(64)
    expect(second).toBeLessThanOrEqual(127)
  }))
})

test.each([-1, MAX_NETWORK_INDEX + 1, 1.5])('a network index of %d is refused', (bad) => {
  expect(() => freeAddress(bad, new Set(), 0)).toThrow('outside the pool')
})

test('the network card\'s address follows the IP address', () => {
  expect(networkOf('org_abc', 1, '10.64.1.254')).toEqual({ id: 'net_abc', address: '10.64.1.254/24', gateway: '10.64.1.1', mac: '02:50:0a:40:01:fe' })
})
