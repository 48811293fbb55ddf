import { randomBytes } from 'node:crypto'
import { runtime } from '../../core/runtime.ts'
import { volumeKeyPlace } from '../secrets/index.ts'

/** What a volume's row keeps of its key. */
export type KeyColumns = { encrypted: false } | { encrypted: true; sealedKey: string; keyId: string }
interface Keyed { id: string; orgId: string; encrypted: boolean; sealedKey: string | null }

const PLAIN: KeyColumns = { encrypted: false }
const KEY_BYTES = 32

const sealed = async (orgId: string, volumeId: string, key: string): Promise<KeyColumns> => {
  const { text, keyId } = await runtime().keys.seal(orgId, key, volumeKeyPlace(orgId, volumeId))
  return { encrypted: true, sealedKey: text, keyId }
}

/** In clear: for its node alone, over the node API, where it is sealed again. */
export const openKey = async ({ id, orgId, encrypted, sealedKey }: Keyed): Promise<Record<string, string>> =>
  encrypted && sealedKey !== null ? { key: await runtime().keys.open(orgId, sealedKey, volumeKeyPlace(orgId, id)) } : {}

export const newKey = (orgId: string, volumeId: string): Promise<KeyColumns> => sealed(orgId, volumeId, randomBytes(KEY_BYTES).toString('base64'))

/** With a key that is known already. */
export const sealedVolumeKey = async (orgId: string, volumeId: string, key: string | null): Promise<KeyColumns> =>
  (key === null ? PLAIN : sealed(orgId, volumeId, key))

/** A copy of an encrypted volume opens with the same key: its blocks are copied as they are. */
export const keyOfCopy = async (source: Keyed, orgId: string, volumeId: string): Promise<KeyColumns> => {
  const { key } = await openKey(source)
  return sealedVolumeKey(orgId, volumeId, key ?? null)
}
