import { statSync } from 'node:fs'
import { openEnvelope, sealEnvelope, Unreadable } from '../../core/envelope.ts'
import { KeyProviderError, type KeyContext, type KeyProvider, type Wrapped } from '../../core/key-provider.ts'
import { addVersion, openKeyFile, removeVersion, type KeyFile } from './key-file.ts'

const place = ({ owner }: KeyContext): string => `data-key/${owner}`

const stampOf = (file: string): string => {
  try {
    const { ino, mtimeMs, size } = statSync(file)
    return `${ino} ${mtimeMs} ${size}`
  } catch {
    return 'none'
  }
}

/** Keys in a file of this machine, encrypted under a passphrase. Every process sees what another one wrote: the file is looked at each time. */
export const createFileProvider = (file: string, passphrase: string): KeyProvider => {
  let held: Promise<KeyFile> | null = null
  let stamp = ''

  const read = (): Promise<KeyFile> => {
    const now = stampOf(file)
    if (held && now === stamp) return held
    const before = held
    const opening = (async () => openKeyFile(file, passphrase, { create: before === null, before: await before?.catch(() => undefined) }))()
    held = opening
    stamp = now
    opening.then(() => { if (now === 'none') stamp = stampOf(file) }, () => { if (held === opening) held = before })
    return opening
  }
  const keyOf = async (id: string): Promise<Buffer> => {
    const key = (await read()).keys.get(id)
    if (!key) throw new KeyProviderError('refused', `The key file ${file} has no key ${id}: it was retired, or the file is an older one.`)
    return key
  }

  return {
    name: 'file',
    currentKeyId: async () => (await read()).current,
    wrap: async (dataKey: Buffer, context: KeyContext): Promise<Wrapped> => {
      const keyId = (await read()).current
      return { keyId, wrapped: sealEnvelope(keyId, await keyOf(keyId), dataKey, place(context)) }
    },
    unwrap: async ({ keyId, wrapped }, context) => {
      try {
        return openEnvelope(await keyOf(keyId), wrapped, place(context))
      } catch (cause) {
        if (!(cause instanceof Unreadable)) throw cause
        throw new KeyProviderError('refused', `The data key of ${context.owner} cannot be unwrapped: ${cause.message}.`, { cause })
      }
    },
    rotate: async () => addVersion(file, await read()),
    retire: async (keyId) => {
      const now = await read()
      if (keyId === now.current) throw new KeyProviderError('refused', `${keyId} is the current key.`)
      removeVersion(file, now, keyId)
    },
  }
}
