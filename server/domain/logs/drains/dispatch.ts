import type { LogDrain } from '../../../../prisma/generated/client.ts'
import type { LogLevel, LogLine } from '../../../contract/log.ts'
import { log } from '../../../core/log.ts'
import { runtime } from '../../../core/runtime.ts'
import { keptSince } from '../require-app.ts'
import { newestLine, readLines } from '../store/read.ts'
import { recordFailure, recordSuccess } from './record.ts'
import { sendBatch } from './send.ts'

const LOOK_MS = 1_000
const AT_ONCE = 20
/** Longer than a round of one drain may take: who died with it in hand does not hold it longer. */
const HELD_S = 60
const BATCH_LINES = 1_000
const BATCH_BYTES = 1 << 20
/** Of one app before it is the next one's turn. */
const BATCHES = 5

interface Due { drain: LogDrain; apps: string[] }

const WAITING_APPS = `SELECT h.app_id FROM log_head h LEFT JOIN log_drain_position p ON p.org_id = h.org_id AND p.drain_id = d.id AND p.app_id = h.app_id
  WHERE h.org_id = d.org_id AND (d.app_id IS NULL OR d.app_id = h.app_id) AND h.last_id > coalesce(p.last_id, 0)`
const CLAIM = `WITH due AS MATERIALIZED (
    SELECT d.id FROM log_drain d WHERE d.enabled AND d.next_attempt_at <= now() AND EXISTS (${WAITING_APPS}) ORDER BY d.next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED)
  UPDATE log_drain d SET next_attempt_at = now() + interval '${HELD_S} seconds' FROM due WHERE d.id = due.id RETURNING d.id, ARRAY(${WAITING_APPS}) AS apps`

/** Drains with lines to send whose time has come, held for a while. A row without a position is an app younger than the drain. */
const claimDue = async (limit: number): Promise<Due[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string; apps: string[] }>(CLAIM, [limit])
  const drains = await runtime().databases.asSystem('job', (db) => db.logDrain.findMany({ where: { id: { in: rows.map((row) => row.id) } } }))
  return drains.map((drain) => ({ drain, apps: rows.find((row) => row.id === drain.id)?.apps ?? [] }))
}

interface Next { app: { id: string; name: string }; lines: LogLine[]; upTo: bigint; more: boolean }

const readNext = (drain: LogDrain, appId: string): Promise<Next> => runtime().databases.asSystem('job', async (db) => {
  const position = await db.logDrainPosition.findFirst({ where: { orgId: drain.orgId, drainId: drain.id, appId } })
  const newest = await newestLine(db, drain.orgId, appId)
  const filter = { orgId: drain.orgId, appId, level: drain.level as LogLevel, since: await keptSince(db, drain.orgId) }
  const { lines, next } = await readLines(db, filter, { order: 'oldest', after: position?.lastId ?? 0n, before: newest + 1n, limit: BATCH_LINES })
  const fitting = withinBytes(lines)
  const cut = fitting.length < lines.length
  const upTo = cut ? BigInt(fitting.at(-1)?.id ?? 0) : next !== null && next < newest ? next : newest
  const app = await db.app.findUnique({ where: { id: appId }, select: { name: true } })
  return { app: { id: appId, name: app?.name ?? appId }, lines: fitting, upTo, more: cut || next !== null }
})

const withinBytes = (lines: LogLine[]): LogLine[] => {
  let size = 0
  const end = lines.findIndex((line) => (size += line.line.length + 200) > BATCH_BYTES)
  return end <= 0 ? lines.slice(0, end === 0 ? 1 : lines.length) : lines.slice(0, end)
}

/** False when the address did not take it: then the drain waits. */
const sendApp = async (drain: LogDrain, appId: string): Promise<boolean> => {
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const { app, lines, upTo, more } = await readNext(drain, appId)
    if (lines.length > 0) {
      const outcome = await sendBatch(drain, { orgId: drain.orgId, app, lines })
      if (!outcome.ok) {
        await recordFailure(drain, outcome)
        return false
      }
      await recordSuccess(drain, appId, upTo, outcome)
    } else {
      await recordSuccess(drain, appId, upTo, null)
    }
    if (!more) return true
  }
  return true
}

/** One app after the other, one batch at a time. What was sent and not noted is sent again: at least once, in order for each app. */
const serve = async ({ drain, apps }: Due): Promise<void> => {
  for (const appId of apps) if (!await sendApp(drain, appId)) return
  await runtime().databases.systemPool.query('UPDATE log_drain SET next_attempt_at = now() WHERE id = $1', [drain.id])
}

/** One round, for tests: sends what is due now and waits for it. */
export const drainDue = async (): Promise<number> => {
  const due = await claimDue(AT_ONCE)
  await Promise.all(due.map(serve))
  return due.length
}

/** Sends what is due until stopped. Any number of processes may run one; a drain is in the hand of one at a time. */
export const startDrains = (): { stop(): Promise<void> } => {
  let stopped = false
  const open = new Set<Promise<void>>()
  const look = async (): Promise<void> => {
    try {
      if (open.size >= AT_ONCE) return
      for (const due of await claimDue(AT_ONCE - open.size)) {
        const done = serve(due)
          .catch((error: unknown) => log.error({ drain: due.drain.id, error: error instanceof Error ? error.stack : String(error) }, 'a log drain could not be served'))
          .finally(() => open.delete(done))
        open.add(done)
      }
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.message : String(error) }, 'log drains could not be claimed')
    }
  }
  let timer = setTimeout(function again() {
    void look().finally(() => { if (!stopped) timer = setTimeout(again, LOOK_MS) })
  }, LOOK_MS)
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await Promise.race([Promise.allSettled(open), new Promise((resolve) => setTimeout(resolve, 3_000).unref())])
    },
  }
}
