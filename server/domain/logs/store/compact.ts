import type pg from 'pg'
import { z } from 'zod'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { inTransaction } from '../../../core/transaction.ts'
import { CHUNK_LINES, CHUNK_TEXT, insertChunk, pieces } from './append.ts'
import { linesOf, open, type PlainLine } from './pack.ts'
import { signatureOf } from './signature.ts'

/** So many small ones are put together although they do not fill a chunk yet. */
const MANY = 16
/** Looked at in one go: nobody has to wait for more of them, and all of it is held in memory. */
const LINES_AT_ONCE = 5 * CHUNK_LINES
const ROUND_MS = 45_000

interface OpenChunk { first_id: string; last_id: string; codec: number; body: Buffer; more: boolean }
interface App { orgId: string; appId: string }

/** Puts the small chunks of every app together, and signs those that are full. Numbers of lines stay. Each app has its turn: nobody waits for a flood. */
export const compactLogs = async (): Promise<void> => {
  const deadline = performance.now() + ROUND_MS
  const { rows } = await runtime().databases.systemPool.query<{ org_id: string; app_id: string }>('SELECT org_id, app_id FROM log_chunk WHERE signature IS NULL GROUP BY 1, 2')
  let waiting = rows.map((row): App => ({ orgId: row.org_id, appId: row.app_id }))
  while (waiting.length > 0) {
    const again: App[] = []
    for (const app of waiting) {
      if (performance.now() > deadline) return
      if (await compactApp(app)) again.push(app)
    }
    waiting = again
  }
}

const OPEN = `SELECT first_id, last_id, codec, body, upto < total AS more FROM (
    SELECT first_id, last_id, codec, body, sum(last_id - first_id + 1) OVER (ORDER BY last_id) AS upto, sum(last_id - first_id + 1) OVER () AS total
    FROM log_chunk WHERE org_id = $1 AND app_id = $2 AND signature IS NULL) open
  WHERE upto - (last_id - first_id + 1) < ${LINES_AT_ONCE} ORDER BY last_id`

/** True when it did something and there may be more. */
const compactApp = async (app: App): Promise<boolean> => {
  const { rows } = await runtime().databases.systemPool.query<OpenChunk>({ name: 'log-open-chunks', text: OPEN, values: [app.orgId, app.appId] })
  const more = rows.at(-1)?.more ?? false
  let did = false
  for (const run of runsOf(rows)) {
    const lines: PlainLine[] = []
    for (const chunk of run) lines.push(...linesOf(await open(chunk)))
    const parts = signed(pieces(lines), more && run.includes(rows.at(-1) as OpenChunk))
    if (parts.every((part) => part.signature === null) && run.length < MANY) continue
    await replace(app, run, parts)
    did = true
  }
  return did && more
}

/** Neighbours; what was pruned between two parts them. */
const runsOf = (rows: readonly OpenChunk[]): OpenChunk[][] => {
  const runs: OpenChunk[][] = []
  for (const row of rows) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    if (run !== undefined && before !== undefined && Number(before.last_id) + 1 === Number(row.first_id)) run.push(row)
    else runs.push([row])
  }
  return runs
}

interface Part { lines: PlainLine[]; signature: Buffer | null }

/** The last piece waits for more lines unless it is half full and nothing follows. */
const signed = (all: readonly PlainLine[][], more: boolean): Part[] => all.map((lines, at) => {
  const half = lines.length >= CHUNK_LINES / 2 || lines.reduce((sum, line) => sum + line.text.length, 0) >= CHUNK_TEXT / 2
  const full = at < all.length - 1 || (half && !more)
  return { lines, signature: full ? signatureOf(lines.map((line) => line.text).join('\n')) : null }
})

/** Nothing is replaced when somebody pruned or put together some of it meanwhile. */
const replace = (app: App, chunks: readonly OpenChunk[], parts: readonly Part[]): Promise<void> =>
  inTransaction(runtime().databases.systemPool, (client) => replaceWithin(client, app, chunks, parts))

const replaceWithin = async (client: pg.PoolClient, app: App, chunks: readonly OpenChunk[], parts: readonly Part[]): Promise<void> => {
  const gone = await client.query({
    name: 'log-chunks-replace', values: [app.orgId, app.appId, chunks.map((chunk) => chunk.last_id)],
    text: 'DELETE FROM log_chunk WHERE org_id = $1 AND app_id = $2 AND last_id = ANY($3::bigint[]) AND signature IS NULL',
  })
  if (gone.rowCount !== chunks.length) throw new Error('chunks of a log were changed by somebody else')
  let firstId = Number(chunks[0]?.first_id)
  for (const { lines, signature } of parts) {
    await insertChunk(client, { ...app, firstId, lastId: firstId + lines.length - 1 }, lines, signature)
    firstId += lines.length
  }
}

export const compactLogChunks = defineJob({ name: 'logs.compact', payload: z.object({}), run: compactLogs })
