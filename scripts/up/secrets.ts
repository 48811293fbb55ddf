import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { makeFolder, readOptional, writeAtomic } from '../host/files.ts'

const generators = {
  'auth-secret': () => randomBytes(32).toString('base64url'),
  'key-passphrase': () => randomBytes(32).toString('base64url'),
  'db-superuser': () => randomBytes(24).toString('hex'),
  'db-owner': () => randomBytes(24).toString('hex'),
  'db-app': () => randomBytes(24).toString('hex'),
  'db-system': () => randomBytes(24).toString('hex'),
  'stripe-secret-key': () => `sk_test_${randomBytes(24).toString('hex')}`,
  'stripe-webhook-secret': () => `whsec_${randomBytes(24).toString('hex')}`,
  'paystack-secret-key': () => `sk_test_${randomBytes(20).toString('hex')}`,
}

export type SecretName = keyof typeof generators

export interface Secrets {
  read: (name: SecretName) => string
  file: (name: SecretName) => string
}

/** Each secret is made once and rests in its own 0600 file. */
export function openSecrets(data: string): Secrets {
  const folder = makeFolder(path.join(data, 'secrets'), 0o700)
  const file = (name: SecretName): string => path.join(folder, name)
  for (const [name, generate] of Object.entries(generators) as [SecretName, () => string][]) {
    if (!readOptional(file(name))) writeAtomic(file(name), generate())
  }
  return { file, read: (name) => readOptional(file(name)) ?? '' }
}
