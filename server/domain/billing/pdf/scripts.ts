/** Which font carries a character, and in which order the words of mixed directions stand: enough of the bidirectional algorithm for names and addresses. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Packages beside Inter, by what they are for. Kana and hangul before Han, so that one name keeps one hand. */
const PACKAGES = ['noto-sans-arabic', 'noto-sans-hebrew', 'noto-sans-jp', 'noto-sans-kr', 'noto-sans-sc'] as const
const ROOTS = [join(import.meta.dirname, '..', '..', '..', '..', 'node_modules'), join(import.meta.dirname, '..', 'node_modules')]

interface Subset { file: string; ranges: readonly (readonly [number, number])[] }

const parseRanges = (text: string): [number, number][] => text.split(',').flatMap((part): [number, number][] => {
  const match = /^\s*U\+([0-9A-F]+)(?:-([0-9A-F]+))?\s*$/i.exec(part)
  if (!match) return []
  const first = Number.parseInt(match[1] ?? '0', 16)
  return [[first, match[2] === undefined ? first : Number.parseInt(match[2], 16)]]
})

const subsetsOf = (name: string): Subset[] => {
  const folder = ROOTS.map((root) => join(root, '@fontsource', name)).find((candidate) => existsSync(join(candidate, 'unicode.json')))
  if (folder === undefined) return []
  const ranges = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>
  return Object.entries(ranges).map(([subset, text]) => (
    { file: join(folder, 'files', `${name}-${subset.replace(/[[\]]/g, '')}-400-normal.woff`), ranges: parseRanges(text) }))
}

let loaded: Subset[] | undefined
const subsets = (): Subset[] => (loaded ??= PACKAGES.flatMap(subsetsOf))

/** Latin, Greek, Cyrillic and signs: what Inter has. */
const isInter = (code: number): boolean => code < 0x0590 || (code >= 0x1e00 && code < 0x2e80 && code !== 0x2135)

const cache = new Map<number, string | null>()

/** The file of the font that has a character; null = Inter, also for what no font has. */
export const fontFileOf = (char: string): string | null => {
  const code = char.codePointAt(0) ?? 0
  if (isInter(code)) return null
  const known = cache.get(code)
  if (known !== undefined) return known
  const found = subsets().find((subset) => subset.ranges.some(([first, last]) => code >= first && code <= last) && existsSync(subset.file))?.file ?? null
  cache.set(code, found)
  return found
}

export const isPlain = (text: string): boolean => [...text].every((char) => isInter(char.codePointAt(0) ?? 0))

export type Direction = 'ltr' | 'rtl'
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/
const STRONG = /[\p{L}\p{N}]/u
/** Scripts whose lines may break between any two characters. */
const IDEOGRAPH = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[\ud840-\ud88f][\udc00-\udfff]/u

const directionOf = (text: string): Direction | null => {
  for (const char of text) if (STRONG.test(char)) return RTL.test(char) ? 'rtl' : 'ltr'
  return null
}

export interface Run { text: string; file: string | null }
/** A piece no line is broken in, its runs in the order they stand. */
export interface Word { runs: Run[]; direction: Direction; spaced: boolean }

const runsOf = (text: string, direction: Direction): Run[] => {
  const runs: Run[] = []
  for (const char of text) {
    const file = fontFileOf(char)
    const last = runs.at(-1)
    if (last?.file === file) last.text += char
    else runs.push({ text: char, file })
  }
  return direction === 'rtl' ? runs.reverse() : runs
}

export const baseDirection = (text: string): Direction => directionOf(text) ?? 'ltr'

export const wordsOf = (text: string): Word[] => {
  const base = baseDirection(text)
  return text.split(/\s+/).filter((part) => part !== '').flatMap((part) => {
    const pieces = part.match(new RegExp(`${IDEOGRAPH.source}|(?:(?!${IDEOGRAPH.source}).)+`, 'gu')) ?? [part]
    return pieces.map((piece, index): Word => {
      const direction = directionOf(piece) ?? base
      return { runs: runsOf(piece, direction), direction, spaced: index === 0 }
    })
  })
}

/** Words of one line as the eye meets them from the left. */
export const visualOrder = <W extends { direction: Direction }>(words: readonly W[], base: Direction): W[] => {
  const turned = base === 'rtl' ? [...words].reverse() : [...words]
  const against = base === 'rtl' ? 'ltr' : 'rtl'
  const out: W[] = []
  for (let index = 0; index < turned.length;) {
    let end = index
    while (end < turned.length && turned[end]?.direction === against) end += 1
    if (end > index) out.push(...turned.slice(index, end).reverse())
    else {
      const word = turned[index]
      if (word) out.push(word)
      end = index + 1
    }
    index = end
  }
  return out
}
