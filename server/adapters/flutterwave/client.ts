/** The Flutterwave v3 calls we make, over fetch. Numbers of the answer stay the text they were sent as. */
import { z } from 'zod'
import { PaymentProviderError } from '../../domain/payments/ports.ts'

export type FlutterwaveConfig = {
  readonly secretKey: string
  /** Any of them may come in `verif-hash`: an old one is kept while it is being replaced. */
  readonly secretHashes: readonly string[]
  readonly baseUrl?: string
  readonly timeoutMs?: number
}

const Envelope = z.object({
  status: z.string(), message: z.string(), data: z.unknown().optional(),
  meta: z.object({ page_info: z.object({ current_page: z.string(), total_pages: z.string() }).partial() }).partial().nullish().catch(null),
})
type Envelope = z.infer<typeof Envelope>
type Answer = { readonly status: number; readonly envelope: Envelope | undefined }

export type Page<T> = { readonly data: T; readonly more: boolean }
export type FlutterwaveClient = {
  send<S extends z.ZodType>(method: 'POST' | 'PUT', path: string, body: object, data: S): Promise<z.output<S>>
  /** Null where it is not known. */
  get<S extends z.ZodType>(path: string, data: S): Promise<z.output<S> | null>
  page<S extends z.ZodType>(path: string, data: S): Promise<Page<z.output<S>>>
}

/** `JSON.parse` makes 0.1 + 0.2 of money; its source text does not. */
export const parseExact = (text: string): unknown =>
  JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) => (typeof value === 'number' ? (context?.source ?? String(value)) : value))

const UNKNOWN = /no transaction was found|not found|does not exist/i

function fault({ status, envelope }: Answer): PaymentProviderError {
  const words = envelope?.message ?? `Flutterwave answered ${status}`
  if (status === 401 || status === 403) return new PaymentProviderError('provider_misconfigured', words)
  if (status === 429 || status >= 500 || envelope === undefined) return new PaymentProviderError('provider_unavailable', words)
  return new PaymentProviderError('provider_refused', words)
}

function dataOf<S extends z.ZodType>(answer: Answer, schema: S): z.output<S> {
  if (answer.status >= 400 || answer.envelope?.status !== 'success') throw fault(answer)
  const data = schema.safeParse(answer.envelope.data)
  if (!data.success) throw new PaymentProviderError('provider_refused', 'Flutterwave answered in a shape we do not know', { cause: data.error })
  return data.data
}

const parsed = (text: string): Envelope | undefined => {
  try {
    return Envelope.safeParse(parseExact(text)).data
  } catch {
    return undefined
  }
}

export function createFlutterwaveClient({ secretKey, baseUrl = 'https://api.flutterwave.com', timeoutMs = 20_000 }: FlutterwaveConfig): FlutterwaveClient {
  async function call(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<Answer> {
    const request: RequestInit = {
      method, headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }, signal: AbortSignal.timeout(timeoutMs), redirect: 'error',
    }
    try {
      const response = await fetch(`${baseUrl}/v3${path}`, body === undefined ? request : { ...request, body: JSON.stringify(body) })
      return { status: response.status, envelope: parsed(await response.text()) }
    } catch (error) {
      throw new PaymentProviderError('provider_unavailable', 'Flutterwave did not answer', { cause: error })
    }
  }
  return {
    send: async (method, path, body, schema) => dataOf(await call(method, path, body), schema),
    async get(path, schema) {
      const answer = await call('GET', path)
      const unknown = answer.status === 404 || (answer.status === 400 && UNKNOWN.test(answer.envelope?.message ?? ''))
      return unknown ? null : dataOf(answer, schema)
    },
    async page(path, schema) {
      const answer = await call('GET', path)
      const { current_page: current = '1', total_pages: total = '1' } = answer.envelope?.meta?.page_info ?? {}
      return { data: dataOf(answer, schema), more: Number(current) < Number(total) }
    },
  }
}
