import { newId } from '../../../core/id.ts'
import type { CompositeOperation } from '../../../core/composite.ts'
import type { RequestMeta } from '../../../core/context.ts'
import { runtime } from '../../../core/runtime.ts'
import { as, makeOwner, metaFor, type Caller } from '../../../testing/actors.ts'
import { finishSso, saveSso, startSso, testSso } from '../index.ts'
import { followToCallback, type IdentityProvider } from './identity-provider.ts'
import type { z } from 'zod'

/** A composite, called as a transport calls it. */
export const handle = <I extends z.ZodObject, O extends z.ZodType>(
  who: Caller, op: CompositeOperation<I, O>, input: object, meta = metaFor(who.actor, who.brand),
): Promise<z.output<O>> => op.handle(meta, input)

const sql = (text: string, values: unknown[]) => runtime().databases.systemPool.query(text, values)
let domains = 0
/** An organization with a connection to that provider and a proven domain, tested unless said. */
export const makeSsoOrg = async (idp: IdentityProvider, options: { brandId?: string; role?: string; tested?: boolean; domain?: string } = {}) => {
  const owner = await makeOwner(options.brandId ? { brandId: options.brandId } : {})
  const orgId = owner.organization.id
  domains += 1
  const domain = options.domain ?? `corp${domains}.example`
  await handle(owner, saveSso, { organization_id: orgId, issuer: idp.issuer, client_id: idp.clientId, client_secret: idp.clientSecret, default_role: options.role ?? 'developer' })
  await sql('INSERT INTO sso_domain (id, org_id, brand_id, domain, token, answer, verified_at) VALUES ($1, $2, $3, $4, \'t\', \'{}\', now())',
    [newId('ssoDomain'), orgId, owner.brand.id, domain])
  if (options.tested !== false) await sql('UPDATE sso_connection SET tested_at = now() WHERE org_id = $1', [orgId])
  return { owner, orgId, domain, brand: owner.brand }
}
export type SsoOrg = Awaited<ReturnType<typeof makeSsoOrg>>

let visitors = 0
/** A browser nobody is signed in to. */
export const visitorOf = ({ brand }: { brand: SsoOrg['brand'] }): { caller: Caller; meta: RequestMeta } => {
  const caller = as({ type: 'anonymous' }, brand)
  visitors += 1
  return { caller, meta: metaFor(caller.actor, brand, { ip: `198.51.100.${visitors % 250}` }) }
}

/** The whole way as a browser goes it; what happens between start and finish can be put in. */
export const signInBySso = async (org: SsoOrg, idp: IdentityProvider, email: string, between: (query: string) => Promise<string> | string = (q) => q) => {
  const { caller, meta } = visitorOf(org)
  const started = await handle(caller, startSso, { email, next: '/somewhere' }, meta)
  const query = await between(await followToCallback(started.authorization_url, idp.issuer))
  const finished = await handle(caller, finishSso, { query, browser_key: started.browser_key }, meta)
  return { ...finished, session: meta.cookie.session ?? '' }
}

export const testConnection = async (org: SsoOrg, idp: IdentityProvider) => {
  const meta = metaFor(org.owner.actor, org.brand)
  const started = await handle(org.owner, testSso, { organization_id: org.orgId, next: '/settings' }, meta)
  return handle(org.owner, finishSso, { query: await followToCallback(started.authorization_url, idp.issuer), browser_key: started.browser_key }, meta)
}

/** The code of a refusal, or "ok". */
export const codeOf = (run: Promise<unknown>): Promise<string> => run.then(() => 'ok', (error: { code?: string; message?: string }) => error.code ?? String(error.message))
