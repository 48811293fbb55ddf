import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allocate } from './allocate.ts'

test('5 cents over three equal lines are 2 2 1', () => { expect(allocate(5n, [7n, 7n, 7n])).toEqual([2n, 2n, 1n]) })

test('the largest remainder takes the extra unit even when it comes later', () => { expect(allocate(10n, [1n, 5n])).toEqual([2n, 8n]) })

test('parts add up, keep within one unit of their share, and an equal weight never gets more by coming later', () => {
  const anyWeights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 20 })
  fc.assert(fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), anyWeights, (total, weights) => {
    const sum = weights.reduce((a, b) => a + b, 0n)
    fc.pre(sum > 0n)
    const parts = allocate(total, weights)
    expect(parts.reduce((a, b) => a + b, 0n)).toBe(total)
    parts.forEach((part, index) => {
      const off = part * sum - total * (weights[index] ?? 0n)
      expect(off < sum && off > -sum).toBe(true)
      const magnitude = (value: bigint | undefined) => ((value ?? 0n) < 0n ? -(value ?? 0n) : (value ?? 0n))
      if (index > 0 && weights[index] === weights[index - 1]) expect(magnitude(part) <= magnitude(parts[index - 1])).toBe(true)
    })
  }))
})

test('a sum no greater than the weights never takes more than a weight', () => {
  fc.assert(fc.property(fc.array(fc.bigInt({ min: 0n, max: 1000n }), { minLength: 1 }), fc.nat(100), (weights, percent) => {
    const sum = weights.reduce((a, b) => a + b, 0n)
    fc.pre(sum > 0n)
    allocate((sum * BigInt(percent)) / 100n, weights).forEach((part, index) => { expect(part <= (weights[index] ?? 0n)).toBe(true) })
  }))
})

test('nothing to allocate over is refused', () => { expect(() => allocate(1n, [0n, 0n])).toThrow(RangeError) })
