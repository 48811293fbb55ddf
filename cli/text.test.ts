import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitWidths, renderTable } from './output/table.ts'
import { cut, printable, printableLog, widthOf } from './text.ts'

test('text is measured in cells, not in characters', () => {
  expect(['abc', 'é', 'e\u0301', '日本', '🚀', ''].map(widthOf)).toEqual([3, 1, 1, 4, 2, 0])
  expect([cut('abcdef', 4), cut('日本語', 5), cut('日本語', 4), cut('abc', 3)]).toEqual(['abc…', '日本…', '日…', 'abc'])
})

test('whatever the text, what is printed stays on its line and moves nothing', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
    const control = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u
    expect(printable(text)).not.toMatch(control)
    expect(printableLog(text, false).replaceAll('\t', '')).not.toMatch(control)
    expect(printableLog(text, true).replaceAll('\t', '').replaceAll(/\u001b\[[\d;]*m/g, '')).not.toMatch(control)
  }))
})

test('colours of a log line stay where they are wanted, and end with it', () => {
  expect(printableLog('\u001b[31mred', true)).toBe('\u001b[31mred\u001b[0m')
  expect(printableLog('\u001b[31mred\u001b[0m\t!', false)).toBe('red\t!')
  expect(printableLog('\u001b[2Jgone', true)).toBe('\\u001b[2Jgone')
})

test('columns give way from the widest on, never more than is needed', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }), fc.integer({ min: 20, max: 200 }), (widths, available) => {
    const fitted = fitWidths(widths, available)
    const room = available - 2 * (widths.length - 1)
    const before = widths.reduce((sum, width) => sum + width, 0)
    const after = fitted.reduce((sum, width) => sum + width, 0)
    expect(fitted.every((width, index) => width <= (widths[index] ?? 0))).toBe(true)
    if (before <= room) expect(fitted).toEqual(widths)
    else if (fitted.some((width) => width > 6)) expect(after).toBe(room)
  }))
})

test('a table lines up, numbers to the right', () => {
  const layout = { titles: ['NAME', 'COUNT'], right: [false, true], rows: [[{ text: 'a' }, { text: '1' }], [{ text: '日本' }, { text: '1000' }], [{ text: 'new\nline' }, { text: '2' }]] }
  expect(renderTable(layout, null, false)).toBe('NAME       COUNT\na              1\n日本        1000\nnew\\nline      2\n')
  expect(renderTable(layout, 13, false)).toBe('NAME    COUNT\na           1\n日本     1000\nnew\\n…      2\n')
})
