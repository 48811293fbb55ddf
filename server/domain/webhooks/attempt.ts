import { OutgoingError, send } from '../../core/guarded-fetch.ts'
import type { Claimed } from './claim.ts'
import { payloadOf } from './payload.ts'
import { errorOf, retryAfterSeconds } from './schedule.ts'
import { openFor, signatureHeaders } from './signature.ts'

const TIMEOUT_MS = 15_000
const READ_BYTES = 65_536
const KEPT_BYTES = 4_096
const KEPT_HEADERS = 40
const HIDDEN = '[hidden]'

export interface Attempt {
  at: Date; durationMs: number; status: number | null; error: string | null; detail: string | null; retryAfter: number | null
  requestHeaders: Record<string, string>; responseHeaders: Record<string, string>; responseBody: string
}

const storable = (text: string): string => text.replaceAll('\0', '\ufffd')

/** Sends it once. Whatever happens is an outcome, never an exception. */
export const attempt = async (delivery: Claimed): Promise<Attempt> => {
  const at = new Date()
  const place = { orgId: delivery.orgId, id: delivery.endpointId }
  const body = payloadOf(delivery.event)
  const own: Record<string, string> = delivery.sealedHeaders ? JSON.parse(openFor(place, delivery.sealedHeaders)) as Record<string, string> : {}
  const ours = {
    'content-type': 'application/json', 'user-agent': 'ShellWeGo-Webhooks/1', 'x-shellwego-event': delivery.event.type, 'x-shellwego-delivery': delivery.id,
    ...signatureHeaders(delivery.sealedSecrets.map((sealed) => openFor(place, sealed)), delivery.event.id, Math.floor(at.getTime() / 1000), body),
  }
  const requestHeaders = { ...Object.fromEntries(Object.keys(own).map((name) => [name, HIDDEN])), ...ours }
  const started = performance.now()
  try {
    const answer = await send({ url: delivery.url, method: 'POST', headers: { ...own, ...ours }, body, timeoutMs: TIMEOUT_MS, maxBytes: READ_BYTES })
    return {
      at, durationMs: answer.durationMs, status: answer.status, error: errorOf(answer.status), detail: null, requestHeaders,
      retryAfter: retryAfterSeconds(answer.headers['retry-after'], at),
      responseHeaders: Object.fromEntries(Object.entries(answer.headers).slice(0, KEPT_HEADERS).map(([name, value]) => [name, storable(value).slice(0, 500)])),
      responseBody: storable(answer.body.subarray(0, KEPT_BYTES).toString('utf8')),
    }
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error
    return {
      at, durationMs: Math.round(performance.now() - started), status: null, error: error.code, detail: storable(error.message), retryAfter: null,
      requestHeaders, responseHeaders: {}, responseBody: '',
    }
  }
}
