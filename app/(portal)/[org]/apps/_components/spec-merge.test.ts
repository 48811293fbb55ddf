import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AppSpecForm } from './app-form-rules.ts'
import { mergeSpec } from './spec-merge.ts'

const entry = (name: string, value: string) => ({ name, value, secret: false })
const spec = (over: Partial<AppSpecForm> = {}): AppSpecForm => ({ image: 'a:1', size: 's', replicas: 1, port: '80', health_path: '', env: [entry('A', '1'), entry('B', '2')], ...over })

test('what two people changed in different places comes together, and nothing is lost', () => {
  const { merged, changes } = mergeSpec(spec(), spec({ image: 'a:2', env: [entry('A', '1'), entry('B', '3'), entry('C', '4')] }), spec({ replicas: 3, env: [entry('A', '9'), entry('B', '2')] }))
  expect(merged).toEqual(spec({ image: 'a:2', replicas: 3, env: [entry('A', '9'), entry('B', '3'), entry('C', '4')] }))
  expect(changes).toEqual([
    { label: 'Image', was: 'a:1', now: 'a:2', yours: 'a:1', both: false }, { label: 'B', was: '2', now: '3', yours: '2', both: false },
    { label: 'C', was: null, now: '4', yours: null, both: false },
  ])
})

test('where both changed the same, the person\'s own stays and is marked', () => {
  const { merged, changes } = mergeSpec(spec(), spec({ image: 'a:2', env: [entry('A', '5')] }), spec({ image: 'a:3', env: [entry('B', '7')] }))
  expect(merged).toMatchObject({ image: 'a:3', env: [entry('B', '7')] })
  expect(changes.filter((c) => c.both).map((c) => c.label)).toEqual(['Image', 'A', 'B'])
})

const anySpec = fc.record({
  image: fc.constantFrom('a:1', 'a:2', 'a:3'), size: fc.constantFrom('s', 'm'), replicas: fc.constantFrom(1, 2), port: fc.constantFrom('', '80'), health_path: fc.constantFrom('', '/up'),
  env: fc.uniqueArray(fc.record({ name: fc.constantFrom('A', 'B', 'C'), value: fc.constantFrom('1', '2'), secret: fc.boolean() }), { selector: (e) => e.name }),
})
const sorted = (form: AppSpecForm) => ({ ...form, env: [...form.env].sort((a, b) => a.name.localeCompare(b.name)) })

test('without a change of one side the merge is the other side', () => {
  fc.assert(fc.property(anySpec, anySpec, (base, other) => {
    expect(sorted(mergeSpec(base, other, base).merged)).toEqual(sorted(other))
    expect(sorted(mergeSpec(base, base, other).merged)).toEqual(sorted(other))
    expect(mergeSpec(base, base, other).changes).toEqual([])
  }))
})
