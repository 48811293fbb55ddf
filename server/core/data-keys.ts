import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { keyIdOf, openEnvelope, sealEnvelope, Unreadable } from './envelope.ts'
import { DomainError } from './error.ts'
import { ExpiringMap } from './expiring-map.ts'
import { newId } from './id.ts'
import { log } from './log.ts'
import { KeyProviderError, type KeyProvider, type KeyProviders, type Wrapped } from './key-provider.ts'

/** How long a data key stays in memory: so long work goes on while the provider is silent, and so long a replaced one is still written with. */
const KEPT_MS = 5 * 60_000
const NEWEST_KEPT_MS = 30_000
const MAX_KEPT = 5_000

export interface Sealed { text: string; keyId: string }
interface DataKey { id: string; key: Buffer }

/** Owner of what belongs to no organization. */
export const PLATFORM = 'platform'

/** Encrypts under a data key of the owner, which itself is stored wrapped by the key provider. */
export interface DataKeys {
  readonly providers: KeyProviders
  seal(owner: string, plain: string, place: string): Promise<Sealed>
  /** Rejects with {@link Unreadable} when the text was changed or belongs elsewhere. */
  open(owner: string, sealed: string, place: string): Promise<string>
  /** Has the owner's keys in memory before a transaction begins, so that none waits for a key provider. */
  warm(owner: string): Promise<void>
  /** New texts of that owner are encrypted with a new key from now on. */
  replace(owner: string): Promise<string>
  /** The platform's key itself, for what is encrypted without waiting. */
  platformKey(): Promise<Buffer>
  /** Wraps that key again with the provider's current one. False when another process did, or the key is gone. */
  rewrap(id: string): Promise<boolean>
  /** Forgets what it holds in memory. */
  forget(): void
}

/** Locks the wrapping key's row, so that it cannot be retired meanwhile; gives no row when it is retired. */
const USABLE = `INSERT INTO wrapping_key (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET id = excluded.id WHERE wrapping_key.retired_at IS NULL RETURNING id`

interface Row { id: string; owner: string; wrapping_key_id: string; wrapped: string }
const wrappedOf = (row: Row): Wrapped => ({ keyId: row.wrapping_key_id, wrapped: row.wrapped })

export const providerOf = (providers: KeyProviders, keyId: string): KeyProvider => {
  const provider = providers.all.find((p) => keyId.startsWith(`${p.name}:`))
  if (!provider) throw new KeyProviderError('unavailable', `The key ${keyId} is with a provider that is not configured. Add its settings again.`)
  return provider
}

const retiredKey = (): KeyProviderError => new KeyProviderError('refused', 'The key provider wrapped with a key that is retired. Check its settings.')

const inTransaction = async <T>(pool: pg.Pool, run: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const result = await run(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

const mayFail = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof KeyProviderError)) throw error
    log.error({ fault: error.fault, reason: error.message }, error.fault === 'refused'
      ? 'the key provider refuses a data key: its row was damaged or moved, or its wrapping key is gone. Restore data_key from a backup'
      : 'the key provider cannot be used: secrets can be neither read nor set until it answers')
    throw new DomainError('unavailable', 'The key provider does not answer or refuses. Try again in a minute; if it stays, tell the operator.', { cause: error })
  }
}

export const openDataKeys = (pool: pg.Pool, providers: KeyProviders): DataKeys => {
  const kept = new ExpiringMap<Promise<DataKey>>(KEPT_MS, MAX_KEPT)
  const newest = new ExpiringMap<Promise<string>>(NEWEST_KEPT_MS, MAX_KEPT)

  const once = <T>(map: ExpiringMap<Promise<T>>, key: string, load: () => Promise<T>): Promise<T> => {
    const known = map.get(key)
    if (known) return known
    const loading = load()
    map.set(key, loading)
    loading.catch(() => map.drop(key, loading))
    return loading
  }

  const load = async (owner: string, id: string): Promise<DataKey> => {
    const { rows: [row] } = await pool.query<Row>({ name: 'data-key', text: 'SELECT id, owner, wrapping_key_id, wrapped FROM data_key WHERE id = $1 AND owner = $2', values: [id, owner] })
    if (!row) throw new Unreadable(`it names a key that ${owner} does not have`)
    return { id, key: await providerOf(providers, row.wrapping_key_id).unwrap(wrappedOf(row), { owner }) }
  }
  const keyOf = (owner: string, id: string): Promise<DataKey> => once(kept, `${owner} ${id}`, () => load(owner, id))

  const insert = async (owner: string, key: Buffer): Promise<string> => {
    const { keyId, wrapped } = await providers.current.wrap(key, { owner })
    const { rows: [row] } = await pool.query<{ id: string }>(
      `WITH usable AS (${USABLE}) INSERT INTO data_key (id, owner, wrapping_key_id, wrapped) SELECT $2, $3, id, $4 FROM usable ON CONFLICT DO NOTHING RETURNING id`,
      [keyId, newId('dataKey'), owner, wrapped])
    return row?.id ?? findNewest(owner)
  }
  const findNewest = async (owner: string): Promise<string> => {
    const { rows: [row] } = await pool.query<{ id: string }>('SELECT id FROM data_key WHERE owner = $1 AND replaced_at IS NULL', [owner])
    if (!row) throw retiredKey()
    return row.id
  }
  const newestId = (owner: string): Promise<string> => once(newest, owner, async () => {
    const { rows: [row] } = await pool.query<{ id: string }>('SELECT id FROM data_key WHERE owner = $1 AND replaced_at IS NULL', [owner])
    return row?.id ?? insert(owner, randomBytes(32))
  })
  const newestKey = async (owner: string): Promise<DataKey> => keyOf(owner, await newestId(owner))

  return {
    providers,
    seal: (owner, plain, place) => mayFail(newestKey(owner).then(({ id, key }) => ({ text: sealEnvelope(id, key, plain, place), keyId: id }))),
    open: (owner, sealed, place) => mayFail((async () => openEnvelope((await keyOf(owner, keyIdOf(sealed))).key, sealed, place).toString('utf8'))()),
    warm: async (owner) => { await mayFail(newestKey(owner)) },
    replace: async (owner) => {
      const { keyId, wrapped } = await mayFail(providers.current.wrap(randomBytes(32), { owner }))
      const id = await inTransaction(pool, async (client) => {
        await client.query('UPDATE data_key SET replaced_at = now() WHERE owner = $1 AND replaced_at IS NULL', [owner])
        const { rows: [row] } = await client.query<{ id: string }>(
          `WITH usable AS (${USABLE}) INSERT INTO data_key (id, owner, wrapping_key_id, wrapped) SELECT $2, $3, id, $4 FROM usable RETURNING id`,
          [keyId, newId('dataKey'), owner, wrapped])
        if (!row) throw retiredKey()
        return row.id
      })
      newest.delete(owner)
      return id
    },
    platformKey: async () => (await newestKey(PLATFORM)).key,
    rewrap: async (id) => {
      const { rows: [row] } = await pool.query<Row>('SELECT id, owner, wrapping_key_id, wrapped FROM data_key WHERE id = $1', [id])
      if (!row) return false
      const key = await providerOf(providers, row.wrapping_key_id).unwrap(wrappedOf(row), row)
      const { keyId, wrapped } = await providers.current.wrap(key, row)
      const { rowCount } = await pool.query(`WITH usable AS (${USABLE}) UPDATE data_key SET wrapping_key_id = usable.id, wrapped = $4 FROM usable
        WHERE data_key.id = $2 AND data_key.wrapping_key_id = $3`, [keyId, id, row.wrapping_key_id, wrapped])
      return rowCount === 1
    },
    forget: () => {
      kept.clear()
      newest.clear()
    },
  }
}
