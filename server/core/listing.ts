import { z } from 'zod'
import { PageInput } from '../contract/page.ts'
import type { Actor } from './context.ts'
import { openCursor, sealCursor, type KeyValue } from './cursor.ts'
import { filterSchema, wordsOf, type FilterInput, type FilterOutput } from './listing-filter.ts'
import { afterKeys, orderOf, type SortKey } from './listing-order.ts'

/** One field of a list. It may be filtered by value, by range, sorted by; `column` is its name in the Prisma model. */
export interface ListField {
  kind: 'text' | 'enum' | 'time' | 'int' | 'bigint' | 'bool'
  column?: string
  /** Of kind `enum`. */
  values?: readonly string[]
  /** What each value must look like. */
  each?: z.ZodType<string>
  filter?: boolean
  range?: boolean
  sort?: boolean
  nullable?: boolean
  /** `where` of the given values, when it is not plain equality with the column. Without it and without a column the operation filters itself. */
  where?(values: string[], now: Date): object
}

export interface ListDeclaration<F extends Record<string, ListField>, Inc extends string> {
  /** Part of every cursor: a cursor of one list is none of another. */
  name: string
  fields: F
  /** Text columns `filter[q]` searches, `invoice.number` through a relation: every word must be in one of them, in any case. */
  search?: readonly string[]
  include?: readonly Inc[]
  /** Order when none is asked for, as `sort` is written. */
  sort?: string
  /** Unique column that ends every order. */
  key?: string
}

interface ListInput<F extends Record<string, ListField>> {
  limit: number
  cursor?: string | undefined
  sort?: string | undefined
  include?: string | undefined
  filter?: FilterOutput<F> | undefined
}
interface Caller { orgId?: string; actor: Actor; now: Date }

export interface ListPage<F extends Record<string, ListField>, Inc extends string> {
  where: object
  orderBy: object[]
  /** One more than asked for: the surplus row only says that there is more. */
  take: number
  filter: FilterOutput<F>
  includes(name: Inc): boolean
  of<R extends object, W>(rows: R[], wire: (row: R) => W): { data: W[]; pagination: { limit: number; has_more: boolean; next_cursor: string | null } }
}

const SORT_LIMIT = 4

const sortWords = (text: string): { name: string; descending: boolean }[] => text.split(',').map((part) => {
  const [name = '', direction] = part.trim().replace(/^-/, '').split(':', 2)
  return { name, descending: part.trim().startsWith('-') !== (direction === 'desc') }
})

/** `-created_at,name`, or as `created_at:desc,name:asc`; unknown names are refused by name. */
const sortSchema = (fields: Record<string, ListField>, fallback: string) => {
  const names = Object.keys(fields).filter((name) => fields[name]?.sort)
  return z.string().max(200).superRefine((text, issues) => {
    const words = sortWords(text)
    const refuse = (message: string, code = 'invalid_sort'): void => issues.addIssue({ code: 'custom', message, params: { code } })
    for (const { name } of words) if (!names.includes(name)) refuse(`Cannot sort by ${name.slice(0, 60) || 'nothing'}. Use ${names.join(', ')}.`, 'unknown_field')
    for (const part of text.split(',')) if (/:(?!(asc|desc)$)|^-.*:/.test(part.trim())) refuse('Write the order as -name, name, name:asc or name:desc.')
    if (new Set(words.map((w) => w.name)).size !== words.length) refuse('Name each field once.')
    if (words.length > SORT_LIMIT) refuse(`Sort by at most ${SORT_LIMIT} fields.`)
  }).optional().describe(`Order, e.g. \`${fallback}\`; \`-\` is descending. Fields: ${names.join(', ')}`)
}

const includeSchema = (names: readonly string[]) =>
  z.string().max(200).superRefine((text, issues) => {
    for (const name of text.split(',')) {
      if (!names.includes(name.trim())) issues.addIssue({ code: 'custom', message: `Cannot include ${name.slice(0, 60)}. Use ${names.join(', ')}.`, params: { code: 'unknown_field' } })
    }
  }).optional().describe(`Parts to add, separated by commas: ${names.join(', ')}`)

type Included<Inc extends string> = [Inc] extends [never] ? object : { include: z.ZodOptional<z.ZodString> }
type InputShape<F extends Record<string, ListField>, Inc extends string> = typeof PageInput & {
  sort: z.ZodOptional<z.ZodString>; filter: z.ZodOptional<z.ZodType<FilterOutput<F>, FilterInput<F>>>
} & Included<Inc>

const conditionOf = (field: ListField, value: unknown, now: Date): object[] => {
  if (value === undefined) return []
  if (Array.isArray(value)) return field.where ? [field.where(value as string[], now)] : field.column ? [{ [field.column]: { in: value } }] : []
  return field.column ? [{ [field.column]: value }] : []
}

const columnHas = (path: string, word: string): object =>
  path.split('.').reduceRight<object>((inner, name) => ({ [name]: inner }), { contains: word, mode: 'insensitive' })

/** Whose list it is: a caller without organization lists what is their own. */
const scopeOf = ({ orgId, actor }: Caller): string => orgId ?? (actor.type === 'user' ? actor.userId : actor.type)

/** One declaration per list: the input fragment, and what Prisma needs for a page in keyset order. */
export const defineList = <const F extends Record<string, ListField>, const Inc extends string = never>(declared: ListDeclaration<F, Inc>) => {
  const fields: Record<string, ListField> = declared.fields
  const fallback = declared.sort ?? '-created_at'
  const input = {
    ...PageInput, sort: sortSchema(fields, fallback), filter: filterSchema(fields, (declared.search ?? []).length > 0).optional(),
    ...(declared.include ? { include: includeSchema(declared.include) } : {}),
  } as unknown as InputShape<F, Inc>

  const keysOf = (sort: string): SortKey[] => {
    const keys = sortWords(sort).map(({ name, descending }): SortKey => ({
      column: fields[name]?.column ?? name, descending, nullable: fields[name]?.nullable ?? false,
    }))
    const key = declared.key ?? 'id'
    return keys.some((k) => k.column === key) ? keys : [...keys, { column: key, descending: keys.at(-1)?.descending ?? true, nullable: false }]
  }

  /** `where`, order and size of the asked page, and the page made of what they found. */
  const page = (caller: Caller, asked: ListInput<F>, also: (word: string) => object[] = () => []): ListPage<F, Inc> => {
    const filter = (asked.filter ?? {}) as FilterOutput<F>
    const keys = keysOf(asked.sort ?? fallback)
    const context = JSON.stringify([declared.name, scopeOf(caller), keys, Object.entries(filter).sort()])
    const conditions = [
      ...Object.entries(fields).flatMap(([name, field]) => conditionOf(field, (filter as Record<string, unknown>)[name], caller.now)),
      ...wordsOf(filter.q).map((word) => ({ OR: [...(declared.search ?? []).map((path) => columnHas(path, word)), ...also(word)] })),
      ...(asked.cursor === undefined ? [] : [afterKeys(keys, openCursor(context, asked.cursor))]),
    ]
    const included = new Set((asked.include ?? '').split(',').map((name) => name.trim()))
    return {
      where: { AND: conditions }, orderBy: orderOf(keys), take: asked.limit + 1, filter, includes: (name) => included.has(name),
      of: (rows, wire) => {
        const shown = rows.slice(0, asked.limit)
        const last = shown.at(-1) as Record<string, KeyValue> | undefined
        const more = rows.length > asked.limit
        const next = more && last ? sealCursor(context, keys.map((k) => last[k.column] ?? null)) : null
        return { data: shown.map(wire), pagination: { limit: asked.limit, has_more: more, next_cursor: next } }
      },
    }
  }
  return { input, page }
}
