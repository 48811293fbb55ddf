import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDotenv } from '../../server/contract/dotenv.ts'
import { ago, bytes, decimalAmount, duration } from './format.ts'
import { safeNext } from './paths.ts'
import { plainLog } from './plain-log.ts'
import { fieldPath, toProblem } from './problem.ts'

test('a pasted .env keeps quotes, comments and lines apart', () => {
  const text = '# db\nexport A=1\nB="two # words\\nline"\nC=\'raw $x\' # note\nD=plain # note\nE="first\nX=second"\nA=2\nnot a line\n'
  expect(parseDotenv(text)).toEqual([
    { name: 'A', value: '2' },
    { name: 'B', value: 'two # words\nline' },
    { name: 'C', value: 'raw $x' },
    { name: 'D', value: 'plain' },
    { name: 'E', value: 'first\nX=second' },
  ])
})

test('every value written in double quotes is read back', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const quoted = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
      expect(parseDotenv(`NAME="${quoted}"`)).toEqual([{ name: 'NAME', value }])
    }),
  )
})

test('money follows the exponent of ISO 4217 and is never divided', () => {
  expect(decimalAmount({ amount: 410, currency: 'USD' })).toBe('4.10')
  expect(decimalAmount({ amount: -5, currency: 'NGN' })).toBe('-0.05')
  expect(decimalAmount({ amount: 1500, currency: 'JPY' })).toBe('1500')
  expect(decimalAmount({ amount: 9007199254740991, currency: 'BHD' })).toBe('9007199254740.991')
})

test('durations and sizes read like a person says them', () => {
  expect([duration(420), duration(12_900), duration(185_000), duration(7_800_000), duration(270_000_000)]).toEqual([
    '0.4 s',
    '12 s',
    '3 min 05 s',
    '2 h 10 min',
    '3 d 3 h',
  ])
  expect([bytes(0), bytes(1536), bytes(128 * 1024 * 1024)]).toEqual(['0 B', '1.5 KiB', '128 MiB'])
  expect(ago('2026-11-21T10:00:00Z', Date.parse('2026-11-21T10:03:20Z'))).toBe('3 min ago')
})

test('a log line carries no escape, control or direction character', () => {
  expect(plainLog('\u001b[31mred\u001b[0m\u001b]8;;x\u0007link\u202Eevil\u0000\tend')).toBe('redlinkevil\tend')
})

test('only a path of this console follows a sign-in', () => {
  expect(safeNext('/acme/apps?x=1')).toBe('/acme/apps?x=1')
  for (const bad of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', null])
    expect(safeNext(bad)).toBe('/')
})

test('a problem becomes text and faults by field', () => {
  const problem = {
    type: 'x',
    title: 'That name is taken',
    status: 409,
    detail: 'Choose another.',
    code: 'name_taken',
    request_id: 'req_1',
    errors: [{ pointer: '/env/0/a~1b', code: 'x', message: 'no' }],
  }
  expect(toProblem({ data: { problem } })).toEqual({
    title: 'That name is taken',
    detail: 'Choose another.',
    code: 'name_taken',
    requestId: 'req_1',
    fields: [{ path: 'env.0.a/b', message: 'no' }],
  })
  expect(toProblem(new TypeError('fetch failed')).code).toBe('offline')
  expect(fieldPath('/name')).toBe('name')
})
