/** The few Paystack calls we make, over fetch; answers are parsed before anything believes them. */
import { z } from 'zod'
import type { PaymentProviderErrorCode } from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'

export type PaystackConfig = { readonly secretKey: string; readonly baseUrl?: string; readonly timeoutMs?: number }

const Envelope = z.object({ status: z.boolean(), message: z.string(), code: z.string().optional(), data: z.unknown().optional() })
type Envelope = z.infer<typeof Envelope>

export type PaystackClient = {
  post<S extends z.ZodType>(path: string, body: object, data: S): Promise<z.output<S>>
  put<S extends z.ZodType>(path: string, body: object, data: S): Promise<z.output<S>>
  /** Null on 404 and on an unknown reference. */
  get<S extends z.ZodType>(path: string, data: S): Promise<z.output<S> | null>
  /** Every page of a list. */
  list<S extends z.ZodType>(path: string, query: Readonly<Record<string, string>>, row: S): Promise<z.output<S>[]>
}

const PAGE = 100
const MOST_PAGES = 1000

function codeOf(status: number, envelope: Envelope | undefined): PaymentProviderErrorCode {
  if (status === 401 || status === 403) return 'provider_misconfigured'
  if (status === 429 || status >= 500 || envelope === undefined) return 'provider_unavailable'
  return envelope.code === 'duplicate_reference' ? 'checkout_already_started' : 'provider_refused'
}

const isUnknown = (status: number, envelope: Envelope | undefined): boolean =>
  status === 404 || envelope?.code === 'transaction_not_found'

export function createPaystackClient({ secretKey, baseUrl = 'https://api.paystack.co', timeoutMs = 20_000 }: PaystackConfig): PaystackClient {
  async function send(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<{ status: number; envelope: Envelope | undefined }> {
    const request: RequestInit = { method, headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }, signal: AbortSignal.timeout(timeoutMs), redirect: 'error' }
    try {
      const response = await fetch(baseUrl + path, body === undefined ? request : { ...request, body: JSON.stringify(body) })
      const parsed = Envelope.safeParse(await response.json().catch(() => undefined))
      return { status: response.status, envelope: parsed.success ? parsed.data : undefined }
    } catch (error) {
      throw new PaymentProviderError('provider_unavailable', 'Paystack did not answer', { cause: error })
    }
  }

  function dataOf<S extends z.ZodType>(status: number, envelope: Envelope | undefined, schema: S): z.output<S> {
    if (status >= 400 || envelope?.status !== true) {
      throw new PaymentProviderError(codeOf(status, envelope), envelope?.message ?? `Paystack answered ${status}`)
    }
    const data = schema.safeParse(envelope.data)
    if (!data.success) throw new PaymentProviderError('provider_refused', 'Paystack answered in a shape we do not know', { cause: data.error })
    return data.data
  }

  async function page<S extends z.ZodType>(path: string, query: Readonly<Record<string, string>>, row: S, number: number): Promise<z.output<S>[]> {
    const search = new URLSearchParams({ ...query, perPage: String(PAGE), page: String(number) })
    const { status, envelope } = await send('GET', `${path}?${search.toString()}`)
    return isUnknown(status, envelope) ? [] : dataOf(status, envelope, z.array(row))
  }

  return {
    async post(path, body, schema) {
      const { status, envelope } = await send('POST', path, body)
      return dataOf(status, envelope, schema)
    },
    async put(path, body, schema) {
      const { status, envelope } = await send('PUT', path, body)
      return dataOf(status, envelope, schema)
    },
    async get(path, schema) {
      const { status, envelope } = await send('GET', path)
      return isUnknown(status, envelope) ? null : dataOf(status, envelope, schema)
    },
    async list(path, query, row) {
      const rows: z.output<typeof row>[] = []
      for (let number = 1; number <= MOST_PAGES; number += 1) {
        const found = await page(path, query, row, number)
        rows.push(...found)
        if (found.length < PAGE) return rows
      }
      return rows
    },
  }
}
