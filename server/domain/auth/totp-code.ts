import { Secret, TOTP } from 'otpauth'

const PERIOD_S = 30
/** A code is good one step before and after its time: for clocks that are off and people who type. */
const STEPS_AROUND = 1

export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

const totpOf = (secret: string, names: { issuer?: string; label?: string } = {}): TOTP =>
  new TOTP({ secret: Secret.fromBase32(secret), period: PERIOD_S, digits: 6, ...names })

/** What authenticator apps read from the QR code. */
export const totpUri = (secret: string, issuer: string, label: string): string => totpOf(secret, { issuer: issuer.replaceAll(':', ' '), label }).toString()

/** The time step this code belongs to, or null. A step at or before `lastStep` was used already. */
export const stepOfCode = (secret: string, code: string, lastStep: number, atMs: number): number | null => {
  if (!/^\d{6}$/.test(code)) return null
  const delta = totpOf(secret).validate({ token: code, timestamp: atMs, window: STEPS_AROUND })
  if (delta === null) return null
  const step = Math.floor(atMs / 1000 / PERIOD_S) + delta
  return step > lastStep ? step : null
}
