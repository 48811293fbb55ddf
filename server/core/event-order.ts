import { runtime } from './runtime.ts'

/** Advisory locks that say "an event of these organizations is being written". */
export const EVENT_MARK = 81_632_402
export const EVENT_MARKS = 63

interface Checkpoint { upTo: bigint; writers: ReadonlySet<string> }

const WRITERS = `SELECT virtualtransaction AS writer FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND classid = ${EVENT_MARK}
  AND objid = (hashtext($1) & ${EVENT_MARKS})::oid AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`

/** The newest number given out, then who is writing. In this order: a lower number that cannot be seen yet has its writer in the list. */
const takeCheckpoint = async (orgId: string): Promise<Checkpoint> => {
  const { systemPool } = runtime().databases
  const { rows: [last] } = await systemPool.query<{ seq: string | null }>({ name: 'event-last', text: "SELECT pg_sequence_last_value('event_seq_seq') AS seq" })
  const { rows } = await systemPool.query<{ writer: string }>({ name: 'event-writers', text: WRITERS, values: [orgId] })
  return { upTo: BigInt(last?.seq ?? 0), writers: new Set(rows.map((row) => row.writer)) }
}

const MAX_CHECKPOINTS = 20

/**
 * Transactions commit out of the order of their numbers. This tells up to which number every event of the organization is either to be
 * seen or will never be; `waiting` while somebody is still writing.
 */
export const settledEvents = (orgId: string): (() => Promise<{ upTo: bigint; newest: bigint; waiting: boolean }>) => {
  let open: Checkpoint[] = []
  let upTo = 0n
  return async () => {
    const now = await takeCheckpoint(orgId)
    open = [...open, now].filter((checkpoint) => {
      const settled = [...checkpoint.writers].every((writer) => !now.writers.has(writer))
      if (settled && checkpoint.upTo > upTo) upTo = checkpoint.upTo
      return !settled
    })
    if (open.length > MAX_CHECKPOINTS) open = [...open.slice(0, MAX_CHECKPOINTS - 1), now]
    return { upTo, newest: now.upTo, waiting: open.length > 0 }
  }
}
