/** What a VM tells us while it lives: it started, it wrote lines, it ended. */
import type { VmExit, VmHandlers } from '../drivers/vmm.ts'
import { ageMs } from '../runtime/clock.ts'
import type { ReconcileContext } from './context.ts'
import { watchHealth } from './health.ts'
import { instant, setPhase, type Instance } from './instance.ts'
import type { VmEnd } from './model.ts'
import { exitReason } from './reasons.ts'
import { afterExit } from './restart.ts'

const RESEND_MS = 2_000

export function vmHandlers(context: ReconcileContext, instance: Instance, startId: string, kick: () => void): VmHandlers {
  const current = (): boolean => !instance.detached && instance.record.start?.startId === startId
  let resend: NodeJS.Timeout | null = null
  /** Lines that could not be stored, on a full disk say, are the guest's until they can. */
  const askAgain = (): void => {
    resend ??= setTimeout(() => {
      resend = null
      if (current() && instance.vm?.resendLogs() === false) askAgain()
    }, RESEND_MS).unref()
  }
  return {
    onStarted() {
      if (current()) markStarted(context, instance)
    },
    onLog(lines) {
      if (instance.detached) return
      const safe = context.logs.append(instance.id, startId, lines)
      if (safe === null) askAgain()
      else if (current()) instance.vm?.ackLogs(safe)
    },
    onExit(exit) {
      if (!current() || instance.record.start?.ended) return
      recordEnd(context, instance, exit.kind === 'process' ? exit : { kind: 'vmm', reason: exit.reason }, detailOf(exit))
      kick()
    },
  }
}

/** Idempotent: a re-attached VM may announce its start again. */
export function markStarted(context: ReconcileContext, instance: Instance): void {
  const { start } = instance.record
  if (!start || start.ended) return
  if (!start.started) {
    start.started = instant(context.clock)
    instance.record.attempts = 0
    instance.record.health = 'starting'
    if (!instance.stopping) setPhase(instance, context.clock, 'running')
    context.ledger.saveVm(instance.record)
    context.changed(instance.id)
  }
  watchStarted(context, instance)
}

/** Health checks go on where they were; only a start that was announced is watched. */
export function watchStarted(context: ReconcileContext, instance: Instance): void {
  if (instance.record.start?.started && !instance.stopHealth && !instance.stopping) watchHealth(context, instance)
}

/** The VM is gone: notes it, and unless we wanted it, what follows by the restart policy. */
export function recordEnd(context: ReconcileContext, instance: Instance, end: VmEnd, detail = ''): void {
  const { record } = instance
  const start = record.start
  instance.stopHealth?.()
  instance.stopHealth = null
  instance.vm = null
  if (!start) return
  start.ended = instance.stopping ? { kind: 'stopped' } : end
  record.health = null
  const spec = instance.desire?.spec
  const wanted = instance.desire?.desired === 'running' && instance.desire.generation === start.generation
  if (spec && wanted && start.ended.kind !== 'stopped') {
    const nowMs = context.clock.monotonicMs()
    const ranMs = start.started ? ageMs(context.clock, start.started) : 0
    const verdict = afterExit(end, start.generation, spec.restart, { exitsMs: record.exitsMs, ranMs, nowMs })
    record.exitsMs = verdict.exitsMs
    record.hold = verdict.hold
    if (verdict.restart) record.restarts += 1
    const delay = verdict.hold.untilMs === null ? null : verdict.hold.untilMs - nowMs
    const reason = exitReason(end, verdict.code, spec, delay) + (detail ? ` ${detail}` : '')
    setPhase(instance, context.clock, verdict.hold.phase, verdict.code, reason)
  }
  context.ledger.saveVm(record)
  context.log.info('instance ended', { vm: instance.id, kind: start.ended.kind, code: record.code })
  context.changed(instance.id)
}

const detailOf = (exit: VmExit): string => (exit.kind === 'vmm' ? exit.detail.slice(0, 500) : '')
