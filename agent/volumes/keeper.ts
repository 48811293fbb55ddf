/** Runs the plans of volumes: one worker per volume at most, one step at a time; and lends volumes to instances, one at a time. */
import type { ObjectStatus } from '../../server/contract/node-api/v1.ts'
import type { VolumeMount } from '../../server/contract/node-api/volume.ts'
import { vaultOf } from '../backups/keeper.ts'
import type { OpenBucket } from '../drivers/bucket.ts'
import type { OpenVolume, VolumeDriver } from '../drivers/volume.ts'
import type { Vm, VmVolume } from '../drivers/vmm.ts'
import { StartError } from '../reconcile/failure.ts'
import type { Clock } from '../runtime/clock.ts'
import { errorText, type Logger } from '../runtime/log.ts'
import { Semaphore } from '../runtime/semaphore.ts'
import type { VolumeDesire } from '../state/desired-table.ts'
import { volumeHold, type VolumeHold } from './failure.ts'
import { leaseClock } from '../fence/lease-clock.ts'
import type { LeaseClock } from '../portal/status-reporter.ts'
import { VolumeFencing, type Obstacle } from './fencing.ts'
import type { ObservedVolume, VolumeRecord, VolumeStep } from './model.ts'
import { planVolume } from './plan.ts'
import { volumeStatus } from './status.ts'

export interface KeeperDeps {
  driver: VolumeDriver
  buckets: OpenBucket
  ledger: {
    volumeDesires(): VolumeDesire[]
    secretsOf(id: string, kind: 'volume'): Record<string, string>
    volumeRecords(): VolumeRecord[]
    saveVolume(record: VolumeRecord): void
    removeVolume(id: string): void
  }
  clock: Clock
  log: Logger
  floorMib: number
  /** Shared with the fence process. */
  fenceFolder: string
  /** The portal of this session spoke of fencing. */
  spoken: () => boolean
  /** The start that is on record for an instance. */
  startOf: (vmId: string) => string | null
  /** The running VM of an instance, and where among its volumes this one is. */
  vmOf: (vmId: string) => Vm | null
  changed: (volumeId: string) => void
}

interface Kept {
  record: VolumeRecord
  desire: VolumeDesire | null
  seen: ObservedVolume | null
  hold: VolumeHold | null
  busy: boolean
  again: boolean
  timer: NodeJS.Timeout | null
}

const LOOK_MS = 15_000
const PATIENCE_MS = 60_000
const POLL_MS = 20
const AT_ONCE = 2

const SOURCE = 'source_'
/** Of the backup it is made from; the volume's own key has a name of its own. */
const secretsOf = (all: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (name.startsWith(SOURCE) ? [[name.slice(SOURCE.length), value]] : [])))

export class VolumeKeeper {
  readonly #deps: KeeperDeps
  readonly #kept = new Map<string, Kept>()
  readonly #holders = new Map<string, string>()
  readonly #heavy = new Semaphore(AT_ONCE)
  readonly #fencing: VolumeFencing
  #look: NodeJS.Timeout | null = null
  #stopped = true

  constructor(deps: KeeperDeps) {
    this.#deps = deps
    this.#fencing = new VolumeFencing(deps)
  }

  /** `open`: which volumes the starts on record have. */
  start(open: ReadonlyMap<string, readonly string[]>): void {
    this.#stopped = false
    for (const record of this.#deps.ledger.volumeRecords()) this.#kept.set(record.id, this.#keep(record))
    for (const [vmId, volumes] of open) for (const id of volumes) this.#holders.set(id, vmId)
    this.#look = setInterval(() => { for (const id of this.#kept.keys()) this.kick(id) }, LOOK_MS)
    this.refresh()
  }

  stop(): void {
    this.#stopped = true
    if (this.#look) clearInterval(this.#look)
    for (const { timer } of this.#kept.values()) if (timer) clearTimeout(timer)
  }

  /** Reads the desires anew. */
  refresh(): void {
    if (this.#stopped) return
    const desires = new Map(this.#deps.ledger.volumeDesires().map((desire) => [desire.id, desire]))
    for (const desire of desires.values()) {
      const orgId = desire.spec?.org_id
      if (!this.#kept.has(desire.id) && orgId !== undefined) this.#kept.set(desire.id, this.#keep({ id: desire.id, orgId, restored: null, fence: 0 }))
    }
    for (const kept of this.#kept.values()) {
      const desire = desires.get(kept.record.id) ?? null
      if (desire?.generation !== kept.desire?.generation) kept.hold = null
      kept.desire = desire
      this.#fencing.raiseSoon(kept.record, desire?.spec?.fence ?? 0)
      this.kick(kept.record.id)
    }
    this.#protect()
  }

  /** What reports count for. */
  leaseClock(): LeaseClock {
    return leaseClock(this.#fencing.lease, (least) => {
      for (const [id, fence] of Object.entries(least)) {
        const kept = this.#kept.get(id)
        if (kept) this.#fencing.raiseSoon(kept.record, fence)
      }
    })
  }

  fencing(): ReturnType<VolumeFencing['report']> {
    return this.#fencing.report(this.#kept.values())
  }

  #protect(): void {
    try {
      this.#fencing.protect(this.#holders, this.#kept)
    } catch (error) {
      this.#deps.log.error('the lease could not be written', { error: errorText(error) })
    }
  }

  kick(id: string): void {
    const kept = this.#kept.get(id)
    if (!kept || this.#stopped) return
    if (kept.busy) {
      kept.again = true
      return
    }
    kept.busy = true
    void this.#work(kept).catch((error: unknown) => this.#deps.log.error('a volume could not be looked after', { volume: id, error: errorText(error) }))
      .finally(() => {
        kept.busy = false
        if (kept.again) this.kick(id)
      })
  }

  /** Lends the volumes to one instance, and no other until it gives them back. Waits while they are being made ready. */
  async claim(vmId: string, mounts: readonly VolumeMount[], signal: AbortSignal): Promise<VmVolume[]> {
    const end = performance.now() + PATIENCE_MS
    for (;;) {
      signal.throwIfAborted()
      const obstacle = this.#firstObstacle(vmId, mounts)
      if (obstacle === null) {
        for (const { id, fence } of mounts) await this.#raise(id, fence)
        // A later holder may have come in between.
        if (this.#firstObstacle(vmId, mounts) === null) break
      } else if (!obstacle.wait || performance.now() > end) throw obstacle.error
      await new Promise((resolve) => { setTimeout(resolve, POLL_MS) })
    }
    const lent = mounts.map((mount) => this.#lend(vmId, mount))
    this.#fencing.protect(this.#holders, this.#kept)
    return lent
  }

  async #raise(id: string, fence: number): Promise<void> {
    const kept = this.#kept.get(id)
    if (kept) await this.#fencing.raise(kept.record, fence)
  }

  release(vmId: string): void {
    for (const [id, holder] of this.#holders) {
      if (holder !== vmId) continue
      this.#holders.delete(id)
      this.kick(id)
      this.#deps.changed(id)
    }
    this.#protect()
  }

  keysOf(volumes: readonly VmVolume[]): Record<string, string> {
    return Object.fromEntries(volumes.flatMap(({ id }) => { const key = this.#keyOf(id); return key === null ? [] : [[id, key]] }))
  }

  #keyOf(id: string): string | null {
    return this.#deps.ledger.secretsOf(id, 'volume')['key'] ?? null
  }

  status(id: string): ObjectStatus | null {
    const kept = this.#kept.get(id)
    const seen = kept?.seen && { ...kept.seen, usedBy: this.#holders.get(id) ?? null }
    return kept?.desire ? volumeStatus(kept.record, kept.desire, seen ?? null, kept.hold, this.#deps.spoken()) : null
  }

  #keep(record: VolumeRecord): Kept {
    return { record, desire: null, seen: null, hold: null, busy: false, again: false, timer: null }
  }

  #firstObstacle(vmId: string, mounts: readonly VolumeMount[]): Obstacle | null {
    return mounts.map((mount) => this.#obstacle(vmId, mount)).find((found) => found !== null) ?? null
  }

  #obstacle(vmId: string, mount: VolumeMount): Obstacle | null {
    const kept = this.#kept.get(mount.id)
    const fenced = kept && this.#fencing.obstacle(kept, mount)
    if (fenced) return fenced
    const holder = this.#holders.get(mount.id)
    if (holder !== undefined && holder !== vmId) {
      return { wait: true, error: new StartError('volume_in_use', `The volume is still in use by ${holder}.`, true) }
    }
    const ready = kept?.seen && !kept.busy && planVolume(kept.desire, { ...kept.seen, usedBy: null }).ready
    if (ready) return null
    const why = kept?.hold ? ` ${kept.hold.reason}` : ''
    return { wait: kept?.hold?.untilMs !== null || !kept.hold, error: new StartError('volume_not_ready', `A volume of the app is not ready yet.${why}`, true) }
  }

  #lend(vmId: string, mount: VolumeMount): VmVolume {
    const kept = this.#kept.get(mount.id)
    if (!kept) throw new StartError('volume_not_ready', 'A volume of the app is not ready yet.', true)
    this.#holders.set(mount.id, vmId)
    this.#deps.changed(mount.id)
    const encrypted = this.#keyOf(mount.id) !== null
    return { id: mount.id, path: this.#deps.driver.path(kept.record), mountPath: mount.mount_path, readOnly: mount.read_only, encrypted }
  }

  async #work(kept: Kept): Promise<void> {
    for (;;) {
      kept.again = false
      kept.seen = await this.#observe(kept)
      const { steps } = planVolume(kept.desire, kept.seen)
      const step = this.#stopped ? undefined : steps[0]
      if (!step || this.#held(kept)) return this.#deps.changed(kept.record.id)
      if (!(await this.#run(kept, step))) return
      if (step.kind === 'remove') return
    }
  }

  #held({ hold }: Kept): boolean {
    return hold !== null && (hold.untilMs === null || hold.untilMs > this.#deps.clock.monotonicMs())
  }

  async #observe({ record }: Kept): Promise<ObservedVolume> {
    const facts = await this.#deps.driver.inspect(record)
    if (facts) await this.#fencing.meet(record)
    return {
      exists: facts !== null, sizeMib: facts?.sizeMib ?? 0, usedMib: facts?.usedMib ?? 0, snapshots: await this.#deps.driver.snapshots(record),
      restored: record.restored, usedBy: this.#holders.get(record.id) ?? null,
    }
  }

  async #run(kept: Kept, step: VolumeStep): Promise<boolean> {
    const { log, ledger, clock, changed } = this.#deps
    const { id } = kept.record
    try {
      await this.#heavy.run(() => this.#act(kept, step))
    } catch (error) {
      kept.hold = volumeHold(error, kept.hold?.attempts ?? 0, clock.monotonicMs())
      log.warn('a step of a volume failed', { volume: id, step: step.kind, code: kept.hold.code, reason: kept.hold.reason })
      if (kept.hold.untilMs !== null) kept.timer = setTimeout(() => this.kick(id), kept.hold.untilMs - clock.monotonicMs() + 10)
      changed(id)
      return false
    }
    kept.hold = null
    log.info('a step of a volume is done', { volume: id, step: step.kind })
    if (step.kind === 'remove') {
      this.#kept.delete(id)
      ledger.removeVolume(id)
    } else {
      ledger.saveVolume(kept.record)
    }
    changed(id)
    return true
  }

  async #act({ record, desire }: Kept, step: VolumeStep): Promise<void> {
    const { driver } = this.#deps
    const spec = desire?.spec
    switch (step.kind) {
      case 'remove': return driver.remove(record)
      case 'drop': return driver.dropSnapshot(record, step.id)
      case 'resize': return driver.resize(record, step.sizeMib, this.#open(record.id))
      case 'snapshot': {
        await this.#requireSpace()
        await driver.snapshot(record, step.id, this.#open(record.id))
        return
      }
      case 'create': {
        await this.#requireSpace()
        return this.#create(record, spec ?? null)
      }
      case 'restore': {
        await this.#requireSpace()
        await driver.restore(record, spec?.restore?.snapshot_id ?? '')
        record.restored = spec?.restore?.token ?? null
      }
    }
  }

  async #create(record: VolumeRecord, spec: VolumeDesire['spec']): Promise<void> {
    const { driver, buckets, ledger } = this.#deps
    const [sizeMib, source] = [spec?.size_mib ?? 0, spec?.source ?? null]
    if (source === null || 'snapshot_id' in source) return driver.create(record, sizeMib, source?.snapshot_id ?? null, this.#keyOf(record.id))
    const secrets = ledger.secretsOf(record.id, 'volume')
    const vault = vaultOf(buckets, source, secretsOf(secrets))
    await driver.createFrom(record, sizeMib, await vault.open(source.backup_id))
  }

  /** The node's own disk must never be what fills up. */
  async #requireSpace(): Promise<void> {
    if ((await this.#deps.driver.freeMib()) < this.#deps.floorMib) throw new StartError('no_space', 'The node has too little free disk space. It is tried again when there is more.', true)
  }

  /** Null: at rest, or its VM is just starting or ending, which the next try will see. */
  #open(id: string): OpenVolume | null {
    const holder = this.#holders.get(id)
    if (holder === undefined) return null
    const vm = this.#deps.vmOf(holder)
    if (!vm) throw new StartError('volume_in_use', 'The instance that has the volume is starting or ending.', true)
    return { copyTo: (path) => vm.copyVolume(id, path), grow: (sizeMib) => vm.growVolume(id, sizeMib) }
  }
}
