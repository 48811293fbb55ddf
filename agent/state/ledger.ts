/** The node's memory: what it should run, what it holds, and how far each start came. Every write is on disk when it returns. */
import type { GuardState } from '../reconcile/guard.ts'
import type { Step, VmRecord } from '../reconcile/model.ts'
import type { VolumeRecord } from '../volumes/model.ts'
import { openDatabase, transaction, type Database } from './database.ts'
import { DesiredTable, type DesiredChange } from './desired-table.ts'
import type { SecretBox } from './secret-box.ts'

const SCHEMA = `
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS vm (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS volume (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS step (
  seq INTEGER PRIMARY KEY, vm_id TEXT NOT NULL, start_id TEXT, step TEXT NOT NULL, outcome TEXT NOT NULL, wall_ms INTEGER NOT NULL) STRICT;
`
const SAVE_VM = 'INSERT INTO vm (id, record) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record'
const SAVE_META = 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value'
const SAVE_STEP = 'INSERT INTO step (vm_id, start_id, step, outcome, wall_ms) VALUES (?, ?, ?, ?, ?)'
const STEP_HISTORY = 5_000
const GUARD = 'guard'

export interface LoggedStep { step: string; outcome: string; startId: string | null; wallMs: number }

export class Ledger extends DesiredTable {
  readonly database: Database

  constructor(database: Database, box: SecretBox) {
    super(database, box)
    database.exec(SCHEMA)
    this.database = database
  }

  getMeta(key: string): string | null {
    const row = this.database.prepare('SELECT value FROM meta WHERE key = ?').get(key) as { value: string } | undefined
    return row?.value ?? null
  }

  setMeta(key: string, value: string): void {
    this.database.prepare(SAVE_META).run(key, value)
  }

  guard(): GuardState {
    return JSON.parse(this.getMeta(GUARD) ?? '{"epoch":null,"index":0,"candidate":null}') as GuardState
  }

  saveGuard(state: GuardState): void {
    this.setMeta(GUARD, JSON.stringify(state))
  }

  applyDesired(change: DesiredChange): void {
    this.apply(change, (state) => this.saveGuard(state))
  }

  vmRecords(): VmRecord[] {
    const rows = this.database.prepare('SELECT record FROM vm').all() as { record: string }[]
    return rows.map((row) => JSON.parse(row.record) as VmRecord)
  }

  startOf(vmId: string): string | null {
    const row = this.database.prepare('SELECT record FROM vm WHERE id = ?').get(vmId) as { record: string } | undefined
    return row ? (JSON.parse(row.record) as VmRecord).start?.startId ?? null : null
  }

  saveVm(record: VmRecord): void {
    this.database.prepare(SAVE_VM).run(record.id, JSON.stringify(record))
  }

  /** Records the step and the state it led to in one transaction. */
  finishStep(step: Step, record: VmRecord, outcome: string, wallMs: number): void {
    transaction(this.database, () => {
      this.saveVm(record)
      this.#logStep(record.id, record.start?.startId ?? null, step, outcome, wallMs)
    })
  }

  removeVm(id: string, wallMs: number): void {
    transaction(this.database, () => {
      this.database.prepare('DELETE FROM vm WHERE id = ?').run(id)
      this.database.prepare("DELETE FROM desired WHERE kind = 'vm' AND id = ? AND unlisted_since_ms IS NOT NULL").run(id)
      this.#logStep(id, null, 'forget', 'done', wallMs)
    })
  }

  volumeRecords(): VolumeRecord[] {
    const rows = this.database.prepare('SELECT record FROM volume').all() as { record: string }[]
    return rows.map((row) => JSON.parse(row.record) as VolumeRecord)
  }

  saveVolume(record: VolumeRecord): void {
    this.database.prepare('INSERT INTO volume (id, record) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record').run(record.id, JSON.stringify(record))
  }

  removeVolume(id: string): void {
    this.database.prepare('DELETE FROM volume WHERE id = ?').run(id)
  }

  steps(vmId: string): LoggedStep[] {
    return this.database.prepare('SELECT step, outcome, start_id AS startId, wall_ms AS wallMs FROM step WHERE vm_id = ? ORDER BY seq')
      .all(vmId).map((row) => ({ ...row }) as unknown as LoggedStep)
  }

  close(): void {
    this.database.close()
  }

  #logStep(vmId: string, startId: string | null, step: Step, outcome: string, wallMs: number): void {
    this.database.prepare(SAVE_STEP).run(vmId, startId, step, outcome, wallMs)
    this.database.prepare('DELETE FROM step WHERE seq <= (SELECT max(seq) FROM step) - ?').run(STEP_HISTORY)
  }
}

export const openLedger = (path: string, box: SecretBox): Ledger => new Ledger(openDatabase(path, ''), box)
