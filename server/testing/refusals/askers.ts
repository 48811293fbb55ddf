import { PERMISSIONS, type Permission } from '../../contract/permission.ts'
import type { Actor, BrandContext } from '../../core/context.ts'
import { newToken, sha256 } from '../../core/crypto.ts'
import { DomainError } from '../../core/error.ts'
import { runtime } from '../../core/runtime.ts'
import { seedPriceLists } from '../../domain/billing/index.ts'
import { createBrand } from '../../domain/branding/index.ts'
import { createServiceAccount, createServiceAccountToken, createToken, resolveToken } from '../../domain/tokens/index.ts'
import { makeOwner, makeUser, type Caller } from '../actors.ts'
import { tokenOf, type Question } from '../api.ts'
import { makeMember, type Estate } from '../estate.ts'

/** Somebody who asks: how their request is made, and who they are to operations without a route. */
export interface Asker {
  name: string
  brand: BrandContext
  question(): Promise<Question>
  actor(): Promise<Actor>
}

export const anonymous = (brand: BrandContext): Asker => ({ name: 'anonymous', brand, question: () => Promise.resolve({}), actor: () => Promise.resolve({ type: 'anonymous' }) })

/** Fresh for each request: some of the operations tried end sessions. */
export const person = (name: string, who: Caller): Asker => ({
  name, brand: who.brand, actor: () => Promise.resolve(who.actor), question: async () => ({ token: await tokenOf(who.actor) }),
})

/** A token that stays the same; from `address`. */
const bearer = (name: string, brand: BrandContext, token: string, address?: string): Asker => ({
  name, brand, question: () => Promise.resolve({ token, ...(address ? { headers: { 'x-forwarded-for': address } } : {}) }),
  actor: async () => {
    const actor = await resolveToken(token, brand.id, address ?? '198.18.0.1')
    if (!actor) throw new DomainError('unauthenticated', 'The token is unknown, expired or of another console.')
    return actor
  },
})

const sql = (text: string, values: unknown[]) => runtime().databases.systemPool.query(text, values)

/** Tokens of the owner, whom nothing is denied: whatever is refused is refused for the token's sake. */
export const tokenAskers = async ({ owner, orgId, ids }: Estate) => {
  const make = async (over: object): Promise<{ id: string; token: string }> => owner.call(createToken, { name: 'matrix', ...over })
  const reads: Permission[] = PERMISSIONS.filter((p) => p.endsWith(':read'))
  const [readOnly, otherApp, elsewhere, expired, revoked] = [
    await make({ scopes: reads }), await make({ organization_id: orgId, app_ids: [ids.other_app_id] }), await make({ ip_allow: ['203.0.113.0/24'] }), await make({}), await make({}),
  ]
  await sql('UPDATE api_token SET expires_at = now() - interval \'1 second\' WHERE id = $1', [expired.id])
  await sql('UPDATE api_token SET revoked_at = now() WHERE id = $1', [revoked.id])
  return {
    readOnly: bearer('a read-only token', owner.brand, readOnly.token), otherApp: bearer('a token for another app', owner.brand, otherApp.token),
    elsewhere: bearer('a token from an address not on its list', owner.brand, elsewhere.token, '198.51.100.7'),
    dead: [bearer('an expired token', owner.brand, expired.token), bearer('a revoked token', owner.brand, revoked.token), await nodeAsker(owner.brand, ids.node_id)],
  }
}

/** The credential is a good one of a good node: for the node API. */
const nodeAsker = async (brand: BrandContext, nodeId: string): Promise<Asker> => {
  const credential = newToken('node')
  await sql('UPDATE node SET credential_hash = $2, credential_expires_at = now() + interval \'1 day\' WHERE id = $1', [nodeId, sha256(credential)])
  return bearer('a node', brand, credential)
}

export const machineAsker = async ({ owner }: Estate): Promise<Asker> => {
  const account = await owner.call(createServiceAccount, { name: 'matrix', role: 'viewer' })
  const made = await owner.call(createServiceAccountToken, { service_account_id: account.id, name: 'matrix' })
  return bearer('a service account', owner.brand, made.token)
}

/** A member with a role made of two permissions. */
export const CUSTOM: Permission[] = ['org:read', 'usage:read']
export const customAsker = async ({ orgId, ids }: Estate): Promise<Asker> => {
  const member = await makeMember(orgId, 'viewer')
  if (member.actor.type === 'user') await sql('UPDATE membership SET role = \'custom\', role_id = $3 WHERE org_id = $1 AND user_id = $2', [orgId, member.actor.userId, ids.role_id])
  return person('a custom role', member)
}

export const suspendedAsker = async ({ orgId }: Estate): Promise<Asker> => {
  const member = await makeMember(orgId, 'admin')
  if (member.actor.type === 'user') await sql('UPDATE membership SET suspended_at = now() WHERE org_id = $1 AND user_id = $2', [orgId, member.actor.userId])
  return person('a suspended member', member)
}

/** A customer of a reseller, under the reseller's own host and, with the same token, under ours. */
export const resellerAskers = async (): Promise<{ atHome: Asker; away: Asker; orgId: string }> => {
  const staff = await makeUser({ staff: true })
  const hostname = 'matrix.example.net'
  const brand = await staff.call(createBrand, { name: 'Reseller', hostname, support_email: 'help@example.net', legal_name: 'Reseller Ltd', invoice_prefix: 'RES' })
  await runtime().databases.asSystem('job', (db) => seedPriceLists(db, brand.id, { now: new Date('2020-01-01T00:00:00Z') }))
  const customer = await makeOwner({ brandId: brand.id })
  const home = person('another reseller\'s customer', customer)
  return {
    orgId: customer.organization.id, atHome: { ...home, question: async () => ({ ...(await home.question()), headers: { host: hostname } }) },
    away: { ...home, name: 'another reseller\'s customer under our name', actor: () => Promise.reject(new DomainError('unauthenticated', 'The token is unknown, expired or of another console.')) },
  }
}
