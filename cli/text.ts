/** Ends of lines, control characters, and signs that change the direction of what follows: none may reach a terminal from data. */
const UNSAFE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu
const COLOR = /\u001b\[[\d;]*m/g

const escaped = (character: string): string => {
  if (character === '\n') return '\\n'
  if (character === '\t') return '\\t'
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
}

/** One line that shows what is in it instead of doing it. */
export const printable = (text: string): string => text.replace(UNSAFE, escaped)

/** A log line: its colours stay where colours are wanted, tabs too; whatever moves the cursor or speaks to the terminal does not. */
export function printableLog(line: string, colors: boolean): string {
  const safe = (text: string): string => text.replace(UNSAFE, (character) => character === '\t' ? character : escaped(character))
  const parts = line.split(COLOR)
  const codes = line.match(COLOR) ?? []
  const colored = parts.map((part, index) => safe(part) + (colors ? codes[index] ?? '' : '')).join('')
  return colors && codes.length > 0 ? `${colored}\u001b[0m` : colored
}

const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]$/u
const WIDE = /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u

const widthOfCharacter = (character: string): number => {
  if (ZERO.test(character)) return 0
  return WIDE.test(character) ? 2 : 1
}

/** Cells a text takes on a terminal. */
export const widthOf = (text: string): number => [...text].reduce((sum, character) => sum + widthOfCharacter(character), 0)

/** Cut to at most `width` cells, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let kept = ''
  let used = 0
  for (const character of text) {
    used += widthOfCharacter(character)
    if (used > width - 1) break
    kept += character
  }
  return `${kept}…`
}

const CODES = { red: 31, green: 32, yellow: 33, blue: 34, dim: 2, bold: 1 } as const
export type Color = keyof typeof CODES

export const paint = (text: string, color: Color | null, enabled: boolean): string =>
  enabled && color ? `\u001b[${CODES[color]}m${text}\u001b[0m` : text
