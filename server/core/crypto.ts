import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')
export const hmac = (key: string | Uint8Array, data: string): string => createHmac('sha256', key).update(data).digest('base64url')

/** A bearer secret: 256 random bits behind a prefix that says what it opens. */
export const newToken = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`

export const sameSecret = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}

/** AES-256-GCM under the master key. `aad` binds the ciphertext to its place, so it cannot be moved to another one. */
export const seal = (key: Buffer, plain: string, aad: string): string => {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(aad))
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return `v1:${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')}`
}

/** Throws when the text was changed or belongs elsewhere. */
export const unseal = (key: Buffer, sealed: string, aad: string): string => {
  if (!sealed.startsWith('v1:')) throw new Error('unknown ciphertext version')
  const raw = Buffer.from(sealed.slice(3), 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, raw.subarray(0, 12)).setAAD(Buffer.from(aad)).setAuthTag(raw.subarray(12, 28))
  return Buffer.concat([decipher.update(raw.subarray(28)), decipher.final()]).toString('utf8')
}
