/** Sentences for people: what happened, why, what to do. */
import type { StatusCode } from '../../server/contract/node-api/v1.ts'
import type { SpecWithoutSecrets, VmEnd } from './model.ts'

export function exitReason(end: VmEnd, code: StatusCode | null, spec: SpecWithoutSecrets | null, restartInMs: number | null): string {
  const next = restartInMs === null ? '' : ` Starting again in ${seconds(restartInMs)}.`
  return `${whatHappened(end, spec)}${code === 'crash_loop' ? ' It keeps ending soon after its start; see its last log lines.' : ''}${next}`
}

function whatHappened(end: VmEnd, spec: SpecWithoutSecrets | null): string {
  switch (end.kind) {
    case 'process':
      if (end.oom) return `The app ran out of memory (${spec?.memory_mib ?? '?'} MiB). Give it more memory, or make it use less.`
      if (end.signal !== null) return `The app was ended by signal ${end.signal}.`
      return end.code === 0 ? 'The app ended by itself with exit code 0.' : `The app ended with exit code ${end.code ?? 'unknown'}. Its last log lines say why.`
    case 'vmm': return vmmEnd(end.reason)
    case 'failed_start': return 'The instance could not be started.'
    case 'stopped': return 'The instance was stopped.'
  }
}

function vmmEnd(reason: string): string {
  if (reason === 'guest_panic') return 'The virtual machine halted with a kernel panic.'
  if (reason === 'boot_timeout') return 'The virtual machine did not finish booting in time.'
  if (reason === 'killed') return 'The virtual machine was ended from outside.'
  return `The virtual machine ended unexpectedly (${reason}).`
}

export function healthTimeoutReason(spec: SpecWithoutSecrets, lastFault: string): string {
  const what = spec.health.path === null ? `accepted no connection on port ${spec.port}` : `gave no healthy answer to GET ${spec.health.path} on port ${spec.port}`
  return `The app ${what} within ${spec.health.grace_s} s: ${lastFault}. Check that it listens on 0.0.0.0:${spec.port}, or change the port or the health check.`
}

export const unhealthyReason = (spec: SpecWithoutSecrets, lastFault: string): string =>
  `The health check on port ${spec.port} fails: ${lastFault}. The instance gets no requests until it answers again.`

const seconds = (ms: number): string => `${Math.max(1, Math.round(ms / 1000))} s`
