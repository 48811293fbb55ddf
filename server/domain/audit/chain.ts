import { sha256 } from '../../core/crypto.ts'

export const GENESIS = '0'.repeat(64)

/** An entry with its event as the database holds both; `event` is null when the row is gone. */
export interface ChainRow {
  orgId: string
  chainSeq: bigint
  prevHash: string
  hash: string
  eventSeq: bigint
  event: ChainedEvent | null
}
export interface ChainedEvent {
  orgId: string | null
  id: string
  type: string
  subjectType: string
  subjectId: string
  /** The columns' own text: a parsed and rewritten document need not be the same one. */
  actor: string
  data: string
  requestId: string | null
  ip: string | null
  userAgent: string | null
  atMs: string
}

const field = (value: string | null): string => (value === null ? '-,' : `${Buffer.byteLength(value)}:${value},`)

/** The same text as SQL `audit_hash()`: every field with its length in front, so that no two entries share one. */
export const entryHash = (row: { chainSeq: bigint; prevHash: string; eventSeq: bigint }, e: ChainedEvent): string =>
  sha256(['shellwego-audit-1', ...[
    e.orgId, String(row.chainSeq), row.prevHash, String(row.eventSeq), e.id, e.type, e.subjectType, e.subjectId, e.actor, e.data,
    e.requestId, e.ip, e.userAgent, e.atMs,
  ].map(field)].join(''))

export const FAULTS = ['edited', 'deleted', 'missing', 'reordered', 'inserted', 'truncated', 'rewritten'] as const
export type Fault = (typeof FAULTS)[number]
export interface Break { chainSeq: bigint; eventId: string | null; fault: Fault }

/** Walks a chain; `fault` is the first place where it is not what it was. */
export const chainWalker = (start: { chainSeq: bigint; hash: string }) => {
  let at = start
  return {
    get position() { return at },
    /** Null while the entry follows from the one before. */
    step: (row: ChainRow): Break | null => {
      const broken = (fault: Fault): Break => ({ chainSeq: at.chainSeq + 1n, eventId: row.event?.id ?? null, fault })
      if (row.chainSeq !== at.chainSeq + 1n) return { ...broken('missing'), eventId: null }
      if (row.event === null) return broken('deleted')
      if (row.prevHash !== at.hash) return broken('reordered')
      if (entryHash(row, row.event) !== row.hash) return broken('edited')
      at = { chainSeq: row.chainSeq, hash: row.hash }
      return null
    },
  }
}
