import type { RequestMeta } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { watchStanding } from '../live/standing.ts'
import { RIGHTS_CHANGED } from '../live/pump.ts'

const RECHECK_MS = 25_000

interface Watched { meta: RequestMeta; orgId: string; check: () => Promise<unknown>; onLost: () => void }

/**
 * Tells when whoever holds a terminal may hold it no longer: a session or token that ended within a second or two, a membership, role or
 * grant at its event. A wake-up that got lost costs 25 s.
 */
export const watchRight = ({ meta, orgId, check, onLost }: Watched): (() => void) => {
  let over = false
  const look = (): void => {
    check().catch((error: unknown) => {
      if (!(error instanceof DomainError)) return log.warn({ error: String(error) }, 'the right to a terminal could not be checked')
      if (!over) onLost()
    })
  }
  const off = runtime().bus.on(`org:${orgId}`, (payload) => { if (RIGHTS_CHANGED.test(payload)) look() })
  const unwatch = watchStanding(meta.actor, onLost)
  const timer = setInterval(look, RECHECK_MS).unref()
  return () => {
    over = true
    off()
    unwatch()
    clearInterval(timer)
  }
}
