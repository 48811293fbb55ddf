import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeForm } from './merge-form.ts'

interface Values { name: string; on: readonly string[]; day: string | null }
const labels = { name: 'Name', on: 'Permissions', day: 'Expires' }
const values = (over: Partial<Values> = {}): Values => ({ name: 'a', on: ['x'], day: null, ...over })

test('what only they changed becomes theirs; what only I changed stays mine and is not told', () => {
  const { merged, changes } = mergeForm(labels, { base: values(), theirs: values({ on: ['x', 'y'], day: '2030-01-01' }), mine: values({ name: 'b' }) })
  expect(merged).toEqual({ name: 'b', on: ['x', 'y'], day: '2030-01-01' })
  expect(changes).toEqual([
    { label: 'Permissions', was: '["x"]', now: '["x","y"]', yours: '["x"]', both: false }, { label: 'Expires', was: null, now: '2030-01-01', yours: null, both: false },
  ])
})

test('where both changed the same, mine stays and is marked; the same change twice is no quarrel', () => {
  const { merged, changes } = mergeForm(labels, { base: values(), theirs: values({ name: 'b', day: '1' }), mine: values({ name: 'c', day: '1' }) }, (name, value) => `${name}=${String(value)}`)
  expect(merged).toEqual(values({ name: 'c', day: '1' }))
  expect(changes.map(({ label, yours, both }) => [label, yours, both])).toEqual([['Name', 'name=c', true], ['Expires', 'day=1', false]])
})

const anyValues = fc.record({ name: fc.constantFrom('a', 'b', 'c'), on: fc.subarray(['x', 'y']), day: fc.constantFrom(null, '1', '2') })
test('without a change of one side the merge is the other side', () => {
  fc.assert(fc.property(anyValues, anyValues, (base, other) => {
    expect(mergeForm(labels, { base, theirs: other, mine: base }).merged).toEqual(other)
    expect(mergeForm(labels, { base, theirs: base, mine: other })).toEqual({ merged: other, changes: [] })
  }))
})
