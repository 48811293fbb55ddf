import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SHARE_PLACES } from '../../../../server/contract/canary.ts'
import { divide } from './places.ts'

const address = fc.integer({ min: 1, max: 60 }).map((n) => `10.0.0.${n}`)
const addresses = fc.uniqueArray(address, { minLength: 1, maxLength: 20 })

test('a share is kept to within one place, divided evenly among those who have it, and nobody is left without a place where there is room', () => {
  fc.assert(fc.property(addresses, fc.nat(20), fc.integer({ min: 1, max: 99 }), (all, count, percent) => {
    const [some, rest] = [all.slice(0, count), all.slice(count)]
    const divided = divide(all, { addresses: some, percent })
    if (some.length === 0 || rest.length === 0) {
      expect(divided).toEqual({ all: all.toSorted() })
      return
    }
    if (!('places' in divided)) throw new Error('nobody has the other share')
    const { places } = divided
    const of = (one: string): number => places.filter((place) => place === one).length
    const got = places.filter((place) => some.includes(place)).length
    expect(places).toHaveLength(SHARE_PLACES)
    expect(Math.abs(got - (percent * SHARE_PLACES) / 100)).toBeLessThanOrEqual(1)
    for (const [side, share] of [[some, got], [rest, SHARE_PLACES - got]] as const) {
      const counts = side.map(of)
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
      if (side.length <= share) expect(Math.min(...counts)).toBeGreaterThan(0)
    }
    // Both halves fit into the names of files.
    for (const half of [places.slice(0, SHARE_PLACES / 2), places.slice(SHARE_PLACES / 2)]) expect(half.join(',').length).toBeLessThan(256)
  }))
})

test('all of it, and what only one side can answer, needs no places', () => {
  expect(divide(['10.0.0.2', '10.0.0.1'], { addresses: ['10.0.0.2'], percent: 100 })).toEqual({ all: ['10.0.0.2'] })
  expect(divide(['10.0.0.1'], { addresses: ['10.0.0.2'], percent: 5 })).toEqual({ all: ['10.0.0.1'] })
})
