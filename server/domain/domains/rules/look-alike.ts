/** Scripts that are written together; everything else in one label is a mixture meant to deceive, or a mistake. */
const TOGETHER: readonly (readonly string[])[] = [['Han', 'Hiragana', 'Katakana'], ['Han', 'Hangul'], ['Han', 'Bopomofo']]
const SCRIPTS = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Georgian', 'Hebrew', 'Arabic', 'Devanagari', 'Bengali', 'Tamil', 'Thai', 'Ethiopic', 'Cherokee', 'Han', 'Hiragana',
  'Katakana', 'Hangul', 'Bopomofo'] as const
const NEUTRAL = /^[\p{Script=Common}\p{Script=Inherited}]$/u
const PATTERNS = SCRIPTS.map((name) => [name, new RegExp(`^\\p{Script=${name}}$`, 'u')] as const)

const scriptOf = (letter: string): string => PATTERNS.find(([, pattern]) => pattern.test(letter))?.[0] ?? 'other'

const scriptsOf = (label: string): Set<string> => new Set([...label].filter((c) => !NEUTRAL.test(c)).map(scriptOf))

export const mixesScripts = (label: string): boolean => {
  const scripts = [...scriptsOf(label)]
  return scripts.length > 1 && !TOGETHER.some((group) => scripts.every((script) => group.includes(script)))
}

/** Letters that nobody tells from plain ones (of Unicode's confusables, what a domain may hold). */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  // Cyrillic
  а: 'a', в: 'b', ԁ: 'd', е: 'e', ѐ: 'e', ё: 'e', ҽ: 'e', һ: 'h', н: 'h', і: 'i', ї: 'i', ӏ: 'l', ј: 'j', к: 'k', м: 'm', п: 'n', о: 'o', р: 'p', ԛ: 'q', г: 'r', ѕ: 's', т: 't', ц: 'u',
  ѵ: 'v', ԝ: 'w', ѡ: 'w', ш: 'w', х: 'x', у: 'y', ү: 'y', з: '3', ь: 'b', ɡ: 'g',
  // Greek
  α: 'a', β: 'b', ε: 'e', η: 'n', ι: 'i', κ: 'k', μ: 'u', ν: 'v', ο: 'o', π: 'n', ρ: 'p', ς: 'c', σ: 'o', τ: 't', υ: 'u', χ: 'x', γ: 'y', ω: 'w',
  // Armenian
  ա: 'w', յ: 'j', հ: 'h', ո: 'n', ս: 'u', օ: 'o', ք: 'f', ց: 'g', զ: 'q', լ: 'l',
  // Latin of other alphabets
  ı: 'i', ł: 'l', ø: 'o', đ: 'd', ħ: 'h', ŧ: 't', ɩ: 'i', ƒ: 'f', ß: 'b', æ: 'ae', œ: 'oe', ɑ: 'a', ɩ̇: 'i', ɴ: 'n', ᴏ: 'o', ᴜ: 'u', ᴠ: 'v', ᴡ: 'w', ᴢ: 'z', ʏ: 'y', ʀ: 'r',
}
const MARKS = /\p{Mark}/gu

/** What a name looks like in plain letters. Two names of one skeleton cannot be told apart at a glance. */
export const skeletonOf = (unicode: string): string =>
  [...unicode.normalize('NFKD').replace(MARKS, '').toLowerCase()].map((c) => LOOKS_LIKE[c] ?? c).join('').normalize('NFC')

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)

/** A label in another alphabet that reads as plain letters throughout, under an ending of plain letters: as in a forged brand name. */
export const poses = (label: string, suffix: string): boolean => {
  const scripts = scriptsOf(label)
  return !isAscii(label) && !scripts.has('Latin') && scripts.size > 0 && isAscii(skeletonOf(label)) && isAscii(suffix)
}
