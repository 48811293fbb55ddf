import { expect, test } from 'vitest'
import type { LogLine } from '../_lib/wire.ts'
import { endsOf, lineAt, piecesOf, ROW_PX, rowOf } from './log-layout.ts'

const line = (text: string, over: Partial<LogLine> = {}): LogLine =>
  ({ id: '1', at: '2026-11-21T10:00:00.000Z', instance_id: 'inst_1', stream: 'stdout', level: 'info', line: text, ...over })

test('a wrapped line is as high as its letters need, wide ones counted twice', () => {
  const lines = [line(''), line('x'.repeat(10)), line('x'.repeat(11)), line('漢'.repeat(6)), line('\u001b[31mred\u001b[0m')]
  expect([...endsOf(lines, 10)]).toEqual([1, 2, 4, 6, 7].map((rows) => rows * ROW_PX))
  expect([...endsOf(lines, null)]).toEqual([1, 2, 3, 4, 5].map((rows) => rows * ROW_PX))
})

test('two hundred thousand lines are laid out and found in no time', () => {
  const lines = Array.from({ length: 200_000 }, (_, at) => line(`${at} ${'word '.repeat(at % 40)}`))
  lines.forEach(rowOf)
  const begun = performance.now()
  const ends = endsOf(lines, 80)
  expect(performance.now() - begun).toBeLessThan(500)
  for (const at of [0, 1, 99_999, 199_999]) {
    const top = at === 0 ? 0 : ends[at - 1] ?? 0
    expect([lineAt(ends, top), lineAt(ends, (ends[at] ?? 0) - 1)]).toEqual([at, at])
  }
  expect(lineAt(ends, Infinity)).toBe(200_000)
})

test('matches are marked in any case, and the text stays whole', () => {
  expect(piecesOf('Error: an error', 'ERROR')).toEqual(['', 'Error', ': an ', 'error', ''])
  expect(piecesOf('nothing', 'x')).toEqual(['nothing'])
  expect(piecesOf('İstanbul error', 'error').join('')).toBe('İstanbul error')
})
