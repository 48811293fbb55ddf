import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Logger, runOnce } from 'graphile-worker'
import { afterAll, beforeAll, inject } from 'vitest'
import { createTestDatabase, type TestServer } from '../../scripts/db/testing.ts'
import { jobs, subscribeAll } from '../compose.ts'
import type { KeyProviders } from '../core/key-provider.ts'
import { setDnsResolver } from '../core/dns.ts'
import { runtime, type Runtime } from '../core/runtime.ts'
import { createSandboxResolver } from '../sandbox/index.ts'
import { startCore } from '../start-core.ts'
import { memoryProviders } from './key-providers.ts'

/** A runtime on a database of its own; what is returned ends it and drops the database. */
export const openRuntime = async (
  server: TestServer, settings: Partial<Runtime['env']> = {}, keyProviders: KeyProviders = memoryProviders(), work = false,
): Promise<() => Promise<void>> => {
  const database = await createTestDatabase(server)
  const data = mkdtempSync(path.join(os.tmpdir(), 'shellwego-data-'))
  const core = await startCore({
    SHELLWEGO_MODE: 'sandbox', ROLE: 'all', PORT: 24_900, DATABASE_URL_APP: database.appUrl, DATABASE_URL_SYSTEM: database.systemUrl,
    SHELLWEGO_DATA: data, SHELLWEGO_DOMAIN: 'console.localhost', SHELLWEGO_APPS_DOMAIN: 'apps.localhost', SHELLWEGO_HTTPS_PORT: 443,
    SHELLWEGO_SANDBOX_PORT: 24_901, SHELLWEGO_AUTH_SECRET: randomBytes(32).toString('hex'),
    LOG_LEVEL: 'error', keys: { provider: 'file', file: null, vault: null, aws: null }, setup: null, ...settings,
  }, { jobs, work, poolSize: 8, keyProviders })
  setDnsResolver(createSandboxResolver(null))
  subscribeAll()
  return async () => {
    await core.stop()
    await database.drop()
    rmSync(data, { recursive: true, force: true })
  }
}

/** A runtime on a database of this file's own, for the whole file. Jobs run when {@link drainJobs} is called. */
export const withRuntime = (settings: Partial<Runtime['env']> = {}, keyProviders: KeyProviders = memoryProviders()): void => {
  let close: (() => Promise<void>) | null = null
  beforeAll(async () => { close = await openRuntime(inject('testServer'), settings, keyProviders) })
  afterAll(() => close?.())
}

/** Runs every job that is ready, and those they add, in this process. */
export const drainJobs = async (): Promise<void> => {
  const taskList = Object.fromEntries(jobs.map((job) => [job.name, (payload: unknown) => job.run(job.payload.parse(payload))]))
  await runOnce({ pgPool: runtime().databases.systemPool, taskList, concurrency: 4, noHandleSignals: true, logger: new Logger(() => () => {}) })
}
