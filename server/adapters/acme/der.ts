import { createSign, type KeyObject } from 'node:crypto'

const length = (size: number): Buffer => {
  if (size < 0x80) return Buffer.from([size])
  const bytes = Buffer.from(size.toString(16).padStart(size > 0xff ? 4 : 2, '0'), 'hex')
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes])
}
const tlv = (tag: number, ...content: Buffer[]): Buffer => {
  const body = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag]), length(body.length), body])
}
const sequence = (...parts: Buffer[]): Buffer => tlv(0x30, ...parts)
const set = (...parts: Buffer[]): Buffer => tlv(0x31, ...parts)
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'))

const COMMON_NAME = oid('550403')
const EXTENSION_REQUEST = oid('2a864886f70d01090e')
const ALTERNATIVE_NAMES = oid('551d11')
const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'))

/** PKCS#10 request in DER for these names, signed by an EC key. RFC 2986. */
export const signingRequest = (names: readonly string[], keys: { publicKey: KeyObject; privateKey: KeyObject }): Buffer => {
  const subject = sequence(set(sequence(COMMON_NAME, tlv(0x0c, Buffer.from(names[0] ?? '')))))
  const alternatives = sequence(...names.map((name) => tlv(0x82, Buffer.from(name, 'ascii'))))
  const extensions = sequence(sequence(ALTERNATIVE_NAMES, tlv(0x04, alternatives)))
  const attributes = tlv(0xa0, sequence(EXTENSION_REQUEST, set(extensions)))
  const info = sequence(tlv(0x02, Buffer.from([0])), subject, keys.publicKey.export({ type: 'spki', format: 'der' }), attributes)
  const signature = createSign('sha256').update(info).sign(keys.privateKey)
  return sequence(info, ECDSA_WITH_SHA256, tlv(0x03, Buffer.from([0]), signature))
}
