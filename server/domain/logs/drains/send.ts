import type { LogDrain } from '../../../../prisma/generated/client.ts'
import { OutgoingError, send } from '../../../core/guarded-fetch.ts'
import { payloadFor, type Batch } from './payload.ts'
import { openHeaders } from './wire.ts'

const TIMEOUT_MS = 15_000
const READ_BYTES = 4_096
const SHOWN = 300
const LONGEST_WAIT_S = 3_600

export interface Outcome { ok: boolean; status: number | null; error: string | null; detail: string | null; durationMs: number; retryAfterS: number }

const secondsOf = (header: string | undefined): number => (header && /^\d{1,6}$/.test(header) ? Math.min(Number(header), LONGEST_WAIT_S) : 0)

/** Sends it once. Whatever happens is an outcome, never an exception. */
export const sendBatch = async (drain: LogDrain, batch: Batch): Promise<Outcome> => {
  const { url, body, contentType } = payloadFor(drain.kind === 'loki' ? 'loki' : 'http', drain.url, batch)
  const headers = { ...openHeaders(drain, drain.headers), 'content-type': contentType, 'user-agent': 'ShellWeGo-Drain/1', 'x-shellwego-drain': drain.id }
  const begun = performance.now()
  try {
    const answer = await send({ url, method: 'POST', headers, body, timeoutMs: TIMEOUT_MS, maxBytes: READ_BYTES })
    const ok = answer.status >= 200 && answer.status < 300
    const redirect = answer.status >= 300 && answer.status < 400
    return {
      ok, status: answer.status, error: ok ? null : redirect ? 'redirect' : 'refused_status', durationMs: answer.durationMs, retryAfterS: secondsOf(answer.headers['retry-after']),
      detail: ok ? null : answer.body.toString('utf8').replaceAll('\0', '\uFFFD').slice(0, SHOWN),
    }
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error
    return { ok: false, status: null, error: error.code, detail: error.message, durationMs: Math.round(performance.now() - begun), retryAfterS: 0 }
  }
}
