import http from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** Who signs in at the provider next, and what it says about them. */
export interface Person { sub: string; email?: string; email_verified?: unknown; name?: string; amr?: string[] }
export interface IdentityProvider {
  issuer: string
  clientId: string
  clientSecret: string
  person: Person
  /** Null: it refuses the sign-in. */
  consents: boolean
  stop(): Promise<void>
}
export interface ProviderOptions {
  redirectUri: string
  codeTtlS?: number
  claimsInIdToken?: boolean
  authMethod?: 'client_secret_basic' | 'client_secret_post'
}

/** A real OpenID Connect provider on loopback, which signs `person` in without asking. */
export const startIdentityProvider = async (
  { redirectUri, codeTtlS = 60, claimsInIdToken = true, authMethod = 'client_secret_basic' }: ProviderOptions,
): Promise<IdentityProvider> => {
  const server = http.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const idp: IdentityProvider = {
    issuer, clientId: 'shellwego', clientSecret: `secret-of-${issuer}`, person: { sub: 'ada' }, consents: true,
    stop: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
  const provider = new Provider(issuer, {
    clients: [{
      client_id: idp.clientId, client_secret: idp.clientSecret, redirect_uris: [redirectUri], response_types: ['code'], grant_types: ['authorization_code'],
      token_endpoint_auth_method: authMethod,
    }],
    clientAuthMethods: [authMethod],
    cookies: { keys: ['test only'] },
    conformIdTokenClaims: !claimsInIdToken,
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    ttl: { AuthorizationCode: codeTtlS, AccessToken: 300, IdToken: 300, Grant: 600, Interaction: 600, Session: 600 },
    findAccount: (_ctx: unknown, sub: string) => ({ accountId: sub, claims: () => ({ ...idp.person, sub }) }),
    loadExistingGrant: async (ctx: GrantContext) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
    interactions: { url: (_ctx: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
  })
  const serve = provider.callback()
  server.on('request', (req, res) => {
    if (!req.url?.startsWith('/interaction/')) return void serve(req, res)
    const result = idp.consents ? { login: { accountId: idp.person.sub, remember: false, ...(idp.person.amr ? { amr: idp.person.amr } : {}) } } : { error: 'access_denied', error_description: 'Not on <b>my</b> watch' }
    void provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false })
  })
  return idp
}

interface Grant { addOIDCScope(scope: string): void; save(): Promise<string> }
type GrantOf = new (of: { clientId: string; accountId: string }) => Grant
interface GrantContext { oidc: { provider: { Grant: GrantOf }; client: { clientId: string }; session: { accountId: string } } }

/** Goes where a browser would be sent, keeping cookies, until the address leaves the provider; the callback's query string. */
export const followToCallback = async (start: string, issuer: string): Promise<string> => {
  const cookies = new Map<string, string>()
  for (let url = start, hops = 0; hops < 12; hops += 1) {
    const response = await fetch(url, { redirect: 'manual', headers: { cookie: [...cookies].map(([k, v]) => `${k}=${v}`).join('; ') } })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s)
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) throw new Error(`the provider answered ${response.status}: ${(await response.text()).slice(0, 500)}`)
    url = new URL(location, url).href
    if (!url.startsWith(issuer)) return new URL(url).search.slice(1)
  }
  throw new Error('redirected in a circle')
}
