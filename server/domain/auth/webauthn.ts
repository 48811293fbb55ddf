import type { AuthenticatorTransport } from '@simplewebauthn/server'
import type { BrandContext } from '../../core/context.ts'
import type { SystemDb } from '../../core/db.ts'
import { DomainError } from '../../core/error.ts'
import type { PasskeyAssertion, PasskeyRegistration } from '../../contract/sign-in.ts'

/** Loaded with the first passkey: 13 MB of memory. */
const webauthn = () => import('@simplewebauthn/server')

/** A passkey belongs to the host name of the console it was made on. */
export const rpOf = (brand: BrandContext): string => new URL(brand.origin).hostname

const TRANSPORTS = ['ble', 'hybrid', 'internal', 'nfc', 'usb'] as const satisfies AuthenticatorTransport[]
const knownTransports = (given: readonly string[] = []): AuthenticatorTransport[] => TRANSPORTS.filter((t) => given.includes(t))

interface Known { credentialId: string; transports: string[] }
const descriptors = (keys: readonly Known[]) => keys.map((k) => ({ id: k.credentialId, transports: knownTransports(k.transports) }))

export const registrationOptions = async (brand: BrandContext, user: { id: string; email: string; name: string }, existing: readonly Known[]) =>
  (await webauthn()).generateRegistrationOptions({
    rpName: brand.name, rpID: rpOf(brand), userName: user.email, userDisplayName: user.name, userID: new Uint8Array(Buffer.from(user.id)),
    attestationType: 'none', excludeCredentials: descriptors(existing), authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })

/** Without `allowed` the authenticator offers what it has for this host. */
export const assertionOptions = async (brand: BrandContext, allowed: readonly Known[] = []) =>
  (await webauthn()).generateAuthenticationOptions({ rpID: rpOf(brand), userVerification: 'required', ...(allowed.length > 0 ? { allowCredentials: descriptors(allowed) } : {}) })

const refused = (cause?: unknown): DomainError =>
  new DomainError('invalid_passkey', 'The passkey was not accepted. Try again, or use another way.', { cause })

export const verifyRegistration = async (brand: BrandContext, challenge: string, response: PasskeyRegistration) => {
  const { authenticatorAttachment: _, ...rest } = response
  const { verified, registrationInfo } = await (await webauthn()).verifyRegistrationResponse({
    response: { ...rest, response: { ...rest.response, transports: knownTransports(rest.response.transports) } },
    expectedChallenge: challenge, expectedOrigin: brand.origin, expectedRPID: rpOf(brand), requireUserVerification: true,
  }).catch((cause: unknown) => { throw refused(cause) })
  if (!verified) throw refused()
  const { credential, credentialBackedUp } = registrationInfo
  return {
    credentialId: credential.id, publicKey: Buffer.from(credential.publicKey), counter: BigInt(credential.counter), backedUp: credentialBackedUp,
    transports: knownTransports(rest.response.transports), rpId: rpOf(brand),
  }
}

interface Question { challenge: string | null; userId?: string | null }

/** The passkey behind an answer, of an account of this brand (of `userId` when given), its counter moved on. */
export const redeemAssertion = async (db: SystemDb, brand: BrandContext, question: Question, answer: PasskeyAssertion) => {
  const [host, { userId }] = [rpOf(brand), question]
  const where = { credentialId: answer.id, rpId: host, user: { brandId: brand.id }, ...(userId ? { userId } : {}) }
  const key = await db.passkey.findFirst({ where, include: { user: true } })
  if (!key || !question.challenge) throw refused()
  const { authenticatorAttachment: _, ...rest } = answer
  const { userHandle, ...signed } = rest.response
  if (userHandle && Buffer.from(userHandle, 'base64url').toString() !== key.userId) throw refused()
  const { verified, authenticationInfo } = await (await webauthn()).verifyAuthenticationResponse({
    response: { ...rest, response: signed }, expectedChallenge: question.challenge, expectedOrigin: brand.origin, expectedRPID: host,
    requireUserVerification: true,
    credential: { id: key.credentialId, publicKey: new Uint8Array(key.publicKey), counter: Number(key.counter), transports: knownTransports(key.transports) },
  }).catch((cause: unknown) => { throw refused(cause) })
  if (!verified) throw refused()
  await db.passkey.update({
    where: { id: key.id }, data: { counter: BigInt(authenticationInfo.newCounter), backedUp: authenticationInfo.credentialBackedUp, lastUsedAt: new Date() },
  })
  return key.user
}
