import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Layout } from '../release/layout.ts'

/** Whether the agent has an identity from the portal; the identity itself is sealed. */
export function joinedAs({ agentDir }: Pick<Layout, 'agentDir'>): string | null {
  const path = join(agentDir, 'ledger.db')
  if (!existsSync(path)) return null
  try {
    const db = new DatabaseSync(path, { readOnly: true })
    const row = db.prepare("SELECT value FROM meta WHERE key = 'node'").get()
    db.close()
    return row ? String(row['value']) : null
  } catch {
    return null
  }
}
