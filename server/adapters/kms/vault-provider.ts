import { z } from 'zod'
import { KeyProviderError, type KeyContext, type KeyProvider } from '../../core/key-provider.ts'
import { parsedOrNull, readAnswer } from './answer.ts'

export interface VaultConfig {
  /** `https://vault.example.com:8200` */
  url: string
  /** Read before each call: an agent beside us may renew it. */
  token: () => string
  keyName: string
  mount?: string | undefined
  namespace?: string | undefined
  timeoutMs?: number | undefined
}

const Encrypted = z.object({ data: z.object({ ciphertext: z.string().regex(/^vault:v\d+:/) }) })
const Decrypted = z.object({ data: z.object({ plaintext: z.string() }) })
const KeyInfo = z.object({ data: z.object({ latest_version: z.int(), min_decryption_version: z.int() }) })
const Faults = z.object({ errors: z.array(z.string()) })

const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64')
const bound = ({ owner }: KeyContext): string => base64(`data-key/${owner}`)

/** Vault's own words for "that text, or what it is bound to, is wrong"; everything else is trouble to be tried again. */
const isRefusal = (status: number, faults: string): boolean =>
  status === 400 && /message authentication failed|invalid ciphertext|disallowed by policy|too old|unable to decrypt/i.test(faults)

/** Transit engine: the key never leaves Vault, and each wrapped key is bound to its owner by associated data. */
export const createVaultProvider = (config: VaultConfig): KeyProvider => {
  const base = `${config.url.replace(/\/+$/, '')}/v1/${config.mount ?? 'transit'}`
  const name = encodeURIComponent(config.keyName)
  const idOf = (version: number): string => `vault:${config.keyName}:${version}`
  const versionOf = (keyId: string): number => Number(/:(\d+)$/.exec(keyId)?.[1])

  const ask = async (method: 'GET' | 'POST', path: string, body?: object): Promise<string> => {
    const answer = await fetch(`${base}${path}`, {
      method, redirect: 'error', signal: AbortSignal.timeout(config.timeoutMs ?? 3_000),
      headers: {
        'x-vault-token': config.token(), 'x-vault-request': 'true', ...(config.namespace ? { 'x-vault-namespace': config.namespace } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch((cause: unknown) => { throw new KeyProviderError('unavailable', `Vault at ${config.url} does not answer.`, { cause }) })
    const text = await answer.text()
    if (answer.ok) return text
    const faults = Faults.safeParse(parsedOrNull(text)).data?.errors.join('; ') ?? ''
    throw new KeyProviderError(isRefusal(answer.status, faults) ? 'refused' : 'unavailable', `Vault refuses ${path} (${answer.status}): ${faults || 'no reason given'}.`)
  }
  const read = <S extends z.ZodType>(schema: S, text: string): z.output<S> => readAnswer(schema, text, `Vault at ${config.url}`)
  const info = async () => read(KeyInfo, await ask('GET', `/keys/${name}`)).data

  return {
    name: 'vault',
    currentKeyId: async () => idOf((await info()).latest_version),
    wrap: async (dataKey, context) => {
      const { ciphertext } = read(Encrypted, await ask('POST', `/encrypt/${name}`, { plaintext: base64(dataKey), associated_data: bound(context) })).data
      return { keyId: idOf(Number(/^vault:v(\d+):/.exec(ciphertext)?.[1])), wrapped: ciphertext }
    },
    unwrap: async ({ wrapped }, context) =>
      Buffer.from(read(Decrypted, await ask('POST', `/decrypt/${name}`, { ciphertext: wrapped, associated_data: bound(context) })).data.plaintext, 'base64'),
    rotate: async () => {
      await ask('POST', `/keys/${name}/rotate`, {})
      return idOf((await info()).latest_version)
    },
    retire: async (keyId) => {
      const { latest_version: latest, min_decryption_version: least } = await info()
      const version = versionOf(keyId)
      if (version >= latest) throw new KeyProviderError('refused', `${keyId} is the current key.`)
      if (version >= least) await ask('POST', `/keys/${name}/config`, { min_decryption_version: version + 1 })
    },
  }
}
