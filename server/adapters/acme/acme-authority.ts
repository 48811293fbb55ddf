import { createECDH, createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { z } from 'zod'
import type { CertificateAuthority, CertificateOrder } from '../../domain/domains/ports.ts'
import { hmac } from '../../core/crypto.ts'
import { signingRequest } from './der.ts'
import { AcmeRefusal, AcmeSession } from './session.ts'

const Directory = z.object({ newNonce: z.string(), newAccount: z.string(), newOrder: z.string() })
const Order = z.object({ status: z.string(), authorizations: z.array(z.string()), finalize: z.string(), certificate: z.string().optional() })
const Challenge = z.object({ type: z.string(), url: z.string(), token: z.string(), error: z.object({ detail: z.string() }).optional() })
const Authorization = z.object({ status: z.string(), challenges: z.array(Challenge) })

export interface AcmeConfig {
  directory: string
  email: string
  /** PEM of an EC P-256 key: who we are at the authority. */
  accountKey: string
  /** PEM of authorities to trust instead of the system's. */
  trust?: string
  pollMs?: number
  limitMs?: number
}

/** One account per installation, found again by every process: derived, not stored. */
export const accountKeyOf = (secret: string): string => {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(Buffer.from(hmac(secret, 'acme-account'), 'base64url'))
  const point = pair.getPublicKey()
  const [d, x, y] = [pair.getPrivateKey(), point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', d: d ?? '', x: x ?? '', y: y ?? '' }, format: 'jwk' }).export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** Certificates by ACME, proven by DNS-01. */
export const createAcmeAuthority = (config: AcmeConfig): CertificateAuthority => ({
  async obtain({ name, publish, withdraw }) {
    const session = new AcmeSession(config.accountKey, config.trust)
    const directory = Directory.parse(await session.get(config.directory))
    await session.register(directory.newNonce, directory.newAccount, config.email)
    const made = await session.post(directory.newOrder, { identifiers: [{ type: 'dns', value: name }] })
    const orderUrl = String(made.headers.location)
    const order = Order.parse(JSON.parse(made.text))
    for (const url of order.authorizations) await prove(session, url, config, { publish, withdraw })
    const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    await session.post(order.finalize, { csr: signingRequest([name], keys).toString('base64url') })
    const done = await poll(config, async () => {
      const now = Order.parse(JSON.parse((await session.post(orderUrl, null)).text))
      if (now.status === 'invalid') throw new AcmeRefusal('invalid', 'The authority gave the order up.')
      return now.status === 'valid' && now.certificate ? now.certificate : null
    })
    return { chain: (await session.post(done, null)).text, key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
  },
})

const prove = async (session: AcmeSession, url: string, config: AcmeConfig, { publish, withdraw }: Omit<CertificateOrder, 'name'>): Promise<void> => {
  const read = async () => Authorization.parse(JSON.parse((await session.post(url, null)).text))
  const first = await read()
  if (first.status === 'valid') return
  const challenge = first.challenges.find(({ type }) => type === 'dns-01')
  if (!challenge) throw new AcmeRefusal('unsupported', 'The authority does not offer a proof by DNS.')
  const value = session.proofOf(challenge.token)
  await publish(value)
  try {
    await session.post(challenge.url, {})
    await poll(config, async () => {
      const now = await read()
      if (now.status === 'invalid') throw new AcmeRefusal('unauthorized', now.challenges.find((one) => one.error)?.error?.detail ?? 'The authority did not find the record.')
      return now.status === 'valid' ? true : null
    })
  } finally {
    await withdraw(value)
  }
}

const poll = async <T>({ pollMs = 2_000, limitMs = 120_000 }: AcmeConfig, look: () => Promise<T | null>): Promise<T> => {
  const end = Date.now() + limitMs
  while (Date.now() < end) {
    const found = await look()
    if (found !== null) return found
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
  throw new AcmeRefusal('timeout', 'The authority did not decide in time.')
}
