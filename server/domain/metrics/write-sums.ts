import type pg from 'pg'
import { TABLES, rowsOf, type Measured, type SumRow, type SumTable, type TableName } from './rules/sums.ts'

const quoted = (bins: readonly number[]): string => `{${bins.join(',')}}`

const statementOf = ({ name, keys, sums, bins }: SumTable): string => {
  const columns = [...keys, 'step_s', 'at', ...sums, ...bins]
  const types = [...keys.map(() => 'text'), 'int', 'timestamptz', ...sums.map(() => 'bigint'), ...bins.map(() => 'text')]
  const added = [...sums.map((c) => `${c} = t.${c} + excluded.${c}`), ...bins.map((c) => `${c} = bins_add(t.${c}, excluded.${c})`)]
  return `INSERT INTO ${name} AS t (${columns.join(', ')})
    SELECT ${columns.map((c) => (bins.includes(c) ? `r.${c}::bigint[]` : `r.${c}`)).join(', ')}
    FROM unnest(${types.map((type, at) => `$${at + 1}::${type}[]`).join(', ')}) AS r(${columns.join(', ')})
    ON CONFLICT (${[...keys, 'step_s', 'at'].join(', ')}) DO UPDATE SET ${added.join(', ')}`
}
const STATEMENTS = new Map(Object.values(TABLES).map((table: SumTable) => [table.name, statementOf(table)]))

const valuesOf = ({ keys, sums, bins }: SumTable, rows: readonly SumRow[]): unknown[] => [
  ...keys.map((_, at) => rows.map((row) => row.key[at])), rows.map((row) => row.stepS), rows.map((row) => new Date(row.atMs)),
  ...sums.map((_, at) => rows.map((row) => row.sums[at])), ...bins.map((_, at) => rows.map((row) => quoted(row.bins[at] ?? []))),
]

/** Added in the transaction that takes the records' numbers: each counts once, and sums at every step are right at once, late ones too. */
export const writeSums = async (client: pg.PoolClient, name: TableName, measured: readonly Measured[]): Promise<void> => {
  if (measured.length === 0) return
  await client.query({ name: `sums-${name}`, text: STATEMENTS.get(name) ?? '', values: valuesOf(TABLES[name], rowsOf(measured)) })
}
