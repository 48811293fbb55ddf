import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { findDataKey, findNewestId, insertDataKey, moveDataKey, replaceDataKeyRow } from './data-key-rows.ts'
import { keyIdOf, openEnvelope, sealEnvelope, Unreadable } from './envelope.ts'
import { DomainError } from './error.ts'
import { ExpiringMap } from './expiring-map.ts'
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

export const providerOf = (providers: KeyProviders, keyId: string): KeyProvider => {
  const provider = providers.all.find((p) => keyId.startsWith(`${p.name}:`))
  if (!provider) throw new KeyProviderError('unavailable', `The key ${keyId} is with a provider that is not configured. Add its settings again.`)
  return provider
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
    const row = await findDataKey(pool, id)
    if (row?.owner !== owner) throw new Unreadable(`it names a key that ${owner} does not have`)
    return { id, key: await providerOf(providers, row.wrapped.keyId).unwrap(row.wrapped, { owner }) }
  }
  const keyOf = (owner: string, id: string): Promise<DataKey> => once(kept, `${owner} ${id}`, () => load(owner, id))
  const wrapNew = (owner: string): Promise<Wrapped> => providers.current.wrap(randomBytes(32), { owner })
  const newestId = (owner: string): Promise<string> =>
    once(newest, owner, async () => await findNewestId(pool, owner) ?? insertDataKey(pool, owner, await wrapNew(owner)))
  const newestKey = async (owner: string): Promise<DataKey> => keyOf(owner, await newestId(owner))

  return {
    providers,
    seal: (owner, plain, place) => mayFail(newestKey(owner).then(({ id, key }) => ({ text: sealEnvelope(id, key, plain, place), keyId: id }))),
    open: (owner, sealed, place) => mayFail((async () => openEnvelope((await keyOf(owner, keyIdOf(sealed))).key, sealed, place).toString('utf8'))()),
    warm: async (owner) => { await mayFail(newestKey(owner)) },
    replace: async (owner) => {
      const id = await replaceDataKeyRow(pool, owner, await mayFail(wrapNew(owner)))
      newest.delete(owner)
      return id
    },
    platformKey: async () => (await newestKey(PLATFORM)).key,
    rewrap: async (id) => {
      const row = await findDataKey(pool, id)
      if (!row) return false
      const key = await providerOf(providers, row.wrapped.keyId).unwrap(row.wrapped, row)
      return moveDataKey(pool, row, await providers.current.wrap(key, row))
    },
    forget: () => {
      kept.clear()
      newest.clear()
    },
  }
}
