import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const FORMAT = 'e1'
const IV_BYTES = 12
const TAG_BYTES = 16
const ENVELOPE = /^e1\.([\w:-]{1,80})\.([\w-]+)$/

/** The text was changed, belongs elsewhere, or was encrypted with another key. */
export class Unreadable extends Error {}

/** Format version and key id are in clear before the ciphertext, and bound to it together with its place. */
const boundTo = (keyId: string, place: string): Buffer => Buffer.from(`${FORMAT}.${keyId}\n${place}`)

/** AES-256-GCM with a random nonce: `e1.<key id>.<nonce, tag, text>`. `place` says where it belongs; it opens nowhere else. */
export const sealEnvelope = (keyId: string, key: Buffer, plain: string | Uint8Array, place: string): string => {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES }).setAAD(boundTo(keyId, place))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return `${FORMAT}.${keyId}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
}

export const keyIdOf = (sealed: string): string => {
  const keyId = ENVELOPE.exec(sealed)?.[1]
  if (!keyId) throw new Unreadable('it is not in a format this version knows')
  return keyId
}

export const openEnvelope = (key: Buffer, sealed: string, place: string): Buffer => {
  const keyId = keyIdOf(sealed)
  const raw = Buffer.from(sealed.slice(FORMAT.length + keyId.length + 2), 'base64url')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, raw.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(boundTo(keyId, place)).setAuthTag(raw.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    return Buffer.concat([decipher.update(raw.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
  } catch (cause) {
    throw new Unreadable('its authentication tag does not fit: it was changed, or belongs elsewhere', { cause })
  }
}
