import { runtime } from '../../core/runtime.ts'
import type { SignInPolicy } from '../auth/index.ts'
import { domainOf } from './domain-of.ts'

interface Row { is_owner: boolean; has_second_factor: boolean; staff: boolean }

const ENFORCED = `SELECT c.org_id FROM sso_domain d JOIN sso_connection c ON c.org_id = d.org_id
  WHERE d.brand_id = $1 AND d.domain = $2 AND d.verified_at IS NOT NULL AND c.enforced_at IS NOT NULL`

const STANDING = `SELECT u.staff, EXISTS (SELECT 1 FROM membership m WHERE m.org_id = $2 AND m.user_id = u.id AND m.role = 'owner' AND m.suspended_at IS NULL) AS is_owner,
    EXISTS (SELECT 1 FROM totp_factor t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL) OR EXISTS (SELECT 1 FROM passkey p WHERE p.user_id = u.id) AS has_second_factor
  FROM "user" u WHERE u.id = $1`

/**
 * People of a domain whose organization enforces single sign-on go there. The way back in when the provider fails: an owner's password
 * (or passkey) of an account with a second factor. A password is therefore looked at first; before that nothing tells who is an owner.
 */
export const ssoPolicy: SignInPolicy = async ({ email, brandId, userId, method }) => {
  if (userId === null && (method === 'password' || method === 'passkey')) return null
  const { systemPool } = runtime().databases
  const { rows: [enforced] } = await systemPool.query<{ org_id: string }>(ENFORCED, [brandId, domainOf(email)])
  if (!enforced) return null
  if (userId !== null) {
    const { rows: [standing] } = await systemPool.query<Row>(STANDING, [userId, enforced.org_id])
    if (standing?.staff) return null
    if (standing?.is_owner && standing.has_second_factor && (method === 'password' || method === 'passkey')) return null
  }
  return { redirect: `/sso?email=${encodeURIComponent(email)}` }
}
