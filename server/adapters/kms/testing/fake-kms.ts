import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto'
import { startFakeServer, type FakeAnswer, type FakeRequest } from './fake-server.ts'
import { verifySigV4, type Credentials } from './sigv4.ts'

interface KmsKey { id: string; arn: string; material: Buffer; enabled: boolean }
interface Body { KeyId?: string; Plaintext?: string; CiphertextBlob?: string; EncryptionContext?: Record<string, string> }

const TYPE = 'application/x-amz-json-1.1'
const ok = (body: unknown): FakeAnswer => ({ status: 200, body, type: TYPE })
const fail = (type: string, message = type): FakeAnswer => ({ status: 400, body: { __type: type, message }, type: TYPE })
const boundTo = (context: Record<string, string> = {}): Buffer => Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))))

/** As KMS does it: the blob names its key, and the context is authenticated with it. */
const seal = (key: KmsKey, plain: Buffer, context?: Record<string, string>): string => {
  const iv = randomBytes(12)
  const head = Buffer.from(key.id)
  const cipher = createCipheriv('aes-256-gcm', key.material, iv).setAAD(Buffer.concat([head, boundTo(context)]))
  return Buffer.concat([head, iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64')
}
const unseal = (key: KmsKey, raw: Buffer, context?: Record<string, string>): string => {
  const head = raw.subarray(0, 36)
  const decipher = createDecipheriv('aes-256-gcm', key.material, raw.subarray(36, 48)).setAAD(Buffer.concat([head, boundTo(context)])).setAuthTag(raw.subarray(-16))
  return Buffer.concat([decipher.update(raw.subarray(48, -16)), decipher.final()]).toString('base64')
}

/** The part of AWS KMS we use, with its own shapes and refusals. Every request's SigV4 signature is checked. */
export const startFakeKms = async (options: Credentials & { region: string; alias: string }) => {
  const keys: KmsKey[] = []
  const newKey = (): KmsKey => {
    const id = randomUUID()
    const key = { id, arn: `arn:aws:kms:${options.region}:123456789012:key/${id}`, material: randomBytes(32), enabled: true }
    keys.push(key)
    return key
  }
  let aliased = newKey()
  const find = (name: string | undefined): KmsKey | undefined => (name === options.alias ? aliased : keys.find((k) => k.id === name || k.arn === name))

  const decrypt = (body: Body): FakeAnswer => {
    const raw = Buffer.from(body.CiphertextBlob ?? '', 'base64')
    const key = find(raw.subarray(0, 36).toString('utf8'))
    if (!key) return fail('InvalidCiphertextException', '')
    if (body.KeyId && find(body.KeyId) !== key) return fail('IncorrectKeyException', 'The key ID in the request does not identify a CMK that can perform this operation.')
    if (!key.enabled) return fail('DisabledException', `${key.arn} is disabled.`)
    try {
      return ok({ KeyId: key.arn, Plaintext: unseal(key, raw, body.EncryptionContext), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' })
    } catch {
      return fail('InvalidCiphertextException', '')
    }
  }
  const act = (action: string, body: Body): FakeAnswer => {
    if (action === 'Decrypt') return decrypt(body)
    const key = find(body.KeyId)
    if (!key) return fail('NotFoundException', `Key '${body.KeyId}' does not exist`)
    if (action === 'DescribeKey') return ok({ KeyMetadata: { AWSAccountId: '123456789012', KeyId: key.id, Arn: key.arn, Enabled: key.enabled, KeyState: key.enabled ? 'Enabled' : 'Disabled', KeyUsage: 'ENCRYPT_DECRYPT', KeySpec: 'SYMMETRIC_DEFAULT' } })
    if (action === 'DisableKey') {
      key.enabled = false
      return { status: 200, body: null, type: TYPE }
    }
    if (!key.enabled) return fail('DisabledException', `${key.arn} is disabled.`)
    if (action !== 'Encrypt' || body.Plaintext === undefined) return fail('UnknownOperationException')
    return ok({ CiphertextBlob: seal(key, Buffer.from(body.Plaintext, 'base64'), body.EncryptionContext), KeyId: key.arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' })
  }
  const answer = (request: FakeRequest): FakeAnswer => {
    const fault = verifySigV4(request, options, { region: options.region, service: 'kms' })
    if (fault) return fail(fault)
    const [, action] = /^TrentService\.(\w+)$/.exec(String(request.headers['x-amz-target'])) ?? []
    return action ? act(action, JSON.parse(request.body) as Body) : fail('UnknownOperationException')
  }
  const server = await startFakeServer(answer)
  return { ...server, pointAliasToNewKey: () => { aliased = newKey() } }
}
