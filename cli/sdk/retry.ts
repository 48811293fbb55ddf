import { ConnectionError, retryAfterOf } from './errors.ts'

export interface RetryOptions {
  /** Tries after the first. */
  retries: number
  /** Longer waits than this are left to the caller. */
  longestWaitS: number
  fetch: (request: Request) => Promise<Response>
  sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

const FIRST_WAIT_MS = 250
const BUSY = new Set([429, 503])
const REPEATABLE = new Set(['GET', 'HEAD', 'PUT', 'DELETE'])

/** A change is sent again only when the API can recognise it. */
const mayRepeat = (request: Request): boolean => REPEATABLE.has(request.method) || request.headers.has('idempotency-key')

const backoffMs = (attempt: number): number => FIRST_WAIT_MS * 2 ** attempt * (0.5 + Math.random() / 2)

/** Sends a request, and again after a lost connection, 429 or 503; waits as long as the API asks. */
export function withRetries(options: RetryOptions): (request: Request) => Promise<Response> {
  const attempt = async (request: Request): Promise<Response | ConnectionError> => {
    try {
      return await options.fetch(request.clone())
    } catch (error) {
      if (request.signal.aborted) throw error
      return new ConnectionError(new URL(request.url).origin, error)
    }
  }
  return async (request) => {
    for (let tries = 0; ; tries += 1) {
      const outcome = await attempt(request)
      const last = tries >= options.retries || !mayRepeat(request)
      if (outcome instanceof ConnectionError) {
        if (last) throw outcome
        await options.sleep(backoffMs(tries), request.signal)
        continue
      }
      if (last || !BUSY.has(outcome.status)) return outcome
      const asked = retryAfterOf(outcome)
      if (asked !== null && asked > options.longestWaitS) return outcome
      await outcome.body?.cancel()
      await options.sleep(asked === null ? backoffMs(tries) : asked * 1000, request.signal)
    }
  }
}
