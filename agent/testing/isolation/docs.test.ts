import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ALLOWED, ATTEMPTS, type Attacker } from './attempts.ts'

const FILE = join(import.meta.dirname, '../../../docs/operations/isolation.md')
const BETWEEN = /(<!-- attempts[^>]*-->\n)[\s\S]*(<!-- end of attempts -->)/
const WHO: Record<Attacker, string> = {
  instance: 'An instance',
  node: 'A node that turned bad',
  cable: 'Who stands on the cable between nodes',
}

const row = (...cells: (string | number)[]): string => `| ${cells.join(' | ')} |`
const sectionOf = (by: Attacker): string => [
  `### ${WHO[by]}\n`, row('Attempt', 'Tries', 'Answer'), row('---', '---', '---'),
  ...ATTEMPTS.filter((one) => one.by === by).map(({ what, tries }) => row(what, tries.length, 'none')),
  ...ALLOWED.filter((one) => one.by === by).map(({ what, tries }) => row(`${what} (allowed)`, tries.length, 'yes')), '',
].join('\n')

test('docs/operations/isolation.md lists what is tried; SHELLWEGO_UPDATE_SNAPSHOTS=1 writes it anew', () => {
  const text = readFileSync(FILE, 'utf8')
  const wanted = text.replace(BETWEEN, (_, begin: string, end: string) => `${begin}\n${(Object.keys(WHO) as Attacker[]).map(sectionOf).join('\n')}\n${end}`)
  expect(text).toMatch(BETWEEN)
  if (process.env['SHELLWEGO_UPDATE_SNAPSHOTS'] === '1') writeFileSync(FILE, wanted)
  expect(readFileSync(FILE, 'utf8') === wanted, 'docs/operations/isolation.md is behind agent/testing/isolation/attempts.ts').toBe(true)
})

test('every attempt is told apart, and none is too long for the probe', () => {
  expect(new Set(ATTEMPTS.map(({ by, what }) => `${by} ${what}`)).size).toBe(ATTEMPTS.length)
  for (const { tries } of ATTEMPTS) expect(tries.length).toBeLessThanOrEqual(64)
})
