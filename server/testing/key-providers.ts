import { randomBytes } from 'node:crypto'
import { openEnvelope, sealEnvelope, Unreadable } from '../core/envelope.ts'
import { KeyProviderError, type KeyProvider, type KeyProviders } from '../core/key-provider.ts'

/** Keys in memory: no file, no network, and a switch to fall silent. */
export const memoryProvider = (): KeyProvider & { silent: boolean; unwraps: number } => {
  const keys = new Map([['memory:1', randomBytes(32)]])
  let made = 1
  const current = (): string => [...keys.keys()].at(-1) ?? ''
  const keyOf = (id: string): Buffer => {
    const key = keys.get(id)
    if (provider.silent) throw new KeyProviderError('unavailable', 'silent')
    if (!key) throw new KeyProviderError('refused', `no key ${id}`)
    return key
  }
  const provider: KeyProvider & { silent: boolean; unwraps: number } = {
    name: 'memory', silent: false, unwraps: 0,
    currentKeyId: () => Promise.resolve(current()),
    wrap: async (dataKey, { owner }) => Promise.resolve({ keyId: current(), wrapped: sealEnvelope(current(), keyOf(current()), dataKey, owner) }),
    unwrap: async ({ keyId, wrapped }, { owner }) => {
      provider.unwraps += 1
      try {
        return await Promise.resolve(openEnvelope(keyOf(keyId), wrapped, owner))
      } catch (cause) {
        throw cause instanceof Unreadable ? new KeyProviderError('refused', cause.message, { cause }) : cause
      }
    },
    rotate: () => {
      made += 1
      keys.set(`memory:${made}`, randomBytes(32))
      return Promise.resolve(current())
    },
    retire: (keyId) => {
      keys.delete(keyId)
      return Promise.resolve()
    },
  }
  return provider
}

export const memoryProviders = (): KeyProviders => {
  const provider = memoryProvider()
  return { current: provider, all: [provider] }
}
