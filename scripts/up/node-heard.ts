import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

const POLL_MS = 100

/** Whether a node was heard since then, within so long: what is deployed before that is refused for want of a machine. */
export async function nodeHeard(systemUrl: string, since: Date, limitMs: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: systemUrl })
  await client.connect()
  try {
    for (const end = Date.now() + limitMs; ; await sleep(POLL_MS)) {
      const { rowCount } = await client.query('SELECT 1 FROM node WHERE last_seen_at >= $1 LIMIT 1', [since])
      if (rowCount) return true
      if (Date.now() > end) return false
    }
  } finally {
    await client.end()
  }
}
