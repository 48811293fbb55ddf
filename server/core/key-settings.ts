import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const text = z.string().min(1)

/** Who wraps the data keys. Those set beside the chosen one can still unwrap, so that a change of provider is a rewrap. */
export const KEY_SETTINGS = {
  SHELLWEGO_KEY_PROVIDER: z.enum(['file', 'vault', 'aws']).default('file'),
  SHELLWEGO_KEY_FILE: text.optional(),
  SHELLWEGO_KEY_PASSPHRASE: text.min(12, 'must hold at least 12 characters').optional(),
  SHELLWEGO_KEY_PASSPHRASE_FILE: text.optional(),
  SHELLWEGO_VAULT_ADDR: z.url().optional(),
  SHELLWEGO_VAULT_TOKEN_FILE: text.optional(),
  SHELLWEGO_VAULT_KEY: text.default('shellwego'),
  SHELLWEGO_VAULT_MOUNT: text.optional(),
  SHELLWEGO_VAULT_NAMESPACE: text.optional(),
  SHELLWEGO_AWS_REGION: text.optional(),
  SHELLWEGO_AWS_KMS_KEY: text.optional(),
  SHELLWEGO_AWS_KMS_ENDPOINT: z.url().optional(),
  SHELLWEGO_AWS_ACCESS_KEY_ID: text.optional(),
  SHELLWEGO_AWS_SECRET_ACCESS_KEY_FILE: text.optional(),
  SHELLWEGO_AWS_SESSION_TOKEN_FILE: text.optional(),
}
type KeyVariables = z.infer<z.ZodObject<typeof KEY_SETTINGS>>

export interface KeySettings {
  provider: 'file' | 'vault' | 'aws'
  file: { path: string; passphrase: string } | null
  vault: { url: string; tokenFile: string; keyName: string; mount: string | undefined; namespace: string | undefined } | null
  aws: { region: string; keyId: string; endpoint: string | undefined; accessKeyId: string; secretAccessKey: string; sessionToken: string | undefined } | null
}

const stop = (message: string, cause?: unknown): Error => new Error(`Cannot start: ${message}`, { cause })

/** One line of a file only we may read; `name` is the variable that says where it is. */
const readSecretFile = (name: string, file: string): string => {
  let value: string
  try {
    value = readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw stop(`${name} cannot be read`, cause)
  }
  if (value === '') throw stop(`${name} is empty`)
  return value
}

const readPassphrase = (env: KeyVariables): string | null => {
  if (env.SHELLWEGO_KEY_PASSPHRASE) return env.SHELLWEGO_KEY_PASSPHRASE
  if (!env.SHELLWEGO_KEY_PASSPHRASE_FILE) return null
  const passphrase = readSecretFile('SHELLWEGO_KEY_PASSPHRASE_FILE', env.SHELLWEGO_KEY_PASSPHRASE_FILE)
  if (passphrase.length < 12) throw stop('SHELLWEGO_KEY_PASSPHRASE_FILE must hold at least 12 characters')
  return passphrase
}

const readAws = (env: KeyVariables): KeySettings['aws'] => {
  const { SHELLWEGO_AWS_REGION: region, SHELLWEGO_AWS_KMS_KEY: keyId, SHELLWEGO_AWS_ACCESS_KEY_ID: accessKeyId } = env
  if (!region || !keyId || !accessKeyId || !env.SHELLWEGO_AWS_SECRET_ACCESS_KEY_FILE) return null
  const sessionFile = env.SHELLWEGO_AWS_SESSION_TOKEN_FILE
  return {
    region, keyId, accessKeyId, endpoint: env.SHELLWEGO_AWS_KMS_ENDPOINT,
    secretAccessKey: readSecretFile('SHELLWEGO_AWS_SECRET_ACCESS_KEY_FILE', env.SHELLWEGO_AWS_SECRET_ACCESS_KEY_FILE),
    sessionToken: sessionFile ? readSecretFile('SHELLWEGO_AWS_SESSION_TOKEN_FILE', sessionFile) : undefined,
  }
}

const NEEDED = {
  file: 'SHELLWEGO_KEY_PASSPHRASE or SHELLWEGO_KEY_PASSPHRASE_FILE',
  vault: 'SHELLWEGO_VAULT_ADDR and SHELLWEGO_VAULT_TOKEN_FILE',
  aws: 'SHELLWEGO_AWS_REGION, SHELLWEGO_AWS_KMS_KEY, SHELLWEGO_AWS_ACCESS_KEY_ID and SHELLWEGO_AWS_SECRET_ACCESS_KEY_FILE',
} as const

/** Throws one message that names what the chosen provider lacks. */
export const readKeySettings = (env: KeyVariables & { SHELLWEGO_DATA: string }): KeySettings => {
  const passphrase = readPassphrase(env)
  const { SHELLWEGO_VAULT_ADDR: url, SHELLWEGO_VAULT_TOKEN_FILE: tokenFile } = env
  const settings: KeySettings = {
    provider: env.SHELLWEGO_KEY_PROVIDER,
    file: passphrase === null ? null : { path: env.SHELLWEGO_KEY_FILE ?? path.join(env.SHELLWEGO_DATA, 'secrets', 'keys.json'), passphrase },
    vault: url && tokenFile
      ? { url, tokenFile, keyName: env.SHELLWEGO_VAULT_KEY, mount: env.SHELLWEGO_VAULT_MOUNT, namespace: env.SHELLWEGO_VAULT_NAMESPACE } : null,
    aws: readAws(env),
  }
  if (settings[settings.provider] === null) throw stop(`${NEEDED[settings.provider]} must be set for the key provider "${settings.provider}"`)
  return settings
}
