import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import { request } from 'node:https'

/** What the authority said no with; its text is for people. */
export class AcmeRefusal extends Error {
  readonly type: string
  constructor(type: string, message: string) {
    super(message)
    this.type = type
  }
}

export interface AcmeAnswer { status: number; headers: Record<string, string | string[] | undefined>; text: string }
const LIMIT_MS = 20_000
const MAX_BYTES = 1 << 20
const encode = (data: Buffer | string): string => Buffer.from(data).toString('base64url')

/** One account at one authority: signs, keeps nonces, reads refusals. RFC 8555. */
export class AcmeSession {
  readonly #key: KeyObject
  readonly #ca: string | undefined
  readonly #jwk: Record<string, string>
  #nonce: string | null = null
  #account: string | null = null

  constructor(accountKey: string, ca: string | undefined) {
    this.#key = createPrivateKey(accountKey)
    this.#ca = ca
    const { crv, kty, x, y } = createPublicKey(this.#key).export({ format: 'jwk' })
    this.#jwk = { crv: String(crv), kty: String(kty), x: String(x), y: String(y) }
  }

  /** What the TXT record of a DNS-01 challenge must hold. */
  proofOf(token: string): string {
    const thumbprint = createHash('sha256').update(JSON.stringify(this.#jwk)).digest('base64url')
    return createHash('sha256').update(`${token}.${thumbprint}`).digest('base64url')
  }

  async register(newNonce: string, newAccount: string, email: string): Promise<void> {
    this.#nonce = String((await this.#send('HEAD', newNonce)).headers['replay-nonce'])
    const answer = await this.post(newAccount, { termsOfServiceAgreed: true, contact: [`mailto:${email}`] })
    this.#account = String(answer.headers.location)
  }

  async get(url: string): Promise<unknown> {
    return JSON.parse((await this.#send('GET', url)).text)
  }

  /** `payload` null reads (POST-as-GET). A nonce that is stale is told with a fresh one: tried again. */
  async post(url: string, payload: object | null, tries = 8): Promise<AcmeAnswer> {
    const identity = this.#account === null ? { jwk: this.#jwk } : { kid: this.#account }
    const head = encode(JSON.stringify({ alg: 'ES256', ...identity, nonce: this.#nonce, url }))
    const body = payload === null ? '' : encode(JSON.stringify(payload))
    const signature = encode(sign('sha256', Buffer.from(`${head}.${body}`), { key: this.#key, dsaEncoding: 'ieee-p1363' }))
    const answer = await this.#send('POST', url, JSON.stringify({ protected: head, payload: body, signature }))
    this.#nonce = String(answer.headers['replay-nonce'] ?? '')
    if (answer.status < 400) return answer
    const { type = '', detail = `HTTP ${answer.status}` } = problemOf(answer.text)
    if (type.endsWith(':badNonce') && tries > 1) return this.post(url, payload, tries - 1)
    throw new AcmeRefusal(type, detail)
  }

  #send(method: string, url: string, body?: string): Promise<AcmeAnswer> {
    return new Promise((resolve, reject) => {
      const headers = body === undefined ? {} : { 'content-type': 'application/jose+json', 'content-length': Buffer.byteLength(body) }
      const call = request(url, { method, headers: { 'user-agent': 'shellwego', ...headers }, signal: AbortSignal.timeout(LIMIT_MS), ...(this.#ca ? { ca: this.#ca } : {}) })
      call.on('error', reject)
      call.on('response', (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
          if (text.length > MAX_BYTES) call.destroy(new Error('the answer is too long'))
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
      })
      call.end(body)
    })
  }
}

const problemOf = (text: string): { type?: string; detail?: string } => {
  try {
    return JSON.parse(text) as { type?: string; detail?: string }
  } catch {
    return {}
  }
}
