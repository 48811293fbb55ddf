import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { readEnv } from '../../server/core/env.ts'
import { startCore } from '../../server/start-core.ts'
import { memoryProviders } from '../../server/testing/key-providers.ts'
import { createTestDatabase, startTestDatabase } from '../db/testing.ts'

/** The server's own code in this process, on a database made for the bench. */
export async function withCore<T>(poolSize: number, work: () => Promise<T>): Promise<T> {
  const { server, stop } = await startTestDatabase()
  const data = mkdtempSync(path.join(os.tmpdir(), 'shellwego-bench-'))
  try {
    const database = await createTestDatabase(server)
    const env = readEnv({
      NODE_ENV: 'production', SHELLWEGO_MODE: 'sandbox', ROLE: 'all', DATABASE_URL_APP: database.appUrl, DATABASE_URL_SYSTEM: database.systemUrl,
      SHELLWEGO_DATA: data, SHELLWEGO_AUTH_SECRET: randomBytes(32).toString('hex'), LOG_LEVEL: 'error', PORT: '21030', SHELLWEGO_SANDBOX_PORT: '21031',
      SHELLWEGO_KEY_PASSPHRASE: randomBytes(16).toString('hex'),
    })
    const core = await startCore(env, { jobs: [], work: false, poolSize, keyProviders: memoryProviders() })
    try {
      return await work()
    } finally {
      await core.stop()
    }
  } finally {
    await stop()
    rmSync(data, { recursive: true, force: true })
  }
}
