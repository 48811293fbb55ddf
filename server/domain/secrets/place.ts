export interface SecretPlace { orgId: string; appId: string | null; secretId: string; name: string; version: number }

export const volumeKeyPlace = (orgId: string, volumeId: string): string => `volume/${orgId}/${volumeId}`

export const backupKeysPlace = (orgId: string, setId: string): string => `backup_set/${orgId}/${setId}`
export const backupSecretPlace = (orgId: string, targetId: string): string => `backup_target/${orgId}/${targetId}`

/** What a ciphertext is bound to: it opens for this version of this secret of this app alone. */
export const placeOf = ({ orgId, appId, secretId, name, version }: SecretPlace): string =>
  `secret/${orgId}/${appId ?? '-'}/${secretId}/${name}/${version}`
