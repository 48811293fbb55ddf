import { runtime } from '../../../core/runtime.ts'
import { drainJobs } from '../../../testing/runtime.ts'

/** Tokens in the mails to that address, oldest first. */
export const mailedTokens = async (to: string): Promise<string[]> => {
  await drainJobs()
  const { rows } = await runtime().databases.systemPool.query<{ text: string }>('SELECT text FROM mail WHERE "to" = $1 ORDER BY created_at, id', [to])
  return rows.flatMap((row) => /token=([\w-]+)/.exec(row.text)?.[1] ?? [])
}

export const eventTypes = async (orgId: string): Promise<string[]> =>
  (await runtime().databases.systemPool.query<{ type: string }>('SELECT type FROM event WHERE org_id = $1 ORDER BY seq', [orgId])).rows.map((row) => row.type)
