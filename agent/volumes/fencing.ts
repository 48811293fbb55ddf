/** Who may still write to which volume: fences are on record before anyone gets it, and strict holders end with the node's lease. */
import type { StatusRequest } from '../../server/contract/node-api/v1.ts'
import type { VolumeMount } from '../../server/contract/node-api/volume.ts'
import type { VolumeDriver } from '../drivers/volume.ts'
import { fenceMark } from '../drivers/vmm/fence-mark.ts'
import { Lease } from '../fence/lease.ts'
import { StartError } from '../reconcile/failure.ts'
import { errorText, type Logger } from '../runtime/log.ts'
import type { VolumeDesire } from '../state/desired-table.ts'
import type { VolumeRecord } from './model.ts'

export interface FencingDeps {
  driver: VolumeDriver
  ledger: { saveVolume(record: VolumeRecord): void }
  /** Shared with the fence process. */
  fenceFolder: string
  log: Logger
  /** The portal of this session spoke of fencing, so it may be spoken to of it. */
  spoken: () => boolean
  /** The start that is on record for an instance. */
  startOf: (vmId: string) => string | null
}

export interface Obstacle { wait: boolean; error: StartError }
interface Held { record: VolumeRecord; desire: VolumeDesire | null }

export const isStrict = (desire: VolumeDesire | null): boolean => desire?.desired === 'present' && desire.spec?.mode === 'strict'

export class VolumeFencing {
  readonly #deps: FencingDeps
  readonly lease: Lease

  constructor(deps: FencingDeps) {
    this.#deps = deps
    this.lease = new Lease({ folder: deps.fenceFolder, log: deps.log })
  }

  /** In the ledger when this returns, beside the volume when it resolves. */
  async raise(record: VolumeRecord, fence: number): Promise<void> {
    if (fence <= record.fence) return
    record.fence = fence
    this.#deps.ledger.saveVolume(record)
    await this.#deps.driver.noteFence(record, fence)
  }

  /** For callers that cannot wait: what matters at once is in the ledger. */
  raiseSoon(record: VolumeRecord, fence: number): void {
    this.raise(record, fence).catch((error: unknown) => this.#deps.log.warn('a fence could not be noted beside its volume', { volume: record.id, error: errorText(error) }))
  }

  /** What lies beside the volume and what the ledger knows: the higher one is true, as a ledger may be lost and a restored volume be new. */
  async meet(record: VolumeRecord): Promise<void> {
    const noted = await this.#deps.driver.fence(record)
    if (noted > record.fence) await this.raise(record, noted)
    else if (noted < record.fence) await this.#deps.driver.noteFence(record, record.fence)
  }

  obstacle({ record, desire }: Held, mount: VolumeMount): Obstacle | null {
    if (mount.fence < record.fence) {
      return { wait: false, error: new StartError('volume_fenced', 'Another instance was given the volume since; this one may not write to it any more.') }
    }
    const fault = isStrict(desire) ? this.lease.fault() ?? this.lease.lapsed() : null
    return fault === null ? null : { wait: true, error: new StartError('volume_not_ready', `A volume of the app is strict. ${fault}`, true) }
  }

  /** On the disk when this returns: from here on the holders of strict volumes end with the lease, whatever becomes of the agent. */
  protect(holders: ReadonlyMap<string, string>, kept: ReadonlyMap<string, Held>): void {
    const vmIds = new Set([...holders].flatMap(([id, vmId]) => (isStrict(kept.get(id)?.desire ?? null) ? [vmId] : [])))
    this.lease.protect([...vmIds].flatMap((vmId) => {
      const startId = this.#deps.startOf(vmId)
      return startId === null ? [] : [{ vmId, ...fenceMark(vmId, startId) }]
    }))
  }

  /** Undefined until the portal spoke of fencing. */
  report(kept: Iterable<Held>): StatusRequest['node']['fencing'] {
    if (!this.#deps.spoken()) return undefined
    const fault = this.lease.fault()
    return { fault, armed: fault === null ? [...kept].filter(({ desire }) => isStrict(desire)).map(({ record }) => record.id) : [] }
  }
}
