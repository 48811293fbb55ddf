import { readFileSync } from 'node:fs'
import { KeyProviderError, type KeyProvider, type KeyProviders } from '../../core/key-provider.ts'
import type { KeySettings } from '../../core/key-settings.ts'
import { createAwsProvider } from './aws-provider.ts'
import { createFileProvider } from './file-provider.ts'
import { createVaultProvider } from './vault-provider.ts'

const readToken = (file: string) => (): string => {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new KeyProviderError('unavailable', `The Vault token file ${file} cannot be read.`, { cause })
  }
}

/** The chosen provider wraps; every other one that is set can still unwrap. */
export const createKeyProviders = ({ provider, file, vault, aws }: KeySettings): KeyProviders => {
  const all: KeyProvider[] = [
    ...(file ? [createFileProvider(file.path, file.passphrase)] : []),
    ...(vault ? [createVaultProvider({ ...vault, token: readToken(vault.tokenFile) })] : []),
    ...(aws ? [createAwsProvider(aws)] : []),
  ]
  const current = all.find((p) => p.name === provider)
  if (!current) throw new Error(`no settings for the key provider ${provider}`)
  return { current, all }
}
