import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { recordEvent, type EventInput } from '../../core/event.ts'
import { runtime } from '../../core/runtime.ts'

/** One event of an organization, each in a transaction of its own. */
export const happen = (orgId: string, over: Partial<EventInput> = {}): Promise<void> =>
  runtime().databases.asSystem('job', (db) => recordEvent(db, {
    orgId, type: 'app.scaled', subject: { type: 'app', id: 'app_1' }, actor: { type: 'job', name: 'test' }, requestId: null, ...over,
  }))

/** Somebody with all rights on the database, whom no trigger stops. `withRuntime()` comes first. */
export const withIntruder = () => {
  let client: pg.Client | null = null
  beforeAll(async () => {
    const url = new URL(inject('testServer').superuserUrl)
    url.pathname = new URL(runtime().env.DATABASE_URL_SYSTEM).pathname
    client = new pg.Client({ connectionString: url.href })
    await client.connect()
    await client.query('SET session_replication_role = replica')
  })
  afterAll(() => client?.end())
  return async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> => {
    const result = await client?.query<T>(sql, values)
    return result?.rows ?? []
  }
}
