import { z } from 'zod'
import type { AuditRecord } from '../../contract/audit.ts'
import type { TenantDb } from '../../core/db.ts'

export interface RecordRow {
  chain_seq: bigint; prev_hash: string; hash: string; id: string; type: string; subject_type: string; subject_id: string; actor: unknown; data: unknown
  request_id: string | null; ip: string | null; user_agent: string | null; at: Date
}
interface NamedRow extends RecordRow { actorName: string | null }

const Actor = z.object({
  type: z.string(), id: z.string().optional(), token: z.string().optional(), operator: z.string().optional(),
  impersonator: z.object({ id: z.string(), name: z.string() }).optional(),
})
const Data = z.record(z.string(), z.unknown())

/** Names of today: the log keeps ids only, so that a person's name can be corrected. */
export const withNames = async (db: TenantDb, rows: readonly RecordRow[]): Promise<NamedRow[]> => {
  const ids = [...new Set(rows.flatMap((r) => Actor.parse(r.actor).id ?? []))]
  const people = await db.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  const machines = await db.serviceAccount.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  const names = new Map([...people, ...machines].map((one) => [one.id, one.name]))
  return rows.map((row) => ({ ...row, actorName: names.get(Actor.parse(row.actor).id ?? '') ?? null }))
}

export const toRecord = (row: NamedRow): AuditRecord => {
  const actor = Actor.parse(row.actor)
  return {
    id: row.id, type: row.type, at: row.at.toISOString(),
    actor: {
      type: actor.type, id: actor.id ?? null, name: row.actorName ?? actor.operator ?? null, operator: row.actorName === null && actor.operator !== undefined,
      token_id: actor.token ?? null, impersonator: actor.impersonator ?? null,
    },
    subject: { type: row.subject_type, id: row.subject_id }, data: Data.parse(row.data), ip: row.ip, user_agent: row.user_agent, request_id: row.request_id,
    chain_seq: Number(row.chain_seq), prev_hash: row.prev_hash, hash: row.hash,
  }
}

export const escapedLike = (text: string): string => text.replaceAll(/[\\%_]/g, (c) => `\\${c}`)

const COLUMNS: ReadonlyArray<readonly [string, (r: AuditRecord) => string | number | null]> = [
  ['at', (r) => r.at], ['chain_seq', (r) => r.chain_seq], ['type', (r) => r.type], ['subject_type', (r) => r.subject.type], ['subject_id', (r) => r.subject.id],
  ['actor_type', (r) => r.actor.type], ['actor_id', (r) => r.actor.id], ['actor_name', (r) => r.actor.name], ['token_id', (r) => r.actor.token_id],
  ['impersonator_id', (r) => r.actor.impersonator?.id ?? null], ['impersonator_name', (r) => r.actor.impersonator?.name ?? null],
  ['ip', (r) => r.ip], ['user_agent', (r) => r.user_agent], ['request_id', (r) => r.request_id], ['data', (r) => JSON.stringify(r.data)],
  ['event_id', (r) => r.id], ['prev_hash', (r) => r.prev_hash], ['hash', (r) => r.hash],
]
export const csvHeader = `${COLUMNS.map(([name]) => name).join(',')}\r\n`

/** A spreadsheet would run a cell that begins like a formula. */
const cell = (value: string | number | null): string => {
  const text = String(value ?? '')
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
export const csvLine = (record: AuditRecord): string => `${COLUMNS.map(([, read]) => cell(read(record))).join(',')}\r\n`
