/** One VM in memory: its durable record, plus what only lives as long as this agent process. */
import type { StatusCode, VmPhase } from '../../server/contract/node-api/v1.ts'
import { parseAddress, type NetworkRequest } from '../drivers/network.ts'
import type { Vm } from '../drivers/vmm.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Instant, SpecWithoutSecrets, VmDesire, VmRecord } from './model.ts'
import type { ObservedVm } from './plan.ts'

export interface Instance {
  readonly id: string
  record: VmRecord
  desire: VmDesire | null
  vm: Vm | null
  /** True from the stop decision on: no requests, and its exit is no crash. */
  stopping: boolean
  /** This agent ends: what the VM still says is for the next one. */
  detached: boolean
  /** `due`: idle for long enough. `wake`: somebody wants it. */
  sleep: 'due' | 'wake' | null
  /** Out of the routes, because it is about to fall asleep. */
  dozing: boolean
  /** Stops the health checks of the present start. */
  stopHealth: (() => void) | null
}

export const createInstance = (record: VmRecord, desire: VmDesire | null): Instance => ({
  id: record.id, record, desire, vm: null, stopping: false, detached: false, sleep: null, dozing: false, stopHealth: null,
})

export const instant = (clock: Clock): Instant => ({ bootId: clock.bootId(), monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() })

export function observe(instance: Instance): ObservedVm {
  const { start, disk, hold } = instance.record
  const alive = instance.vm !== null
  return {
    start: start && { generation: start.generation, done: start.done, alive, ended: start.ended !== null, asleep: isAsleep(instance) },
    disk: disk !== null,
    hold,
    sleep: instance.sleep,
  }
}

export function setPhase(instance: Instance, clock: Clock, phase: VmPhase, code: StatusCode | null = null, reason: string | null = null): void {
  const { record } = instance
  if (record.phase !== phase || record.code !== code) record.phaseSince = instant(clock)
  Object.assign(record, { phase, code, reason })
}

/** The edge may send it requests: it runs, is healthy, and is not about to stop. */
export const isRoutable = (instance: Instance): boolean =>
  instance.vm !== null && !instance.stopping && !instance.dozing && instance.record.phase === 'running' && instance.record.health === 'ok' &&
  instance.record.start?.generation === instance.desire?.generation && instance.desire?.desired === 'running'

/** It answers as soon as somebody wakes it. */
export const isAsleep = ({ vm, record: { start } }: Instance): boolean => vm === null && start !== null && start.asleep != null && start.ended === null

/** It will answer soon, if all goes well: worth a visitor's wait. */
export const isStarting = (instance: Instance): boolean =>
  instance.desire?.desired === 'running' &&
  (instance.dozing || isOnItsWay(instance.record))

/** After a first crash it is back in a moment; whoever crashes again is not waited for. */
const isOnItsWay = ({ phase, health, exitsMs }: VmRecord): boolean => {
  if (phase === 'backoff') return exitsMs.length === 1
  return phase === 'running' ? health === 'starting' : phase !== 'failed' && phase !== 'stopped'
}

export function networkRequest(record: VmRecord, spec: SpecWithoutSecrets, uidBase: number | null): NetworkRequest {
  return {
    vmId: record.id,
    slot: record.slot,
    uid: uidBase === null ? null : uidBase + record.slot,
    networkId: spec.network.id,
    appId: spec.app_id,
    address: spec.network.address,
    gateway: parseAddress(spec.network.gateway).ip,
    mac: spec.network.mac,
    port: spec.port,
    ...(record.start?.asleep ? { shut: true } : {}),
    needsPrivateNetwork: Object.values(spec.env).some((value) => /(^|[^a-z0-9-])[a-z0-9-]+\.internal\b/.test(value)),
  }
}
