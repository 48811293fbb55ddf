import { z } from 'zod'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { CHUNK_LINES, CHUNK_TEXT, insertChunk } from './append.ts'
import { linesOf, open, type PlainLine } from './pack.ts'
import { signatureOf } from './signature.ts'

/** So many small ones are put together although they do not fill a chunk yet. */
const MANY = 16
/** Nobody has to wait for more of them at a time. */
const AT_ONCE = 200
const ROUND_MS = 45_000

interface OpenChunk { first_id: string; last_id: string; codec: number; body: Buffer }
interface App { orgId: string; appId: string }

/** Puts the small chunks of every app together, and signs those that are full. Numbers of lines stay. */
export const compactLogs = async (): Promise<void> => {
  const deadline = performance.now() + ROUND_MS
  const { rows } = await runtime().databases.systemPool.query<{ org_id: string; app_id: string }>('SELECT org_id, app_id FROM log_chunk WHERE signature IS NULL GROUP BY 1, 2')
  for (const row of rows) {
    const app = { orgId: row.org_id, appId: row.app_id }
    while (performance.now() < deadline && await compactApp(app)) { /* there is more of it */ }
  }
}

/** True when it did something and there may be more. */
const compactApp = async (app: App): Promise<boolean> => {
  const { rows } = await runtime().databases.systemPool.query<OpenChunk>({
    name: 'log-open-chunks', values: [app.orgId, app.appId, AT_ONCE],
    text: 'SELECT first_id, last_id, codec, body FROM log_chunk WHERE org_id = $1 AND app_id = $2 AND signature IS NULL ORDER BY last_id LIMIT $3',
  })
  let did = false
  for (const group of await grouped(rows)) {
    const full = !group.last || group.lines.length >= CHUNK_LINES / 2 || group.size >= CHUNK_TEXT / 2
    if (!full && group.chunks.length < MANY) continue
    await replace(app, group, full)
    did = true
  }
  return did && rows.length === AT_ONCE
}

interface Group { chunks: OpenChunk[]; lines: PlainLine[]; size: number; last: boolean }

/** Neighbours that fit into one chunk together; what was pruned between two parts them. */
const grouped = async (rows: readonly OpenChunk[]): Promise<Group[]> => {
  const groups: Group[] = []
  for (const row of rows) {
    const lines = linesOf(await open(row))
    const size = lines.reduce((sum, line) => sum + line.text.length, 0)
    const group = groups.at(-1)
    const before = group?.chunks.at(-1)
    const fits = group !== undefined && before !== undefined && Number(before.last_id) + 1 === Number(row.first_id)
      && group.lines.length + lines.length <= CHUNK_LINES && group.size + size <= CHUNK_TEXT
    if (fits) {
      group.chunks.push(row)
      group.lines.push(...lines)
      group.size += size
    } else {
      groups.push({ chunks: [row], lines, size, last: false })
    }
  }
  return groups.map((group, at) => ({ ...group, last: at === groups.length - 1 }))
}

/** Nothing is replaced when somebody pruned or put together some of it meanwhile. */
const replace = async (app: App, { chunks, lines }: Group, full: boolean): Promise<void> => {
  const [first, last] = [Number(chunks[0]?.first_id), Number(chunks.at(-1)?.last_id)]
  const signature = full ? signatureOf(lines.map((line) => line.text).join('\n')) : null
  const client = await runtime().databases.systemPool.connect()
  try {
    await client.query('BEGIN')
    const gone = await client.query({
      name: 'log-chunks-replace', values: [app.orgId, app.appId, chunks.map((chunk) => chunk.last_id)],
      text: 'DELETE FROM log_chunk WHERE org_id = $1 AND app_id = $2 AND last_id = ANY($3::bigint[]) AND signature IS NULL',
    })
    if (gone.rowCount !== chunks.length) throw new Error('chunks of a log were changed by somebody else')
    await insertChunk(client, { ...app, firstId: first, lastId: last }, lines, signature)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

export const compactLogChunks = defineJob({ name: 'logs.compact', payload: z.object({}), run: compactLogs })
