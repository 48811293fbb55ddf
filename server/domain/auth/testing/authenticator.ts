import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { PasskeyAssertion, PasskeyRegistration } from '../../../contract/sign-in.ts'

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()
const [USER_PRESENT, USER_VERIFIED, HAS_CREDENTIAL] = [0x01, 0x04, 0x40]

/** CBOR (RFC 8949), as much of it as an attestation needs. */
const head = (major: number, n: number): Buffer => {
  if (n < 24) return Buffer.from([(major << 5) | n])
  return n < 256 ? Buffer.from([(major << 5) | 24, n]) : Buffer.from([(major << 5) | 25, n >> 8, n & 255])
}
const int = (n: number): Buffer => (n >= 0 ? head(0, n) : head(1, -1 - n))
const bytes = (b: Buffer): Buffer => Buffer.concat([head(2, b.length), b])
const text = (t: string): Buffer => Buffer.concat([head(3, Buffer.byteLength(t)), Buffer.from(t)])
const map = (entries: [Buffer, Buffer][]): Buffer => Buffer.concat([head(5, entries.length), ...entries.flat()])

interface Tampering { origin?: string; rpId?: string; userVerified?: boolean; counter?: number; userHandle?: string; type?: string }

/** A security key in software: one credential, made and used as a browser would. */
export class SoftAuthenticator {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  readonly id = randomBytes(32).toString('base64url')
  private readonly origin: string
  private counter = 0
  private userHandle = ''

  constructor(origin: string) {
    this.origin = origin
  }

  private authData(over: Tampering, extra: Buffer = Buffer.alloc(0)): Buffer {
    const flags = USER_PRESENT | (over.userVerified === false ? 0 : USER_VERIFIED) | (extra.length > 0 ? HAS_CREDENTIAL : 0)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(over.counter ?? this.counter)
    return Buffer.concat([sha256(over.rpId ?? new URL(this.origin).hostname), Buffer.from([flags]), count, extra])
  }

  private clientData(type: string, challenge: string, over: Tampering): Buffer {
    return Buffer.from(JSON.stringify({ type: over.type ?? type, challenge, origin: over.origin ?? this.origin, crossOrigin: false }))
  }

  register(options: { challenge: string; user?: unknown }, over: Tampering = {}): PasskeyRegistration {
    this.userHandle = (options.user as { id: string }).id
    const { x = '', y = '' } = this.keys.publicKey.export({ format: 'jwk' })
    const cose = map([
      [int(1), int(2)], [int(3), int(-7)], [int(-1), int(1)], [int(-2), bytes(Buffer.from(x, 'base64url'))], [int(-3), bytes(Buffer.from(y, 'base64url'))],
    ])
    const id = Buffer.from(this.id, 'base64url')
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose])
    const attestation = map([[text('fmt'), text('none')], [text('attStmt'), map([])], [text('authData'), bytes(this.authData(over, credential))]])
    return {
      id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {},
      response: {
        clientDataJSON: this.clientData('webauthn.create', options.challenge, over).toString('base64url'),
        attestationObject: attestation.toString('base64url'), transports: ['internal'],
      },
    }
  }

  assert(options: { challenge: string }, over: Tampering = {}): PasskeyAssertion {
    this.counter += 1
    const [authenticatorData, clientData] = [this.authData(over), this.clientData('webauthn.get', options.challenge, over)]
    const signature = createSign('sha256').update(Buffer.concat([authenticatorData, sha256(clientData)])).sign(this.keys.privateKey)
    return {
      id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {},
      response: {
        clientDataJSON: clientData.toString('base64url'), authenticatorData: authenticatorData.toString('base64url'),
        signature: signature.toString('base64url'), userHandle: over.userHandle ?? this.userHandle,
      },
    }
  }
}
