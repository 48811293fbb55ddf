import { AwsClient } from 'aws4fetch'
import { z } from 'zod'
import { KeyProviderError, type KeyContext, type KeyProvider } from '../../core/key-provider.ts'
import { parsedOrNull, readAnswer } from './answer.ts'

export interface AwsKmsConfig {
  region: string
  /** Key id, ARN or `alias/…`; an alias is how a new key is made current. */
  keyId: string
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string | undefined
  /** A VPC endpoint; the region's public one if not set. */
  endpoint?: string | undefined
  timeoutMs?: number | undefined
}

const Encrypted = z.object({ CiphertextBlob: z.string(), KeyId: z.string() })
const Decrypted = z.object({ Plaintext: z.string(), KeyId: z.string() })
const Described = z.object({ KeyMetadata: z.object({ Arn: z.string(), KeyState: z.string() }) })
const Fault = z.object({ __type: z.string() })

const REFUSALS = ['InvalidCiphertextException', 'IncorrectKeyException']
const contextOf = ({ owner }: KeyContext): Record<string, string> => ({ 'shellwego:owner': owner })

/** The key never leaves AWS; each wrapped key is bound to its owner by the encryption context, which CloudTrail shows as well. */
export const createAwsProvider = (config: AwsKmsConfig): KeyProvider => {
  const url = config.endpoint ?? `https://kms.${config.region}.amazonaws.com/`
  const client = new AwsClient({
    accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey, service: 'kms', region: config.region, retries: 2,
    ...(config.sessionToken ? { sessionToken: config.sessionToken } : {}),
  })

  const ask = async (action: string, body: object): Promise<string> => {
    const answer = await client.fetch(url, {
      method: 'POST', redirect: 'error', signal: AbortSignal.timeout(config.timeoutMs ?? 5_000),
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `TrentService.${action}` }, body: JSON.stringify(body),
    }).catch((cause: unknown) => { throw new KeyProviderError('unavailable', `AWS KMS at ${url} does not answer.`, { cause }) })
    const text = await answer.text()
    if (answer.ok) return text
    const fault = faultOf(text)
    throw new KeyProviderError(REFUSALS.includes(fault) ? 'refused' : 'unavailable', `AWS KMS refuses ${action} (${answer.status} ${fault}).`)
  }
  const read = <S extends z.ZodType>(schema: S, text: string): z.output<S> => readAnswer(schema, text, 'AWS KMS')
  const idOf = (arn: string): string => `aws:${arn}`
  const arnOf = (keyId: string): string => keyId.slice('aws:'.length)
  const current = async (): Promise<string> => {
    const { Arn: arn, KeyState: state } = read(Described, await ask('DescribeKey', { KeyId: config.keyId })).KeyMetadata
    if (state !== 'Enabled') throw new KeyProviderError('unavailable', `The AWS KMS key ${arn} is ${state}.`)
    return idOf(arn)
  }

  return {
    name: 'aws',
    currentKeyId: current,
    wrap: async (dataKey, context) => {
      const made = read(Encrypted, await ask('Encrypt', { KeyId: config.keyId, Plaintext: dataKey.toString('base64'), EncryptionContext: contextOf(context) }))
      return { keyId: idOf(made.KeyId), wrapped: made.CiphertextBlob }
    },
    unwrap: async ({ keyId, wrapped }, context) => Buffer.from(read(Decrypted, await ask('Decrypt',
      { KeyId: arnOf(keyId), CiphertextBlob: wrapped, EncryptionContext: contextOf(context) })).Plaintext, 'base64'),
    // Who may make a key is decided in AWS: its owner points the alias to the new one.
    rotate: current,
    retire: async (keyId) => {
      if (keyId === await current()) throw new KeyProviderError('refused', `${keyId} is the current key.`)
      await ask('DisableKey', { KeyId: arnOf(keyId) })
    },
  }
}

/** `com.amazonaws.kms#InvalidCiphertextException`, or without the part before the hash. */
const faultOf = (text: string): string => Fault.safeParse(parsedOrNull(text)).data?.__type.split('#').at(-1) ?? 'unknown'
