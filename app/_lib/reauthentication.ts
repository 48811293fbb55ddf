import type { TRPCLink } from '@trpc/client'
import { observable, type Unsubscribable } from '@trpc/server/observable'
import { paths } from './paths.ts'
import { toProblem } from './problem.ts'
import type { AppRouter } from './router-type.ts'

type Asker = () => Promise<boolean>
let asker: Asker | null = null
let asking: Promise<boolean> | null = null

/** The dialog that asks; one per page. */
export const registerAsker = (ask: Asker): (() => void) => {
  asker = ask
  return () => {
    if (asker === ask) asker = null
  }
}

/** One question at a time, however many acts wait for it. */
export const askWhoItIs = (): Promise<boolean> => {
  if (asker === null) return Promise.resolve(false)
  asking ??= asker().finally(() => {
    asking = null
  })
  return asking
}

const leadToSecondFactor = (): void => {
  if (window.location.pathname !== paths.accountSecurity) window.location.assign(`${paths.accountSecurity}?needed=1`)
}

/** Sensitive acts are answered with a question; this asks it, and then does the act again. A closed dialog leaves the refusal as it is. */
export const proveAndRetry: TRPCLink<AppRouter> = () => ({ next, op }) =>
  observable((observer) => {
    let current: Unsubscribable
    const attempt = (last: boolean): Unsubscribable =>
      next(op).subscribe({
        next: (value) => observer.next(value),
        complete: () => observer.complete(),
        error: (error) => {
          const { code } = toProblem(error)
          if (code === 'mfa_required') leadToSecondFactor()
          if (last || code !== 'reauthentication_required') return observer.error(error)
          void askWhoItIs().then((proven) => {
            if (proven) current = attempt(true)
            else observer.error(error)
          })
        },
      })
    current = attempt(false)
    return () => current.unsubscribe()
  })
