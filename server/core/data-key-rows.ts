import type pg from 'pg'
import { inTransaction } from './transaction.ts'
import { newId } from './id.ts'
import { KeyProviderError, type Wrapped } from './key-provider.ts'

export interface DataKeyRow { id: string; owner: string; wrapped: Wrapped }

/** Locks the wrapping key's row, so that it cannot be retired meanwhile; gives no row when it is retired. */
const USABLE = 'INSERT INTO wrapping_key (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET id = excluded.id WHERE wrapping_key.retired_at IS NULL RETURNING id'
const INSERT = `WITH usable AS (${USABLE}) INSERT INTO data_key (id, owner, wrapping_key_id, wrapped) SELECT $2, $3, id, $4 FROM usable ON CONFLICT DO NOTHING RETURNING id`
const MOVE = `WITH usable AS (${USABLE}) UPDATE data_key SET wrapping_key_id = usable.id, wrapped = $4 FROM usable
  WHERE data_key.id = $2 AND data_key.wrapping_key_id = $3`

const retiredKey = (): KeyProviderError => new KeyProviderError('refused', 'The key provider wrapped with a key that is retired. Check its settings.')

export const findDataKey = async (pool: pg.Pool, id: string): Promise<DataKeyRow | null> => {
  const { rows: [row] } = await pool.query<{ id: string; owner: string; wrapping_key_id: string; wrapped: string }>(
    { name: 'data-key', text: 'SELECT id, owner, wrapping_key_id, wrapped FROM data_key WHERE id = $1', values: [id] })
  return row ? { id: row.id, owner: row.owner, wrapped: { keyId: row.wrapping_key_id, wrapped: row.wrapped } } : null
}

export const findNewestId = async (pool: pg.Pool, owner: string): Promise<string | null> =>
  (await pool.query<{ id: string }>('SELECT id FROM data_key WHERE owner = $1 AND replaced_at IS NULL', [owner])).rows[0]?.id ?? null

/** The first of several that come at once is everybody's. */
export const insertDataKey = async (pool: pg.Pool, owner: string, { keyId, wrapped }: Wrapped): Promise<string> => {
  const { rows: [row] } = await pool.query<{ id: string }>(INSERT, [keyId, newId('dataKey'), owner, wrapped])
  const id = row?.id ?? await findNewestId(pool, owner)
  if (!id) throw retiredKey()
  return id
}

export const replaceDataKeyRow = (pool: pg.Pool, owner: string, { keyId, wrapped }: Wrapped): Promise<string> => inTransaction(pool, async (client) => {
  await client.query('UPDATE data_key SET replaced_at = now() WHERE owner = $1 AND replaced_at IS NULL', [owner])
  const { rows: [row] } = await client.query<{ id: string }>(INSERT, [keyId, newId('dataKey'), owner, wrapped])
  if (!row) throw retiredKey()
  return row.id
})

/** False when it was moved, or went, in between. */
export const moveDataKey = async (pool: pg.Pool, row: DataKeyRow, to: Wrapped): Promise<boolean> =>
  (await pool.query(MOVE, [to.keyId, row.id, row.wrapped.keyId, to.wrapped])).rowCount === 1
