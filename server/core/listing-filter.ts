import { z } from 'zod'
import type { ListField } from './listing.ts'

const MAX_VALUES = 50
const MAX_TEXT = 2_000

interface Range<T> { gte?: T; gt?: T; lte?: T; lt?: T }
type RangeNames<F extends Record<string, ListField>> = { [K in keyof F]: F[K] extends { range: true } ? K : never }[keyof F]
type ValueNames<F extends Record<string, ListField>> = { [K in keyof F]: F[K] extends { filter: true } ? K : never }[keyof F]
type RangeValue<K extends ListField['kind']> = K extends 'time' ? Date : K extends 'bigint' ? bigint : number
type Value<K extends ListField['kind']> = K extends 'bool' ? boolean : string[]
export type FilterInput<F extends Record<string, ListField>> = { q?: string | undefined }
  & { [K in RangeNames<F>]?: Range<string> | undefined } & { [K in ValueNames<F>]?: string | undefined }
export type FilterOutput<F extends Record<string, ListField>> = { q?: string | undefined }
  & { [K in RangeNames<F>]?: Range<RangeValue<F[K]['kind']>> | undefined } & { [K in ValueNames<F>]?: Value<F[K]['kind']> | undefined }

const values = (field: ListField): z.ZodType => {
  const list = z.string().min(1).max(MAX_TEXT).transform((text) => text.split(',').map((v) => v.trim()))
  const known = field.values
  const hint = known ? `One or several of ${known.join(', ')}, separated by commas` : 'One or several values, separated by commas'
  return list.superRefine((all, issues) => {
    for (const value of field.each ? all : []) {
      for (const { message } of field.each?.safeParse(value).error?.issues ?? []) issues.addIssue({ code: 'custom', message, params: { code: 'invalid_value' } })
    }
    if (all.length > MAX_VALUES) issues.addIssue({ code: 'custom', message: `At most ${MAX_VALUES} values.` })
    const strange = known ? all.filter((v) => !known.includes(v)) : []
    if (known && strange.length > 0) {
      issues.addIssue({ code: 'custom', message: `Unknown value ${strange.slice(0, 3).map((v) => v.slice(0, 60)).join(', ')}. Use ${known.join(', ')}.`, params: { code: 'invalid_value' } })
    }
  }).optional().describe(hint)
}

const DAY_MS = 86_400_000
const DATE = /^\d{4}-\d\d-\d\d$/
/** Years a column can hold. */
const inRange = (at: Date): boolean => at.getUTCFullYear() >= 1970 && at.getUTCFullYear() <= 9999

/** An instant, or a day in UTC: up to a day means to its end. */
const moment = (side: keyof Range<never>) =>
  z.string().max(40).transform((text, issues) => {
    const day = DATE.test(text)
    const at = new Date(day ? `${text}T00:00:00Z` : z.iso.datetime({ offset: true }).safeParse(text).success ? text : Number.NaN)
    if (Number.isNaN(at.getTime()) || !inRange(at) || (day && !at.toISOString().startsWith(text))) {
      issues.addIssue({ code: 'custom', message: 'Use a time like 2026-01-31T12:00:00Z or a day like 2026-01-31.', params: { code: 'invalid_format' } })
      return z.NEVER
    }
    return day && (side === 'lte' || side === 'gt') ? new Date(at.getTime() + DAY_MS - 1) : at
  })

const INT_MAX = 2 ** 31 - 1
const BIGINT_MAX = 2n ** 63n - 1n
const whole = (kind: 'int' | 'bigint') =>
  z.string().max(20).transform((text, issues): number | bigint => {
    const n = /^-?\d{1,19}$/.test(text) ? BigInt(text) : null
    const limit = kind === 'int' ? BigInt(INT_MAX) : BIGINT_MAX
    if (n !== null && n <= limit && n >= -limit) return kind === 'int' ? Number(n) : n
    issues.addIssue({ code: 'custom', message: n === null ? 'Use a whole number.' : 'The number is out of range.', params: { code: n === null ? 'invalid_format' : 'out_of_range' } })
    return z.NEVER
  })

const range = (kind: ListField['kind']): z.ZodType => {
  const bound = (side: keyof Range<never>): z.ZodType => (kind === 'time' ? moment(side) : whole(kind === 'bigint' ? 'bigint' : 'int'))
  return z.strictObject({ gte: bound('gte').optional(), gt: bound('gt').optional(), lte: bound('lte').optional(), lt: bound('lt').optional() })
    .optional().describe(kind === 'time' ? 'From and to: instants or days (UTC)' : 'From and to')
}

const fieldSchema = (field: ListField): z.ZodType => {
  if (field.range) return range(field.kind)
  return field.kind === 'bool' ? z.enum(['true', 'false']).transform((v) => v === 'true').optional() : values(field)
}

/** `filter[...]` of a list; every name it does not have is refused by name. */
export const filterSchema = (fields: Record<string, ListField>, searched: boolean) =>
  z.strictObject({
    ...(searched ? { q: z.string().max(200).optional().describe('Words to search for; each must occur, in any case') } : {}),
    ...Object.fromEntries(Object.entries(fields).filter(([, f]) => f.filter || f.range).map(([name, f]) => [name, fieldSchema(f)])),
  })

const MAX_WORDS = 8
/** Words of a search, with the wildcards of LIKE taken literally. */
export const wordsOf = (text: string | undefined): string[] =>
  (text ?? '').split(/\s+/u).filter((word) => word !== '').slice(0, MAX_WORDS).map((word) => word.replaceAll(/[\\%_]/g, '\\$&'))
