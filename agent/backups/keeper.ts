/** Keeps backups in buckets as wished: one worker per set, apart from the volume's own, so that no app ever waits for a bucket. */
import type { BackupStatus, DrillResult } from '../../server/contract/node-api/backup.ts'
import type { BackupSource } from '../../server/contract/node-api/backup.ts'
import type { ObjectStatus } from '../../server/contract/node-api/v1.ts'
import type { OpenBucket } from '../drivers/bucket.ts'
import { VolumeError, type Trial, type TrialFacts, type VolumeDriver } from '../drivers/volume.ts'
import { StartError } from '../reconcile/failure.ts'
import { absentStatus } from '../reconcile/status.ts'
import type { Clock } from '../runtime/clock.ts'
import { errorText, type Logger } from '../runtime/log.ts'
import { Semaphore } from '../runtime/semaphore.ts'
import type { BackupDesire } from '../state/desired-table.ts'
import { volumeHold, type VolumeHold } from '../volumes/failure.ts'
import { planBackups, type BackupStep } from './plan.ts'
import { Vault, type BackupFacts } from './vault.ts'

interface BackupDeps {
  volumes: VolumeDriver
  trial: Trial
  buckets: OpenBucket
  ledger: {
    backupDesires(): BackupDesire[]
    secretsOf(id: string, kind: 'backup'): Record<string, string>
    getMeta(key: string): string | null
    setMeta(key: string, value: string): void
  }
  clock: Clock
  log: Logger
  floorMib: number
  changed: (id: string) => void
}

interface Kept {
  id: string
  desire: BackupDesire | null
  vault: Vault | null
  /** Null until the bucket was looked into. */
  found: Map<string, BackupFacts> | null
  failed: Map<string, string>
  /** Blocks found damaged. */
  bad: Set<string>
  drill: DrillResult | null
  progress: BackupStatus['progress']
  hold: VolumeHold | null
  busy: boolean
  again: boolean
  timer: NodeJS.Timeout | null
}

const AT_ONCE = 2
const TOLD_EACH = 64
const drillKey = (id: string): string => `drill:${id}`

export const vaultOf = (buckets: OpenBucket, place: Pick<BackupSource, 'target' | 'prefix'>, secrets: Record<string, string>, bad?: Set<string>): Vault =>
  new Vault(
    buckets(place.target, { accessKeyId: secrets['access_key_id'] ?? '', secretAccessKey: secrets['secret_access_key'] ?? '' }),
    place.prefix, secrets['key'] ?? '', bad,
  )

export class BackupKeeper {
  readonly #deps: BackupDeps
  readonly #kept = new Map<string, Kept>()
  readonly #heavy = new Semaphore(AT_ONCE)
  #end = new AbortController()

  constructor(deps: BackupDeps) {
    this.#deps = deps
  }

  start(): void {
    this.#end = new AbortController()
    this.refresh()
  }

  stop(): void {
    this.#end.abort()
    for (const { timer } of this.#kept.values()) if (timer) clearTimeout(timer)
  }

  /** Reads the desires anew. */
  refresh(): void {
    const desires = new Map(this.#deps.ledger.backupDesires().map((desire) => [desire.id, desire]))
    for (const id of desires.keys()) if (!this.#kept.has(id)) this.#kept.set(id, this.#keep(id))
    for (const kept of this.#kept.values()) {
      const desire = desires.get(kept.id) ?? null
      if (desire?.generation !== kept.desire?.generation) Object.assign(kept, { hold: null, vault: null })
      kept.desire = desire
      this.#kick(kept)
    }
  }

  status(id: string): ObjectStatus | null {
    const kept = this.#kept.get(id)
    if (!kept?.desire) return null
    const base = absentStatus('backup', id, kept.desire.generation)
    if (kept.desire.desired === 'absent') return base
    const steps = this.#stepsOf(kept)
    const fault = kept.hold && steps.length > 0 ? kept.hold : null
    return {
      ...base, phase: fault ? 'backoff' : steps.length > 0 ? 'preparing' : 'running', code: fault?.code ?? null, reason: fault?.reason ?? null,
      ...(kept.found ? { backup: detailOf(kept, kept.found) } : {}),
    }
  }

  #keep(id: string): Kept {
    const last = this.#deps.ledger.getMeta(drillKey(id))
    const drill = last === null ? null : (JSON.parse(last) as DrillResult)
    return {
      id, desire: null, vault: null, found: null, failed: new Map(), bad: new Set(), drill, progress: null, hold: null, busy: false, again: false, timer: null,
    }
  }

  #stepsOf({ desire, found, failed, drill }: Kept): BackupStep[] {
    return planBackups(desire, { ids: new Set(found?.keys()), failed: new Set(failed.keys()), drilled: drill?.token ?? null })
  }

  #kick(kept: Kept): void {
    if (this.#end.signal.aborted) return
    if (kept.busy) {
      kept.again = true
      return
    }
    kept.busy = true
    void this.#work(kept).catch((error: unknown) => this.#deps.log.error('backups could not be looked after', { set: kept.id, error: errorText(error) }))
      .finally(() => {
        kept.busy = false
        if (kept.again) this.#kick(kept)
      })
  }

  async #work(kept: Kept): Promise<void> {
    const { clock, changed } = this.#deps
    for (;;) {
      kept.again = false
      const [step] = this.#stepsOf(kept)
      const held = kept.hold !== null && kept.hold.untilMs !== null && kept.hold.untilMs > clock.monotonicMs()
      if (this.#end.signal.aborted || held || kept.desire?.desired !== 'present' || (kept.found !== null && !step)) break
      if (!(await this.#try(kept, step))) break
      changed(kept.id)
    }
    changed(kept.id)
  }

  /** Without a step: looks what there is. */
  async #try(kept: Kept, step: BackupStep | undefined): Promise<boolean> {
    const { clock, log, ledger } = this.#deps
    try {
      const { spec } = kept.desire ?? {}
      if (!spec) return false
      const vault = kept.vault ?? vaultOf(this.#deps.buckets, spec, ledger.secretsOf(kept.id, 'backup'), kept.bad)
      kept.vault = vault
      const act = kept.found === null ? undefined : step
      await (act ? this.#heavy.run(() => this.#act(kept, vault, act)) : look(kept, vault))
      kept.hold = null
      if (act) log.info('a step of backups is done', { set: kept.id, step: act.kind })
      return true
    } catch (error) {
      if (this.#end.signal.aborted) return false
      kept.hold = volumeHold(error, kept.hold?.attempts ?? 0, clock.monotonicMs())
      log.warn('a step of backups failed', { set: kept.id, step: step?.kind ?? 'look', code: kept.hold.code, reason: kept.hold.reason })
      if (kept.hold.untilMs === null) return giveUp(kept, step)
      kept.timer = setTimeout(() => this.#kick(kept), kept.hold.untilMs - clock.monotonicMs() + 10)
      return false
    } finally {
      kept.progress = null
    }
  }

  async #act(kept: Kept, vault: Vault, step: BackupStep): Promise<void> {
    const ref = { orgId: kept.desire?.spec?.org_id ?? '', id: kept.desire?.spec?.volume_id ?? '' }
    if (step.kind === 'drop') {
      await vault.drop(step.ids)
      for (const id of step.ids) {
        kept.found?.delete(id)
        kept.failed.delete(id)
      }
    } else if (step.kind === 'save') {
      const content = await this.#deps.volumes.content(ref, step.snapshotId)
      const progress = (done: number, total: number): void => {
        const tell = kept.progress === null || done % TOLD_EACH === 0
        kept.progress = { id: step.id, done, total }
        if (tell) this.#deps.changed(kept.id)
      }
      const facts = await vault.save(step.id, content, { progress, signal: this.#end.signal })
      kept.found?.set(step.id, facts)
    } else {
      await this.#drill(kept, vault, { ref: { ...ref, id: kept.id }, token: step.token, backupId: step.backupId })
    }
  }

  /** What is wrong with the backup is the drill's result; what is wrong with the way to it is tried again. */
  async #drill(kept: Kept, vault: Vault, { ref, token, backupId }: { ref: { orgId: string; id: string }; token: string; backupId: string }): Promise<void> {
    const { volumes, trial, clock, ledger, floorMib } = this.#deps
    const began = clock.monotonicMs()
    let [detail, ok, bytes] = ['', true, 0]
    try {
      const content = await vault.open(backupId)
      bytes = content.sizeBytes
      if (await volumes.freeMib() - content.sizeBytes / 2 ** 20 < floorMib) throw new StartError('no_space', 'The node has too little free disk space to try a restore.', true)
      const key = ledger.secretsOf(kept.id, 'backup')['volume_key'] ?? null
      detail = provenWords(await volumes.prove(ref, content, { key, trial }))
    } catch (error) {
      if (!(error instanceof VolumeError) || (error.code !== 'backup_damaged' && error.code !== 'snapshot_damaged')) throw error
      detail = error.message.slice(0, 500)
      ok = false
    }
    kept.drill = { token, backup_id: backupId, ok, detail, bytes, took_ms: Math.max(0, Math.round(clock.monotonicMs() - began)) }
    ledger.setMeta(drillKey(kept.id), JSON.stringify(kept.drill))
  }
}

const provenWords = ({ files, bytes }: TrialFacts): string =>
  `Restored, compared, and opened in a virtual machine: all of ${files} ${files === 1 ? 'file' : 'files'} (${bytes} bytes) can be read.`

async function look(kept: Kept, vault: Vault): Promise<void> {
  const { found, damaged } = await vault.list()
  kept.found = new Map(found.map((facts) => [facts.id, facts]))
  for (const id of damaged) kept.failed.set(id, 'The list of the backup in the bucket is missing or damaged.')
}

/** Of a backup that can never succeed; the others go on. */
function giveUp(kept: Kept, step: BackupStep | undefined): boolean {
  if (step?.kind !== 'save') return false
  kept.failed.set(step.id, (kept.hold?.reason ?? '').slice(0, 500))
  kept.hold = null
  return true
}

const detailOf = ({ failed, progress, drill }: Kept, found: ReadonlyMap<string, BackupFacts>): BackupStatus => ({
  backups: [...found.values()].map((facts) => ({ id: facts.id, size_mib: facts.sizeMib, checksum: facts.checksum, added_bytes: facts.addedBytes })),
  failed: [...failed].map(([id, reason]) => ({ id, reason })), progress, drill,
})
