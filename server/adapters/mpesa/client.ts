/** Daraja over fetch: a token that lasts an hour, then JSON. Answers are parsed before anything believes them. */
import { z } from 'zod'
import { PaymentProviderError } from '../../domain/payments/ports.ts'

export type MpesaConfig = {
  readonly consumerKey: string
  readonly consumerSecret: string
  readonly shortcode: string
  readonly passkey: string
  /** The first seals new callback addresses; the others open those of before it was changed. */
  readonly callbackSecrets: readonly [string, ...string[]]
  /** Where callbacks arrive, without the last part. */
  readonly callbackUrl: string
  /** A paybill number, or a till whose number is asked for besides the shortcode. */
  readonly till?: string
  readonly baseUrl?: string
  readonly timeoutMs?: number
}

const Token = z.object({ access_token: z.string().min(1), expires_in: z.union([z.string(), z.number()]).transform(Number) })
const Fault = z.object({ errorCode: z.string(), errorMessage: z.string().default('') })
export type DarajaAnswer<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly errorCode: string; readonly message: string }

export type DarajaClient = {
  /** Daraja's own refusals are answers; what is thrown is an outage or a wrong key. */
  post<S extends z.ZodType>(path: string, body: object, schema: S): Promise<DarajaAnswer<z.output<S>>>
  /** Asks for a new token: proves that the keys are good. */
  signIn(): Promise<void>
}

type DarajaToken = { readonly text: string; readonly until: number }

/** Taken back a minute before it ends, so that none ends on the way. */
const EARLY_MS = 60_000
const INVALID_TOKEN = '404.001.03'
const UNAVAILABLE = 'M-Pesa did not answer'

export function createDarajaClient({ consumerKey, consumerSecret, baseUrl = 'https://api.safaricom.co.ke', timeoutMs = 20_000 }: MpesaConfig): DarajaClient {
  let known: DarajaToken | null = null
  let asking: Promise<DarajaToken> | null = null

  async function send(path: string, init: RequestInit): Promise<{ status: number; body: unknown }> {
    try {
      const response = await fetch(baseUrl + path, { ...init, signal: AbortSignal.timeout(timeoutMs), redirect: 'error' })
      return { status: response.status, body: await response.json().catch(() => undefined) }
    } catch (error) {
      throw new PaymentProviderError('provider_unavailable', UNAVAILABLE, { cause: error })
    }
  }

  async function newToken(): Promise<DarajaToken> {
    const basic = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')
    const { status, body } = await send('/oauth/v1/generate?grant_type=client_credentials', { headers: { authorization: `Basic ${basic}` } })
    const parsed = Token.safeParse(body)
    if (parsed.success && status < 400) return { text: parsed.data.access_token, until: Date.now() + parsed.data.expires_in * 1000 - EARLY_MS }
    if (status === 400 || status === 401 || status === 403) throw new PaymentProviderError('provider_misconfigured', 'M-Pesa refused the consumer key and secret')
    throw new PaymentProviderError('provider_unavailable', UNAVAILABLE)
  }

  /** Callers at the same time share one request; a failed one is not kept. */
  async function currentToken(): Promise<string> {
    if (known !== null && known.until > Date.now()) return known.text
    asking ??= newToken().finally(() => { asking = null })
    known = await asking
    return known.text
  }

  async function post(path: string, body: object): Promise<{ status: number; body: unknown }> {
    return send(path, { method: 'POST', body: JSON.stringify(body), headers: { authorization: `Bearer ${await currentToken()}`, 'content-type': 'application/json' } })
  }

  return {
    signIn: async () => {
      known = null
      await currentToken()
    },
    async post(path, body, schema) {
      let answer = await post(path, body)
      if (Fault.safeParse(answer.body).data?.errorCode === INVALID_TOKEN) {
        known = null
        answer = await post(path, body)
      }
      const fault = Fault.safeParse(answer.body)
      if (fault.success) {
        if (fault.data.errorCode === INVALID_TOKEN || answer.status === 401 || answer.status === 403) throw new PaymentProviderError('provider_misconfigured', fault.data.errorMessage)
        return { ok: false, errorCode: fault.data.errorCode, message: fault.data.errorMessage }
      }
      if (answer.status >= 400) throw new PaymentProviderError('provider_unavailable', `M-Pesa answered ${answer.status}`)
      const data = schema.safeParse(answer.body)
      if (!data.success) throw new PaymentProviderError('provider_unavailable', 'M-Pesa answered in a shape we do not know', { cause: data.error })
      return { ok: true, data: data.data }
    },
  }
}
