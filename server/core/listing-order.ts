import type { KeyValue } from './cursor.ts'

export interface SortKey { column: string; descending: boolean; nullable: boolean }

/** Prisma's order. What is not known comes last, in either direction. */
export const orderOf = (keys: readonly SortKey[]): object[] => keys.map(({ column, descending, nullable }) => {
  const sort = descending ? 'desc' : 'asc'
  return { [column]: nullable ? { sort, nulls: 'last' } : sort }
})

/** Rows whose key lies beyond the value; null when there can be none. */
const beyond = ({ column, descending, nullable }: SortKey, value: KeyValue): object | null => {
  if (value === null) return null
  const steps: object[] = typeof value !== 'boolean' ? [{ [column]: { [descending ? 'lt' : 'gt']: value } }] : value === descending ? [{ [column]: !value }] : []
  if (nullable) steps.push({ [column]: null })
  return steps.length > 1 ? { OR: steps } : steps[0] ?? null
}

/** `where` of the rows after the one with these values: equal in the first keys, beyond in the next. The last key is unique. */
export const afterKeys = (keys: readonly SortKey[], values: readonly KeyValue[]): object => {
  const valueAt = (i: number): KeyValue => values[i] ?? null
  const steps = keys.flatMap((key, i) => {
    const step = beyond(key, valueAt(i))
    return step ? [{ AND: [...keys.slice(0, i).map((k, j) => ({ [k.column]: valueAt(j) })), step] }] : []
  })
  const [first] = keys
  // The same again for the first key alone, so that an index that begins with it is entered at the right place.
  const entry = first && !first.nullable && typeof valueAt(0) !== 'boolean' ? [{ [first.column]: { [first.descending ? 'lte' : 'gte']: valueAt(0) } }] : []
  return { AND: [...entry, { OR: steps }] }
}
