import type { FieldProblem } from '../contract/problem.ts'

/** PostgreSQL stores no NUL and no half of a surrogate pair; either would fail there as an error of ours. */
const UNSTORABLE = /[\u0000\p{Cs}]/u
const MAX_DEPTH = 64

export const isStorable = (text: string): boolean => !UNSTORABLE.test(text)

/** Every text in the input that cannot be stored, names of fields included. */
export const unstorable = (value: unknown, pointer = '', depth = 0): FieldProblem[] => {
  if (typeof value === 'string') {
    return isStorable(value) ? [] : [{ pointer, code: 'invalid_text', message: 'The text holds a NUL or half of a surrogate pair.' }]
  }
  if (typeof value !== 'object' || value === null) return []
  if (depth === MAX_DEPTH) return [{ pointer: '', code: 'too_deep', message: `The input may be nested ${MAX_DEPTH} deep.` }]
  return Object.entries(value).flatMap(([name, inner]) =>
    name === '__proto__' ? [{ pointer: `${pointer}/${name}`, code: 'unknown_field', message: `Unknown field ${name}.` }]
      : isStorable(name) ? unstorable(inner, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1)
        : [{ pointer, code: 'invalid_text', message: 'A name holds a NUL or half of a surrogate pair.' }])
}
