/** The node's memory: what it should run, what it holds, and how far each start came. Every write is on disk when it returns. */
import { isDeepStrictEqual } from 'node:util'
import type { DesiredObject, RouteObjectSpec } from '../../server/contract/node-api/v1.ts'
import type { GuardState, KnownObject } from '../reconcile/guard.ts'
import type { SpecWithoutSecrets, Step, VmDesire, VmRecord } from '../reconcile/model.ts'
import { openDatabase, transaction, type Database } from './database.ts'
import type { SecretBox } from './secret-box.ts'

const SCHEMA = `
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS desired (
  kind TEXT NOT NULL, id TEXT NOT NULL, generation INTEGER NOT NULL, desired TEXT NOT NULL, spec TEXT, secrets BLOB,
  unlisted_since_ms INTEGER, PRIMARY KEY (kind, id)) STRICT;
CREATE TABLE IF NOT EXISTS vm (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS step (
  seq INTEGER PRIMARY KEY, vm_id TEXT NOT NULL, start_id TEXT, step TEXT NOT NULL, outcome TEXT NOT NULL, wall_ms INTEGER NOT NULL) STRICT;
`
const STEP_HISTORY = 5_000

export interface RouteDesire { id: string; generation: number; present: boolean; spec: RouteObjectSpec | null }
export interface DesiredChange { upserts: DesiredObject[]; unlisted: KnownObject[]; dropped: KnownObject[]; guard: GuardState; nowMs: number }

export interface Ledger {
  vmDesires(): VmDesire[]
  routeDesires(): RouteDesire[]
  secretsOf(vmId: string): Record<string, string>
  known(): KnownObject[]
  generationOf(kind: 'vm' | 'route', id: string): number | null
  sameSpec(object: DesiredObject): boolean
  applyDesired(change: DesiredChange): void
  guard(): GuardState
  saveGuard(state: GuardState): void
  vmRecords(): VmRecord[]
  saveVm(record: VmRecord): void
  /** Records the step and the state it led to in one transaction. */
  finishStep(step: Step, record: VmRecord, outcome: string, wallMs: number): void
  removeVm(id: string, wallMs: number): void
  steps(vmId: string): { step: string; outcome: string; startId: string | null; wallMs: number }[]
  /** After a reboot: quarantines begin again. */
  resetMonotonic(nowMs: number): void
  getMeta(key: string): string | null
  setMeta(key: string, value: string): void
  readonly database: Database
  close(): void
}

export function openLedger(path: string, box: SecretBox): Ledger {
  const db = openDatabase(path, SCHEMA)
  const readMeta = db.prepare('SELECT value FROM meta WHERE key = ?')
  const writeMeta = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
  const writeVm = db.prepare('INSERT INTO vm (id, record) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record')
  const writeStep = db.prepare('INSERT INTO step (vm_id, start_id, step, outcome, wall_ms) VALUES (?, ?, ?, ?, ?)')
  const trimSteps = db.prepare('DELETE FROM step WHERE seq <= (SELECT max(seq) FROM step) - ?')
  const upsert = db.prepare(`INSERT INTO desired (kind, id, generation, desired, spec, secrets, unlisted_since_ms) VALUES (?, ?, ?, ?, ?, ?, NULL)
    ON CONFLICT (kind, id) DO UPDATE SET generation = excluded.generation, desired = excluded.desired, spec = excluded.spec,
    secrets = excluded.secrets, unlisted_since_ms = NULL`)

  const getMeta = (key: string): string | null => (readMeta.get(key)?.['value'] as string | undefined) ?? null
  const saveGuard = (state: GuardState): void => void writeMeta.run('guard', JSON.stringify(state))

  const save = (object: DesiredObject): void => {
    if (object.kind === 'route') {
      upsert.run('route', object.id, object.generation, object.desired, object.spec ? JSON.stringify(object.spec) : null, null)
      return
    }
    const { secrets, ...spec } = object.spec ?? { secrets: {} }
    const sealed = object.spec ? box.seal(JSON.stringify(secrets), `secrets:${object.id}`) : null
    upsert.run('vm', object.id, object.generation, object.desired, object.spec ? JSON.stringify(spec) : null, sealed)
  }

  const find = db.prepare('SELECT * FROM desired WHERE kind = ? AND id = ? AND unlisted_since_ms IS NULL')
  const secretsOf = (vmId: string): Record<string, string> => {
    const sealed = db.prepare("SELECT secrets FROM desired WHERE kind = 'vm' AND id = ?").get(vmId)?.['secrets']
    return sealed instanceof Uint8Array ? (JSON.parse(box.open(sealed, `secrets:${vmId}`)) as Record<string, string>) : {}
  }

  return {
    database: db,
    getMeta,
    resetMonotonic: (nowMs) => void db.prepare('UPDATE desired SET unlisted_since_ms = ? WHERE unlisted_since_ms IS NOT NULL').run(nowMs),
    setMeta: (key, value) => void writeMeta.run(key, value),
    guard: () => JSON.parse(getMeta('guard') ?? '{"epoch":null,"index":0,"candidate":null}') as GuardState,
    saveGuard,
    vmDesires: () => db.prepare("SELECT * FROM desired WHERE kind = 'vm'").all().map(toVmDesire),
    routeDesires: () => db.prepare("SELECT * FROM desired WHERE kind = 'route' AND unlisted_since_ms IS NULL").all().map(toRouteDesire),
    secretsOf,
    generationOf: (kind, id) => (find.get(kind, id)?.['generation'] as number | undefined) ?? null,
    sameSpec(object) {
      const row = find.get(object.kind, object.id)
      if (!row || row['desired'] !== object.desired) return false
      const stored = row['spec'] === null ? null : (JSON.parse(String(row['spec'])) as object)
      const full = stored && object.kind === 'vm' ? { ...stored, secrets: secretsOf(object.id) } : stored
      return isDeepStrictEqual(full, object.spec)
    },
    known: () => db.prepare('SELECT kind, id, desired, unlisted_since_ms FROM desired').all().map((row) => ({
      kind: row['kind'] as 'vm' | 'route', id: String(row['id']), unlisted: row['unlisted_since_ms'] !== null, tombstone: row['desired'] === 'absent',
    })),
    applyDesired(change) {
      transaction(db, () => {
        for (const object of change.upserts) save(object)
        const unlist = db.prepare('UPDATE desired SET unlisted_since_ms = ? WHERE kind = ? AND id = ? AND unlisted_since_ms IS NULL')
        for (const object of change.unlisted) unlist.run(change.nowMs, object.kind, object.id)
        const drop = db.prepare('DELETE FROM desired WHERE kind = ? AND id = ?')
        for (const object of change.dropped) drop.run(object.kind, object.id)
        saveGuard(change.guard)
      })
    },
    vmRecords: () => db.prepare('SELECT record FROM vm').all().map((row) => JSON.parse(String(row['record'])) as VmRecord),
    saveVm: (record) => void writeVm.run(record.id, JSON.stringify(record)),
    finishStep(step, record, outcome, wallMs) {
      transaction(db, () => {
        writeVm.run(record.id, JSON.stringify(record))
        writeStep.run(record.id, record.start?.startId ?? null, step, outcome, wallMs)
        trimSteps.run(STEP_HISTORY)
      })
    },
    removeVm(id, wallMs) {
      transaction(db, () => {
        db.prepare('DELETE FROM vm WHERE id = ?').run(id)
        db.prepare("DELETE FROM desired WHERE kind = 'vm' AND id = ? AND unlisted_since_ms IS NOT NULL").run(id)
        writeStep.run(id, null, 'forget', 'done', wallMs)
      })
    },
    steps: (vmId) => db.prepare('SELECT step, outcome, start_id, wall_ms FROM step WHERE vm_id = ? ORDER BY seq').all(vmId).map((row) => ({
      step: String(row['step']), outcome: String(row['outcome']), startId: row['start_id'] as string | null, wallMs: Number(row['wall_ms']),
    })),
    close: () => db.close(),
  }
}

type Row = Record<string, unknown>

function toVmDesire(row: Row): VmDesire {
  const unlistedSinceMs = row['unlisted_since_ms'] as number | null
  return {
    id: String(row['id']),
    generation: Number(row['generation']),
    desired: unlistedSinceMs === null ? (row['desired'] as VmDesire['desired']) : 'unlisted',
    spec: row['spec'] === null ? null : (JSON.parse(String(row['spec'])) as SpecWithoutSecrets),
    unlistedSinceMs,
  }
}

const toRouteDesire = (row: Row): RouteDesire => ({
  id: String(row['id']),
  generation: Number(row['generation']),
  present: row['desired'] === 'present',
  spec: row['spec'] === null ? null : (JSON.parse(String(row['spec'])) as RouteObjectSpec),
})
