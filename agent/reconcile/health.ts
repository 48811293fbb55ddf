/** Watches one start until told to stop; writes a change of verdict to the record before anyone hears of it. */
import { sleep } from '../runtime/backoff.ts'
import { ageMs } from '../runtime/clock.ts'
import type { ReconcileContext } from './context.ts'
import { networkRequest, setPhase, type Instance } from './instance.ts'
import { healthTimeoutReason, unhealthyReason } from './reasons.ts'
import { observeProbe, type HealthState } from './verdict.ts'

/** While it starts: a tenth of the time it took so far, between these. */
const [SHORTEST_MS, LONGEST_MS] = [20, 500]

export function watchHealth(context: ReconcileContext, instance: Instance): void {
  instance.stopHealth?.()
  const spec = instance.desire?.spec
  const started = instance.record.start?.started
  if (!spec || !started) return
  const endpoint = context.network.endpoint(networkRequest(instance.record, spec, context.uidBase))
  if (!endpoint) {
    record(context, instance, 'ok', null)
    return
  }
  const stop = new AbortController()
  instance.stopHealth = () => stop.abort()
  const loop = async (): Promise<void> => {
    let state: HealthState = { health: instance.record.health ?? 'starting', successes: 0, failures: 0 }
    while (!stop.signal.aborted) {
      const result = await context.probe(endpoint, spec.health)
      if (stop.signal.aborted) return
      const known = state.health
      state = observeProbe(state, result.ok, ageMs(context.clock, started), spec.health)
      if (state.health !== known) {
        const fault = result.ok ? '' : result.fault
        const reason = known === 'starting' ? healthTimeoutReason(spec, fault) : unhealthyReason(spec, fault)
        record(context, instance, state.health, state.health === 'bad' ? reason : null)
      }
      const intervalMs = spec.health.interval_s * 1000
      const startingMs = Math.max(SHORTEST_MS, Math.min(LONGEST_MS, ageMs(context.clock, started) / 10))
      await sleep(state.health === 'starting' ? Math.min(intervalMs, startingMs) : intervalMs, stop.signal)
    }
  }
  void loop().catch((error: unknown) => context.log.error('health check ended', { vm: instance.id, error: String(error) }))
}

function record(context: ReconcileContext, instance: Instance, health: 'starting' | 'ok' | 'bad', badReason: string | null): void {
  instance.record.health = health
  if (instance.record.phase === 'running') setPhase(instance, context.clock, 'running', badReason === null ? null : 'health_timeout', badReason)
  context.ledger.saveVm(instance.record)
  context.log.info('health', { vm: instance.id, health, reason: badReason })
  context.changed(instance.id)
}
