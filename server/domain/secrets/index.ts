import { deleteSecret } from './delete-secret.ts'
import { getKeys } from './keys/read-keys.ts'
import { replaceDataKey, replaceDataKeyJob } from './keys/replace-data-key.ts'
import { rewrapKeys } from './keys/rewrap.ts'
import { retireKey, rotateKeys } from './keys/rotate-keys.ts'
import { pruneSecrets } from './prune-secrets.ts'
import { getSecret, listAppSecrets, listSecrets, listSecretVersions } from './read-secrets.ts'
import { rollBackSecret } from './roll-back-secret.ts'
import { warnExpiring } from './warn-expiring.ts'
import { createSecret, importSecrets, rotateSecret, setAppSecret, updateSecret } from './write-secrets.ts'

export { deleteSecretsOf } from './delete-secret.ts'
export { maskSecrets } from './mask-secrets.ts'
export { freezeSecrets, markDelivered, openReleaseSecrets } from './release-secrets.ts'
export { missingSecrets } from './resolve.ts'
export { warmKeys } from './rollout.ts'
export { setSecret } from './set-secret.ts'
export { needsRedeploy, readUses } from './uses.ts'

export {
  createSecret, deleteSecret, getKeys, getSecret, importSecrets, listAppSecrets, listSecrets, listSecretVersions, replaceDataKey, retireKey, rollBackSecret,
  rotateKeys, rotateSecret, setAppSecret, updateSecret,
}
export const operations = [
  listSecrets, createSecret, importSecrets, getSecret, updateSecret, deleteSecret, listSecretVersions, rotateSecret, rollBackSecret, listAppSecrets,
  setAppSecret, replaceDataKey,
]
export const composites = [getKeys, rotateKeys, retireKey]
export const jobs = [pruneSecrets, warnExpiring, rewrapKeys, replaceDataKeyJob]
/** Real time; what expires does so in business time. */
export const crontab = ['13 * * * * secrets.prune', '*/10 * * * * secrets.warn_expiring']
