import { randomBytes } from 'node:crypto'
import { seal, unseal } from '../../../core/crypto.ts'
import { DomainError } from '../../../core/error.ts'
import { runtime } from '../../../core/runtime.ts'
import { backupKeysPlace, backupSecretPlace } from '../../secrets/index.ts'
import { openKey } from '../volume-key.ts'

const KEY_BYTES = 32
const PLATFORM_PLACE = 'platform_backup_target'

interface SetKeys { key: string; volumeKey: string | null }
interface Keyed { id: string; orgId: string; encrypted: boolean; sealedKey: string | null }

/** The key backups are encrypted under is made here and known to nodes that hold the volume; the bucket never sees it. */
export const newSetKeys = async (volume: Keyed, setId: string): Promise<{ sealedKeys: string; keyId: string }> => {
  const { key: volumeKey = null } = await openKey(volume)
  const keys: SetKeys = { key: randomBytes(KEY_BYTES).toString('base64'), volumeKey }
  const { text, keyId } = await runtime().keys.seal(volume.orgId, JSON.stringify(keys), backupKeysPlace(volume.orgId, setId))
  return { sealedKeys: text, keyId }
}

const gone = (): DomainError => new DomainError('state_conflict', 'The keys of these backups are gone: nobody can open them any more.')

export const openSetKeys = async (set: { id: string; orgId: string; sealedKeys: string | null }): Promise<SetKeys> => {
  if (set.sealedKeys === null) throw gone()
  return JSON.parse(await runtime().keys.open(set.orgId, set.sealedKeys, backupKeysPlace(set.orgId, set.id))) as SetKeys
}

export const sealSecret = async (orgId: string, targetId: string, secret: string): Promise<{ sealedSecret: string; keyId: string }> => {
  const { text, keyId } = await runtime().keys.seal(orgId, secret, backupSecretPlace(orgId, targetId))
  return { sealedSecret: text, keyId }
}

export const openSecret = async (target: { id: string; orgId: string; sealedSecret: string | null }): Promise<string> => {
  if (target.sealedSecret === null) throw gone()
  return runtime().keys.open(target.orgId, target.sealedSecret, backupSecretPlace(target.orgId, target.id))
}

export const sealPlatformSecret = (secret: string): string => seal(runtime().env.masterKey, secret, PLATFORM_PLACE)
export const openPlatformSecret = (sealed: string): string => unseal(runtime().env.masterKey, sealed, PLATFORM_PLACE)
