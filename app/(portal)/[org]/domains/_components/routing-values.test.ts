import { expect, test } from 'vitest'
import { renamed, rulesOf } from './routing-values.ts'

test('headers are read as people write them, and a line that is none is told', () => {
  expect(rulesOf('X-Frame-Options: DENY\n\n  -Server \nX-A:b: c')).toEqual({ set: { 'X-Frame-Options': 'DENY', 'X-A': 'b: c' }, remove: ['Server'] })
  expect(rulesOf('')).toEqual({ set: {}, remove: [] })
  expect(rulesOf('no colon')).toBeNull()
})

test('faults of the portal find their field', () => {
  expect(['redirect.to', 'paths.0.path', 'response_headers.set.X-A', 'app_id'].map(renamed)).toEqual(['to', 'paths.0.path', 'response', 'app_id'])
})
