import type { OperationContext, TRPCLink } from '@trpc/client'
import { observable, type Unsubscribable } from '@trpc/server/observable'
import { toProblem } from './problem.ts'
import type { AppRouter } from './router-type.ts'

/** Some 15 s in all: a phone that changes its network, or a console that is started anew. */
const PAUSES_MS = [300, 1_000, 2_000, 4_000, 8_000] as const
const KEY_BYTES = 16

/** Also where the page came without TLS, which has no `randomUUID`. */
const newKey = (): string => Array.from(crypto.getRandomValues(new Uint8Array(KEY_BYTES)), (byte) => byte.toString(16).padStart(2, '0')).join('')

const KEY = 'idempotencyKey'
const REPEATED = 'repeated'

/** Headers of one try, from what `repeatUnanswered` noted with it. */
export const repeatHeaders = (context: OperationContext): Record<string, string> => ({
  ...(typeof context[KEY] === 'string' ? { 'idempotency-key': context[KEY] } : {}), ...(context[REPEATED] === true ? { 'x-shellwego-repeated': '1' } : {}),
})

const unanswered = (error: unknown): boolean => ['offline', 'idempotency_key_in_use'].includes(toProblem(error).code)

/**
 * A press is not lost with the network it was made on. An act that got no answer is sent again under the same Idempotency-Key, so the server
 * acts once and says what it said; where it keeps no answers it refuses the repetition (`answer_lost`).
 */
export const repeatUnanswered = (pausesMs: readonly number[] = PAUSES_MS): TRPCLink<AppRouter> => () => ({ next, op }) => {
  if (op.type !== 'mutation') return next(op)
  const key = newKey()
  return observable((observer) => {
    let current: Unsubscribable | null = null
    let pause: ReturnType<typeof setTimeout> | undefined
    const attempt = (tries: number): void => {
      current = next({ ...op, context: { ...op.context, [KEY]: key, [REPEATED]: tries > 0 } }).subscribe({
        next: (value) => observer.next(value),
        complete: () => observer.complete(),
        error: (error) => {
          const pauseMs = unanswered(error) ? pausesMs[tries] : undefined
          if (pauseMs === undefined) observer.error(error)
          else pause = setTimeout(() => attempt(tries + 1), pauseMs)
        },
      })
    }
    attempt(0)
    return () => {
      clearTimeout(pause)
      current?.unsubscribe()
    }
  })
}
