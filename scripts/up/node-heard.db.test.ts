import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../db/testing.ts'
import { nodeHeard } from './node-heard.ts'

let database: TestDatabase
beforeAll(async () => { database = await createTestDatabase(inject('testServer')) })
afterAll(() => database.drop())

async function hear(at: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.systemUrl })
  await client.connect()
  await client.query(`INSERT INTO node (id, install_id, public_key, hostname, status, facts, boot_id, agent_version, session_id, credential_hash, credential_expires_at, last_seen_at)
    VALUES ('node_1', 'install_1', '', 'here', 'ready', '{}', 'boot', '0.1.0', '', '', now(), $1) ON CONFLICT (id) DO UPDATE SET last_seen_at = excluded.last_seen_at`, [at])
  await client.end()
}

test('a machine counts that was heard since the start, not one of the run before; who waits for it is told when it comes', async () => {
  const since = new Date('2026-11-22T12:00:00Z')
  expect(await nodeHeard(database.systemUrl, since, 0)).toBe(false)
  await hear('2026-11-22T11:59:59Z')
  expect(await nodeHeard(database.systemUrl, since, 0)).toBe(false)
  const waiting = nodeHeard(database.systemUrl, since, 30_000)
  await hear('2026-11-22T12:00:01Z')
  expect(await waiting).toBe(true)
})
