import { subscribe } from '../../core/event.ts'
import { deleteSecret } from './delete-secret.ts'
import { destroyKeys } from './forget-organization.ts'
import { getKeys } from './keys/read-keys.ts'
import { replaceDataKey, replaceDataKeyJob } from './keys/replace-data-key.ts'
import { rewrapKeys } from './keys/rewrap.ts'
import { retireKey, rotateKeys } from './keys/rotate-keys.ts'
import { pruneSecrets } from './prune-secrets.ts'
import { getAppSecret, getSecret, listAppSecrets, listSecrets, listSecretVersions } from './read-secrets.ts'
import { rollBackSecret } from './roll-back-secret.ts'
import { warnExpiring } from './warn-expiring.ts'
import { createSecret, importSecrets, rotateSecret, setAppSecret, updateSecret } from './write-secrets.ts'

export { deleteSecretsOf } from './delete-secret.ts'
export { maskSecrets } from './mask-secrets.ts'
export { freezeSecrets, markDelivered, openReleaseSecrets } from './release-secrets.ts'
export { backupKeysPlace, backupSecretPlace, volumeKeyPlace } from './place.ts'
export { missingSecrets } from './resolve.ts'
export { warmKeys } from './rollout.ts'
export { setSecret } from './set-secret.ts'
export { needsRedeploy, readUses } from './uses.ts'

export {
  createSecret, deleteSecret, getAppSecret, getKeys, getSecret, importSecrets, listAppSecrets, listSecrets, listSecretVersions, replaceDataKey, retireKey,
  rollBackSecret,
  rotateKeys, rotateSecret, setAppSecret, updateSecret,
}
export const operations = [
  listSecrets, createSecret, importSecrets, getSecret, updateSecret, deleteSecret, listSecretVersions, rotateSecret, rollBackSecret, listAppSecrets,
  getAppSecret, setAppSecret, replaceDataKey,
]
export const composites = [getKeys, rotateKeys, retireKey]
export const jobs = [pruneSecrets, warnExpiring, rewrapKeys, replaceDataKeyJob, destroyKeys]
export const subscribeSecrets = (): void => subscribe('organization.deleted', destroyKeys)
/** Real time; what expires does so in business time. */
export const crontab = ['13 * * * * secrets.prune', '*/10 * * * * secrets.warn_expiring']
