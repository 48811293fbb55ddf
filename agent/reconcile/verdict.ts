/** Pure health verdict: a run of successes or failures is needed to change one's mind, and a restart of the agent changes nothing. */
import type { HealthCheck } from '../../server/contract/node-api/v1.ts'

export type Health = 'starting' | 'ok' | 'bad'
export interface HealthState { health: Health; successes: number; failures: number }

export function observeProbe(state: HealthState, ok: boolean, ageMs: number, check: HealthCheck): HealthState {
  const successes = ok ? state.successes + 1 : 0
  const failures = ok ? 0 : state.failures + 1
  if (successes >= check.healthy) return { health: 'ok', successes, failures }
  if (state.health === 'starting') return { health: !ok && ageMs > check.grace_s * 1000 ? 'bad' : 'starting', successes, failures }
  return { health: failures >= check.unhealthy ? 'bad' : state.health, successes, failures }
}
