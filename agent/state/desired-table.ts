/** What the portal wants of this node, as last applied; secrets lie in it sealed. */
import { isDeepStrictEqual } from 'node:util'
import { NETWORK_OBJECT_ID, type NetworkObjectSpec } from '../../server/contract/node-api/network.ts'
import type { DesiredChanges, DesiredObject, ObjectKind, RouteObjectSpec } from '../../server/contract/node-api/v1.ts'
import type { BackupObjectSpec } from '../../server/contract/node-api/backup.ts'
import type { VolumeObjectSpec } from '../../server/contract/node-api/volume.ts'
import type { GuardState, KnownObject } from '../reconcile/guard.ts'
import type { SpecWithoutSecrets, VmDesire } from '../reconcile/model.ts'
import { transaction, type Database } from './database.ts'
import type { SecretBox } from './secret-box.ts'

const SCHEMA = `
CREATE TABLE IF NOT EXISTS desired (
  kind TEXT NOT NULL, id TEXT NOT NULL, generation INTEGER NOT NULL, desired TEXT NOT NULL, spec TEXT, secrets BLOB,
  unlisted_since_ms INTEGER, PRIMARY KEY (kind, id)) STRICT;
CREATE INDEX IF NOT EXISTS desired_tombstone ON desired (kind, id) WHERE desired = 'absent';
CREATE INDEX IF NOT EXISTS desired_held ON desired (generation) WHERE unlisted_since_ms IS NULL;
`
const UPSERT = `INSERT INTO desired (kind, id, generation, desired, spec, secrets, unlisted_since_ms) VALUES (?, ?, ?, ?, ?, ?, NULL)
  ON CONFLICT (kind, id) DO UPDATE SET generation = excluded.generation, desired = excluded.desired, spec = excluded.spec,
  secrets = excluded.secrets, unlisted_since_ms = NULL`

/** `unlisted`: no longer named, but no tombstone either; a volume is never destroyed for that. */
export interface VolumeDesire { id: string; generation: number; desired: 'present' | 'absent' | 'unlisted'; spec: Omit<VolumeObjectSpec, 'secrets'> | null }
export interface BackupDesire { id: string; generation: number; desired: 'present' | 'absent' | 'unlisted'; spec: Omit<BackupObjectSpec, 'secrets'> | null }
export interface RouteDesire { id: string; generation: number; present: boolean; spec: Omit<RouteObjectSpec, 'secrets'> | null }
export interface DesiredChange { upserts: DesiredObject[]; unlisted: KnownObject[]; dropped: KnownObject[]; guard: GuardState; nowMs: number }

interface Row {
  kind: ObjectKind; id: string; generation: number; desired: string; spec: string | null; secrets: Uint8Array | null; unlisted_since_ms: number | null
}

export class DesiredTable {
  readonly #db: Database
  readonly #box: SecretBox
  /** Kept up with each change: thousands of hosts are asked for by name, many times a second. */
  #routes: Map<string, RouteDesire> | null = null

  constructor(db: Database, box: SecretBox) {
    db.exec(SCHEMA)
    this.#db = db
    this.#box = box
  }

  vmDesires(): VmDesire[] {
    return this.#rows("WHERE kind = 'vm'").map(toVmDesire)
  }

  /** By id, which is the host name. */
  routeDesires(): ReadonlyMap<string, RouteDesire> {
    this.#routes ??= new Map(this.#rows("WHERE kind = 'route' AND unlisted_since_ms IS NULL").map((row) => [row.id, toRouteDesire(row)]))
    return this.#routes
  }

  volumeDesires(): VolumeDesire[] {
    return this.#rows("WHERE kind = 'volume'").map((row) => toDesire<VolumeDesire>(row))
  }

  backupDesires(): BackupDesire[] {
    return this.#rows("WHERE kind = 'backup'").map((row) => toDesire<BackupDesire>(row))
  }

  /** Null until the portal has said anything about networks. */
  networkDesire(): NetworkObjectSpec | null {
    const row = this.#listed('network', NETWORK_OBJECT_ID)
    return row?.spec ? { remote: [], peers: [], ...(JSON.parse(row.spec) as Pick<NetworkObjectSpec, 'apps'> & Partial<NetworkObjectSpec>) } : null
  }

  known(): KnownObject[] {
    return this.#rows('').map(({ kind, id, desired, unlisted_since_ms: since }) => ({ kind, id, unlisted: since !== null, tombstone: desired === 'absent' }))
  }

  tombstones(): KnownObject[] {
    return this.#db.prepare("SELECT kind, id, unlisted_since_ms IS NOT NULL AS unlisted FROM desired WHERE desired = 'absent'").all()
      .map((row) => row as unknown as Pick<KnownObject, 'kind' | 'id'> & { unlisted: number })
      .map(({ kind, id, unlisted }) => ({ kind, id, unlisted: unlisted === 1, tombstone: true }))
  }

  held(): DesiredChanges['held'] {
    const row = this.#db.prepare('SELECT count(*) AS objects, coalesce(sum(generation), 0) AS generations FROM desired WHERE unlisted_since_ms IS NULL').get()
    return { ...row } as unknown as DesiredChanges['held']
  }

  generationOf(kind: ObjectKind, id: string): number | null {
    return this.#listed(kind, id)?.generation ?? null
  }

  sameSpec(object: DesiredObject): boolean {
    const row = this.#listed(object.kind, object.id)
    if (!row || row.desired !== object.desired) return false
    const stored = row.spec === null ? null : (JSON.parse(row.spec) as object)
    const full = stored && row.secrets ? { ...stored, secrets: this.#open(row) } : stored
    return isDeepStrictEqual(full, object.spec)
  }

  secretsOf(id: string, kind: 'vm' | 'volume' | 'backup' = 'vm'): Record<string, string> {
    return this.#open(this.#rows('WHERE kind = ? AND id = ?', kind, id)[0])
  }

  /** Of a certificate that came with a route. */
  routeSecrets(id: string): Record<string, string> {
    return this.#open(this.#listed('route', id) ?? undefined)
  }

  #open(row: Row | undefined): Record<string, string> {
    return row?.secrets ? (JSON.parse(this.#box.open(row.secrets, placeOf(row))) as Record<string, string>) : {}
  }

  /** One transaction with the index the list came with: `saveGuard` runs inside it. */
  apply(change: DesiredChange, saveGuard: (state: GuardState) => void): void {
    transaction(this.#db, () => {
      for (const object of change.upserts) this.#save(object)
      const unlist = this.#db.prepare('UPDATE desired SET unlisted_since_ms = ? WHERE kind = ? AND id = ? AND unlisted_since_ms IS NULL')
      for (const object of change.unlisted) unlist.run(change.nowMs, object.kind, object.id)
      const drop = this.#db.prepare('DELETE FROM desired WHERE kind = ? AND id = ?')
      for (const object of change.dropped) drop.run(object.kind, object.id)
      saveGuard(change.guard)
    })
    for (const { kind, id } of [...change.unlisted, ...change.dropped]) if (kind === 'route') this.#routes?.delete(id)
    for (const { kind, id } of change.upserts) if (kind === 'route') this.#keepRoute(id)
  }

  #keepRoute(id: string): void {
    const row = this.#routes && this.#listed('route', id)
    if (row) this.#routes?.set(id, toRouteDesire(row))
  }

  /** After a reboot: quarantines begin again. */
  resetMonotonic(nowMs: number): void {
    this.#routes = null
    this.#db.prepare('UPDATE desired SET unlisted_since_ms = ? WHERE unlisted_since_ms IS NOT NULL').run(nowMs)
  }

  #listed(kind: ObjectKind, id: string): Row | null {
    return this.#rows('WHERE kind = ? AND id = ? AND unlisted_since_ms IS NULL', kind, id)[0] ?? null
  }

  #rows(where: string, ...values: string[]): Row[] {
    return this.#db.prepare(`SELECT * FROM desired ${where}`).all(...values) as unknown as Row[]
  }

  #save(object: DesiredObject): void {
    const upsert = this.#db.prepare(UPSERT)
    const { secrets = null, ...spec } = (object.spec ?? {}) as { secrets?: Record<string, string> }
    const sealed = secrets && this.#box.seal(JSON.stringify(secrets), placeOf(object))
    upsert.run(object.kind, object.id, object.generation, object.desired, object.spec ? JSON.stringify(spec) : null, sealed)
  }
}

const placeOf = ({ kind, id }: { kind: ObjectKind; id: string }): string => (kind === 'route' ? `secrets:route:${id}` : `secrets:${id}`)

/** A ledger of an earlier version knows no volumes. */
const withVolumes = (spec: Omit<SpecWithoutSecrets, 'volumes'> & Partial<SpecWithoutSecrets>): SpecWithoutSecrets => ({ ...spec, volumes: spec.volumes ?? [] })

const toVmDesire = (row: Row): VmDesire => ({
  id: row.id,
  generation: row.generation,
  desired: row.unlisted_since_ms === null ? (row.desired as VmDesire['desired']) : 'unlisted',
  spec: row.spec === null ? null : withVolumes(JSON.parse(row.spec) as SpecWithoutSecrets),
  unlistedSinceMs: row.unlisted_since_ms,
})

const toRouteDesire = (row: Row): RouteDesire => ({
  id: row.id, generation: row.generation, present: row.desired === 'present', spec: row.spec === null ? null : (JSON.parse(row.spec) as Omit<RouteObjectSpec, 'secrets'>),
})

/** Written by {@link DesiredTable} itself, of the kind that is asked for. */
const toDesire = <T extends VolumeDesire | BackupDesire>(row: Row): T => ({
  id: row.id, generation: row.generation, desired: row.unlisted_since_ms === null ? row.desired : 'unlisted',
  spec: row.spec === null ? null : (JSON.parse(row.spec) as unknown),
}) as T
