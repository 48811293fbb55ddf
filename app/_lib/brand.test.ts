import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { brandVariables, contrast } from './brand.ts'

const css = readFileSync(new URL('../globals.css', import.meta.url), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);/g)].map(([, name = '', light = '', dark = '']) => [
    name,
    [light, dark] as const,
  ]),
)
const pair = (value: string): [string, string] => {
  const [light = '', dark = ''] = value.match(/#\w{6}/g) ?? []
  return [light, dark]
}
const both = (name: string): readonly [string, string] => tokens.get(name) ?? ['#000000', '#000000']
const expectRatio = (front: readonly [string, string], back: readonly [string, string], ratio: number, what: string) => {
  for (const at of [0, 1] as const)
    expect(contrast(front[at], back[at]), `${what} ${at === 0 ? 'light' : 'dark'}`).toBeGreaterThanOrEqual(ratio)
}

test('black on white has the contrast WCAG defines', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
})

test('every text tone is readable on every ground it is used on', () => {
  for (const ground of ['canvas', 'surface', 'raised', 'sunken', 'hover']) {
    for (const text of ['ink', 'muted', 'faint']) expectRatio(both(text), both(ground), 4.5, `${text} on ${ground}`)
  }
})

test('the four meanings are readable as text and visible as marks', () => {
  for (const tone of ['good', 'attention', 'bad', 'info']) {
    for (const ground of [`${tone}-surface`, 'canvas', 'surface', 'raised'])
      expectRatio(both(`${tone}-text`), both(ground), 4.5, `${tone} on ${ground}`)
    for (const ground of [`${tone}-surface`, 'canvas', 'surface'])
      expectRatio(both(`${tone}-mark`), both(ground), 3, `${tone} mark on ${ground}`)
  }
  expectRatio(both('line-strong'), both('surface'), 3, 'control frame')
})

test('any accent of a brand gives a readable button and readable links', () => {
  const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)
  fc.assert(
    fc.property(hex, (accent) => {
      const made = brandVariables(accent)
      const fill = pair(made['--brand-accent'] ?? '')
      expectRatio(pair(made['--brand-on-accent'] ?? ''), fill, 4.5, `button of ${accent}`)
      expectRatio(fill, both('surface'), 3, `fill of ${accent}`)
      for (const ground of ['canvas', 'surface', 'raised'])
        expectRatio(pair(made['--brand-accent-text'] ?? ''), both(ground), 4.5, `link of ${accent} on ${ground}`)
    }),
  )
})
