import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { startFakeServer, type FakeAnswer, type FakeRequest } from './fake-server.ts'

interface TransitKey { versions: Buffer[]; createdAt: number[]; minDecryption: number }
interface Body { plaintext?: string; ciphertext?: string; associated_data?: string; min_decryption_version?: number }

const ok = (data: unknown): FakeAnswer => ({ status: 200, body: { request_id: randomBytes(8).toString('hex'), lease_id: '', renewable: false, lease_duration: 0, data, wrap_info: null, warnings: null, auth: null } })
const fail = (status: number, ...errors: string[]): FakeAnswer => ({ status, body: { errors } })
const seal = (key: Buffer, plain: Buffer, aad: Buffer): Buffer => {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad)
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}
const unseal = (key: Buffer, raw: Buffer, aad: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, raw.subarray(0, 12)).setAAD(aad).setAuthTag(raw.subarray(-16))
  return Buffer.concat([decipher.update(raw.subarray(12, -16)), decipher.final()])
}

const encrypt = (key: TransitKey, body: Body): FakeAnswer => {
  const version = key.versions.length
  const current = key.versions.at(-1)
  if (!current || body.plaintext === undefined) return fail(400, 'missing plaintext to encrypt')
  const raw = seal(current, Buffer.from(body.plaintext, 'base64'), Buffer.from(body.associated_data ?? '', 'base64'))
  return ok({ ciphertext: `vault:v${version}:${raw.toString('base64')}`, key_version: version })
}

const decrypt = (key: TransitKey, body: Body): FakeAnswer => {
  const [, number, text] = /^vault:v(\d+):([A-Za-z0-9+/=]+)$/.exec(body.ciphertext ?? '') ?? []
  if (!number || !text) return fail(400, 'invalid ciphertext: no prefix')
  const version = Number(number)
  if (version < key.minDecryption) return fail(400, 'ciphertext or signature version is disallowed by policy (too old)')
  const secret = key.versions[version - 1]
  if (!secret) return fail(400, 'invalid ciphertext: version is too new')
  try {
    return ok({ plaintext: unseal(secret, Buffer.from(text, 'base64'), Buffer.from(body.associated_data ?? '', 'base64')).toString('base64') })
  } catch {
    return fail(400, 'cipher: message authentication failed')
  }
}

const infoOf = (name: string, key: TransitKey): FakeAnswer => ok({
  name, type: 'aes256-gcm96', derived: false, exportable: false, deletion_allowed: false, latest_version: key.versions.length, min_available_version: 0,
  min_decryption_version: key.minDecryption, min_encryption_version: 0,
  supports_encryption: true, supports_decryption: true, supports_derivation: true, supports_signing: false,
  keys: Object.fromEntries(key.createdAt.map((at, i) => [String(i + 1), at])),
})

const configure = (key: TransitKey, body: Body): FakeAnswer => {
  const least = body.min_decryption_version ?? key.minDecryption
  if (least > key.versions.length) return fail(400, 'cannot set min decryption version of greater than the latest version')
  key.minDecryption = least
  return { status: 200, body: null }
}

/** The part of Vault's transit engine we use, with its own shapes, states and refusals. */
export const startFakeVault = async (options: { token: string; keyName: string; mount?: string }) => {
  const add = (key: TransitKey): void => {
    key.versions.push(randomBytes(32))
    key.createdAt.push(Math.floor(Date.now() / 1000))
  }
  const key: TransitKey = { versions: [], createdAt: [], minDecryption: 1 }
  add(key)
  const answer = ({ method, path, headers, body }: FakeRequest): FakeAnswer => {
    if (headers['x-vault-token'] !== options.token) return fail(403, 'permission denied')
    const [, mount, act, name, act2] = /^\/v1\/([\w/-]+?)\/(keys|encrypt|decrypt)\/([^/]+)(?:\/(rotate|config))?$/.exec(path) ?? []
    if (mount !== (options.mount ?? 'transit')) return fail(404, `no handler for route "${path.slice(4)}". route entry not found.`)
    if (name !== options.keyName) return act === 'keys' && method === 'GET' ? { status: 404, body: { errors: [] } } : fail(400, 'encryption key not found')
    const parsed = body === '' ? {} : (JSON.parse(body) as Body)
    if (act === 'keys' && method === 'GET') return infoOf(name, key)
    if (method !== 'POST') return fail(405, 'unsupported operation')
    if (act === 'encrypt') return encrypt(key, parsed)
    if (act === 'decrypt') return decrypt(key, parsed)
    if (act2 === 'config') return configure(key, parsed)
    add(key)
    return infoOf(name, key)
  }
  return startFakeServer(answer)
}
