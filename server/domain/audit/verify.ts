import { z } from 'zod'
import { Instant } from '../../contract/time.ts'
import type { TenantDb } from '../../core/db.ts'
import type { CompositeOperation } from '../../core/composite.ts'
import type { RequestMeta } from '../../core/context.ts'
import { call, query } from '../../core/operation.ts'
import { anchorHolds } from './anchors.ts'
import { chainWalker, FAULTS, GENESIS, type Break, type ChainRow } from './chain.ts'

const BATCH = 2_000
const MOST_TRIES = 3

interface Row {
  chain_seq: string; prev_hash: string; hash: string; event_seq: string; org_id: string | null; id: string | null; type: string; subject_type: string
  subject_id: string; actor: string; data: string; request_id: string | null; ip: string | null; user_agent: string | null; at_ms: string
}

const toChainRow = (orgId: string, r: Row): ChainRow => ({
  orgId, chainSeq: BigInt(r.chain_seq), prevHash: r.prev_hash, hash: r.hash, eventSeq: BigInt(r.event_seq),
  event: r.id === null ? null : {
    orgId: r.org_id, id: r.id, type: r.type, subjectType: r.subject_type, subjectId: r.subject_id, actor: r.actor, data: r.data, requestId: r.request_id,
    ip: r.ip, userAgent: r.user_agent, atMs: r.at_ms,
  },
})

/** A batch travels as one text: row by row the client takes ten times as long. */
const readRows = async (db: TenantDb, orgId: string, after: bigint): Promise<ChainRow[]> => {
  const [batch] = await db.$queryRaw<{ rows: string | null }[]>`
    SELECT json_agg(r)::text AS rows FROM (
      SELECT a.chain_seq::text, a.prev_hash, a.hash, a.event_seq::text, e.org_id, e.id, e.type, e.subject_type, e.subject_id, e.actor::text AS actor,
        e.data::text AS data, e.request_id, e.ip, e.user_agent, floor(extract(epoch FROM e.at) * 1000)::bigint::text AS at_ms
      FROM audit_entry a LEFT JOIN event e ON e.seq = a.event_seq WHERE a.org_id = ${orgId} AND a.chain_seq > ${after} ORDER BY a.chain_seq LIMIT ${BATCH}) r`
  return (JSON.parse(batch?.rows ?? '[]') as Row[]).map((r) => toChainRow(orgId, r))
}

interface Mark { chainSeq: bigint; hash: string }
interface Walk { end: Mark; checked: number; broken: Break | null; seen: Map<bigint, string> }

/** Each batch has a transaction of its own: a long chain holds up nobody. */
type Batch = (after: bigint) => Promise<ChainRow[]>

/** Entries up to the head; `wanted` are the positions whose hash somebody remembers. */
const walk = async (batch: Batch, start: Mark, head: Mark, wanted: ReadonlySet<bigint>): Promise<Walk> => {
  const walker = chainWalker(start)
  const seen = new Map([[start.chainSeq, start.hash]])
  for (let checked = 0; ;) {
    const rows = (await batch(walker.position.chainSeq)).filter((r) => r.chainSeq <= head.chainSeq)
    for (const row of rows) {
      const broken = walker.step(row)
      if (broken) return { end: walker.position, checked, broken, seen }
      if (wanted.has(row.chainSeq)) seen.set(row.chainSeq, row.hash)
      checked += 1
    }
    if (rows.length < BATCH) return { end: walker.position, checked, broken: null, seen }
  }
}

/** The earliest of the remembered hashes that the chain no longer has. */
const firstContradiction = (known: readonly Mark[], { end, seen }: Walk): Break | null => {
  const wrong = known.filter((k) => seen.get(k.chainSeq) !== k.hash).sort((a, b) => Number(a.chainSeq - b.chainSeq))[0]
  return wrong ? { chainSeq: wrong.chainSeq, eventId: null, fault: wrong.chainSeq > end.chainSeq ? 'truncated' : 'rewritten' } : null
}

const strayEvent = async (db: TenantDb, orgId: string): Promise<Break | null> => {
  const [row] = await db.$queryRaw<{ id: string; next: bigint | null }[]>`
    SELECT e.id, (SELECT min(a.chain_seq) FROM audit_entry a WHERE a.org_id = ${orgId} AND a.event_seq > e.seq) AS next
    FROM event e LEFT JOIN audit_entry a ON a.event_seq = e.seq WHERE e.org_id = ${orgId} AND a.event_seq IS NULL ORDER BY e.seq LIMIT 1`
  return row ? { chainSeq: row.next ?? 0n, eventId: row.id, fault: 'inserted' } : null
}

const loadMarks = async (db: TenantDb) => {
  const head = await db.auditHead.findFirst()
  const checkpoint = await db.auditCheckpoint.findFirst({ orderBy: { chainSeq: 'desc' } })
  const start: Mark = checkpoint ?? { chainSeq: 0n, hash: GENESIS }
  const anchors = await db.auditAnchor.findMany({ where: { chainSeq: { gt: start.chainSeq } }, orderBy: { chainSeq: 'asc' } })
  return { head: head ?? { chainSeq: start.chainSeq, hash: start.hash }, start, checkpoint, anchors, removed: await removedBy(db) }
}

const removedBy = async (db: TenantDb): Promise<bigint> => (await db.auditCheckpoint.aggregate({ _sum: { removed: true } }))._sum.removed ?? 0n

/** Runs in a transaction of its own as the caller, who is authorised for each. */
type Run = <T>(work: (db: TenantDb, orgId: string) => Promise<T>) => Promise<T>

const verifyOnce = async (run: Run, known: Mark | null) => {
  const marks = await run(loadMarks)
  const { head, start, anchors } = marks
  const remembered = [...anchors, ...(known && known.chainSeq >= start.chainSeq ? [known] : [])]
  const walked = await walk((after) => run((db, orgId) => readRows(db, orgId, after)), start, head, new Set(remembered.map((m) => m.chainSeq)))
  const forged = anchors.find((a) => !anchorHolds(a))
  const short: Break | null = walked.end.chainSeq === head.chainSeq && walked.end.hash === head.hash ? null
    : { chainSeq: walked.end.chainSeq + 1n, eventId: null, fault: walked.end.chainSeq < head.chainSeq ? 'truncated' : 'rewritten' }
  const broken = walked.broken ?? short ?? firstContradiction(remembered, walked) ?? await run(strayEvent)
    ?? (forged ? { chainSeq: forged.chainSeq, eventId: null, fault: 'rewritten' as const } : null)
  return { ...marks, broken, checked: walked.checked, anchor: anchors.at(-1) ?? null }
}

/** Entries past their retention may go between two batches: then the chain begins elsewhere, and it is read again from there. */
const verifyChain = async (run: Run, known: Mark | null) => {
  for (let tries = 0; ; tries++) {
    const found = await verifyOnce(run, known)
    const { start } = await run(loadMarks)
    if (start.chainSeq === found.start.chainSeq || tries === MOST_TRIES) return found
  }
}

const Position = z.object({ chain_seq: z.number().int(), hash: z.string() })
const Input = z.strictObject({
  known_seq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional().describe('A position you noted earlier'),
  known_hash: z.string().regex(/^[0-9a-f]{64}$/, 'The hash has 64 hexadecimal digits.').optional().describe('The hash you noted with it'),
})
const Verdict = z.object({
  ok: z.boolean(), checked: z.number().int(), checked_at: Instant, head: Position,
  /** The newest signed head, and where the chain begins since entries past their retention went. */
  anchor: Position.extend({ at: Instant }).nullable(), checkpoint: Position.extend({ at: Instant }).nullable(), expired: z.number().int(),
  broken: z.object({ chain_seq: z.number().int(), event_id: z.string().nullable(), fault: z.enum(FAULTS) }).nullable(),
})

/** One step of it. What it reads goes past the schema: a chain is no wire value. */
const asReader = (meta: RequestMeta, raw: unknown): Run => async (work) => {
  const box: { result?: unknown } = {}
  await call(query({
    name: 'audit.verify_step', summary: 'One transaction of a verification', scope: 'org', permission: 'audit:read', input: Input, output: z.object({}),
    run: async (ctx) => {
      box.result = await work(ctx.db, ctx.orgId)
      return {}
    },
  }), meta, raw)
  return box.result as Awaited<ReturnType<typeof work>>
}

export const verifyAudit: CompositeOperation<typeof Input, typeof Verdict> = {
  kind: 'composite', name: 'audit.verify', summary: 'Recompute the audit chain; names the first entry that is not what it was', scope: 'org', repeatable: true, permission: 'audit:read',
  input: Input, output: Verdict, rest: { method: 'GET', path: '/organizations/{organization_id}/audit/verify', tag: 'Audit' },
  handle: async (meta, raw) => {
    const run = asReader(meta, raw)
    // Says no before anything is read: the first step decodes and authorises.
    await run(() => Promise.resolve(null))
    const { organization_id: _, ...given } = raw as Record<string, unknown>
    const input = Input.parse(given)
    const known = input.known_seq && input.known_hash ? { chainSeq: BigInt(input.known_seq), hash: input.known_hash } : null
    const { broken, checked, head, checkpoint, removed, anchor } = await verifyChain(run, known)
    const position = (m: Mark) => ({ chain_seq: Number(m.chainSeq), hash: m.hash })
    const dated = (m: (Mark & { at: Date }) | null) => m && { ...position(m), at: m.at.toISOString() }
    return {
      ok: broken === null, checked, checked_at: new Date().toISOString(), head: position(head), anchor: dated(anchor), checkpoint: dated(checkpoint),
      expired: Number(removed), broken: broken && { chain_seq: Number(broken.chainSeq), event_id: broken.eventId, fault: broken.fault },
    }
  },
}
