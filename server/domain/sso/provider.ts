import * as client from 'openid-client'
import { DomainError } from '../../core/error.ts'
import { guardedFetch } from '../../core/guarded-fetch.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'

export interface Provider { issuer: string; clientId: string; clientSecret: string }
export interface Claims { subject: string; email: string | null; emailVerified: boolean; name: string | null; mfa: boolean }

const TIMEOUT_S = 10
const SCOPE = 'openid email profile'

const unreachable = (cause: unknown): DomainError =>
  new DomainError('identity_provider_failed', 'The identity provider did not answer as it should. Try again in a moment; if it stays, tell whoever runs it.', { cause })
const refused = (detail: string, cause: unknown): DomainError => new DomainError('sso_refused', detail, { cause })

const wrongClient = (cause: unknown): DomainError => refused('The identity provider does not accept our client id or secret. An owner has to correct them.', cause)

/** Text of the provider, shown to a person: short, one line. */
const plain = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}<>]/gu, ' ').slice(0, 200)

const asProblem = (error: unknown): DomainError => {
  if (error instanceof DomainError) return error
  log.info({ error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }, 'single sign-on failed')
  if (error instanceof client.AuthorizationResponseError) {
    return refused(`The identity provider refused the sign-in: ${plain(error.error_description ?? error.error)}.`, error)
  }
  if (error instanceof client.ResponseBodyError) {
    if (error.error === 'invalid_grant') return refused('The sign-in took too long or was finished already. Start again.', error)
    if (/^(invalid|unauthorized)_client$/.test(error.error)) return wrongClient(error)
    return refused(`The identity provider refused: ${plain(error.error_description ?? error.error)}.`, error)
  }
  if (error instanceof client.WWWAuthenticateChallengeError) return wrongClient(error)
  const code = error instanceof client.ClientError ? error.code : undefined
  if (code && /JWT|INVALID_SIGNATURE|KEY_SELECTION|INVALID_REQUEST|INVALID_RESPONSE/.test(code)) {
    return refused('The identity provider\'s answer did not check out, so nobody was signed in. Start again.', error)
  }
  return unreachable(error)
}

const fetchOut: client.CustomFetch = (url, { method, headers, body }) => guardedFetch(url, { method, headers, body })

/** The provider as it describes itself. Its own name in there must be the issuer to the letter. */
const configure = async ({ issuer, clientId, clientSecret }: Provider): Promise<client.Configuration> => {
  const execute = runtime().env.SHELLWEGO_MODE === 'sandbox' ? [client.allowInsecureRequests] : []
  const found = await client.discovery(new URL(issuer), clientId, clientSecret, undefined, { timeout: TIMEOUT_S, execute, [client.customFetch]: fetchOut })
  const server = found.serverMetadata()
  const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  const authentication = methods.includes('client_secret_basic') ? client.ClientSecretBasic(clientSecret) : client.ClientSecretPost(clientSecret)
  const config = new client.Configuration(server, clientId, { client_secret: clientSecret }, authentication)
  config.timeout = TIMEOUT_S
  config[client.customFetch] = fetchOut
  for (const apply of execute) apply(config)
  return config
}

/** Fails with what is wrong at the field; for the settings form. */
export const checkProvider = async (provider: Provider): Promise<void> => {
  try {
    const server = (await configure(provider)).serverMetadata()
    if (server.issuer !== provider.issuer) throw noProvider(`The provider calls itself ${plain(server.issuer)}. Enter it to the letter.`)
    if (!server.authorization_endpoint || !server.token_endpoint || !server.jwks_uri) throw new Error('endpoints are missing')
  } catch (cause) {
    throw cause instanceof DomainError ? cause : noProvider('No OpenID Connect provider answers under this issuer. Check the address, to the letter.', cause)
  }
}
const noProvider = (message: string, cause?: unknown): DomainError =>
  new DomainError('identity_provider_failed', message, { cause, errors: [{ pointer: '/issuer', code: 'no_discovery', message }] })

export interface Beginning { url: string; state: string; nonce: string; verifier: string }

/** Where to send the browser. State, nonce and PKCE verifier are fresh random values. */
export const beginAt = async (provider: Provider, redirectUri: string, loginHint: string | null): Promise<Beginning> => {
  const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()]
  try {
    const config = await configure(provider)
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri, scope: SCOPE, state, nonce, code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
      ...(loginHint ? { login_hint: loginHint } : {}),
    })
    return { url: url.href, state, nonce, verifier }
  } catch (error) {
    throw asProblem(error)
  }
}

export interface Callback { query: string; redirectUri: string; state: string; nonce: string; verifier: string }

/** Trades the code for who came. State, issuer, signature, audience, times and nonce are checked by the library; none of them is optional. */
export const redeem = async (provider: Provider, { query, redirectUri, state, nonce, verifier }: Callback): Promise<Claims> => {
  try {
    const config = await configure(provider)
    const tokens = await client.authorizationCodeGrant(config, new URL(`${redirectUri}?${query}`), {
      expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (!claims) throw refused('The identity provider sent no identity.', null)
    const more = claims.email === undefined && config.serverMetadata().userinfo_endpoint
      ? await client.fetchUserInfo(config, tokens.access_token, claims.sub) : {}
    return toClaims(claims.sub, { ...more, ...claims })
  } catch (error) {
    throw asProblem(error)
  }
}

const toClaims = (subject: string, claims: Record<string, unknown>): Claims => ({
  subject, email: typeof claims.email === 'string' ? claims.email : null,
  // Some providers write the boolean as text.
  emailVerified: claims.email_verified === true || claims.email_verified === 'true',
  name: typeof claims.name === 'string' ? claims.name : null,
  mfa: Array.isArray(claims.amr) && claims.amr.includes('mfa'),
})
