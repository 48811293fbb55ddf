import { hmac, sameSecret } from '../../../core/crypto.ts'
import type { SystemDb } from '../../../core/db.ts'
import { runtime } from '../../../core/runtime.ts'
import { consoleOrigin } from '../../mail/index.ts'

/** Business time: a link in a mail outlives every reminder of its invoice. */
const LIFETIME_MS = 120 * 86_400_000

interface Payable { id: string; brandId: string }

const sign = (brandId: string, invoiceId: string, expires: string): string =>
  hmac(runtime().env.SHELLWEGO_AUTH_SECRET, `pay-link:${brandId}:${invoiceId}:${expires}`)

/** Opens one invoice to whoever holds it, under its brand only. Nothing is stored: what it says is signed. */
const payToken = ({ id, brandId }: Payable, expiresAt: Date): string => {
  const expires = Math.floor(expiresAt.getTime() / 1000).toString(36)
  return `${id}-${expires}-${sign(brandId, id, expires)}`
}

const SHAPE = /^(inv_[a-z0-9]{10,40})-([a-z0-9]{5,8})-([\w-]{43})$/

/** The invoice a token opens under this brand now; null for any other reason, so that a refusal tells nothing. */
export const openPayToken = (token: string, brandId: string, now: Date): { invoiceId: string; expiresAt: Date } | null => {
  const [, invoiceId, expires, signature] = SHAPE.exec(token) ?? []
  if (!invoiceId || !expires || !signature || !sameSecret(signature, sign(brandId, invoiceId, expires))) return null
  const expiresAt = new Date(Number.parseInt(expires, 36) * 1000)
  return expiresAt > now ? { invoiceId, expiresAt } : null
}

/** Where anybody who holds the address can pay the invoice, without an account. */
export const payLink = async (db: SystemDb, invoice: Payable, origin?: string): Promise<{ url: string; token: string; expiresAt: Date }> => {
  const expiresAt = new Date(runtime().clock.now().getTime() + LIFETIME_MS)
  const token = payToken(invoice, expiresAt)
  return { url: `${origin ?? await consoleOrigin(db, invoice.brandId)}/pay/${token}`, token, expiresAt }
}
