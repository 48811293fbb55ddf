import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { jobs } from '../compose.ts'
import { runtime } from '../core/runtime.ts'
import { makeOwner } from '../testing/actors.ts'
import { tokenOf, withApi } from '../testing/api.ts'
import { makeEstate, type Estate } from '../testing/estate.ts'
import { subjects } from '../testing/refusals/attempt.ts'
import { withRuntime } from '../testing/runtime.ts'
import { appRouter } from '../transport/trpc/router.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_040, PORT: 21_041 })
const api = withApi()
let estate: Estate
beforeAll(async () => { estate = await makeEstate() }, 60_000)

const system = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(sql, values)).rows

test('every tRPC procedure refuses a stranger as its operation declares, and leads to one that is in the matrix', async () => {
  const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: 'query' | 'mutation'; meta: { operation: string } } }>)
  const wrong: string[] = []
  for (const [path, { _def: { type, meta } }] of procedures) {
    const subject = subjects.find((s) => s.name === meta.operation)
    const answer = type === 'query'
      ? await api.ask('GET', `/api/trpc/${path}?input=%7B%7D`) : await api.ask('POST', `/api/trpc/${path}`, { body: {}, headers: { 'x-shellwego-csrf': '1' } })
    const refused = answer.text.includes('/docs/problems/unauthenticated')
    if (!subject || answer.status >= 500 || refused !== (subject.scope !== 'public')) wrong.push(`${path}: ${answer.text.slice(0, 300)}`)
  }
  expect(procedures.length).toBeGreaterThan(80)
  expect(wrong).toEqual([])
})

test('a tRPC mutation without our header is refused, whoever asks', async () => {
  const token = await tokenOf(estate.owner.actor)
  for (const headers of [{}, { 'content-type': 'text/plain' }]) {
    expect((await api.ask('POST', '/api/trpc/apps.stop', { token, body: { app_id: estate.ids.app_id }, headers })).body).toMatchObject({ code: 'csrf_refused' })
  }
})

test('a job that is told the wrong organization carries nothing over to it', async () => {
  const stranger = await makeOwner()
  const orgId = stranger.organization.id
  const subjects = [...new Set(Object.values(estate.ids))]
  const asked: string[] = []
  for (const job of jobs) {
    // A sweep asks to be told nothing: once is enough.
    for (const id of job.payload.safeParse({}).success ? subjects.slice(0, 1) : subjects) {
      const payload = job.payload.safeParse({ subject_id: id, org_id: orgId })
      if (!payload.success) continue
      asked.push(job.name)
      await job.run(payload.data).catch(() => undefined)
    }
  }
  expect(new Set(asked).size).toBeGreaterThan(3)
  const leaks: string[] = []
  for (const { t } of await system<{ t: string }>('SELECT table_name AS t FROM information_schema.columns WHERE table_schema = \'public\' AND column_name = \'org_id\'')) {
    const rows = JSON.stringify(await system(`SELECT to_jsonb(x) AS row FROM "${t}" x WHERE org_id = $1`, [orgId]))
    if (rows.includes(estate.marker) || rows.includes(estate.ids.app_id)) leaks.push(t)
  }
  expect(leaks).toEqual([])
}, 120_000)

test('tenants may add jobs by the one function and neither read nor change the queue', async () => {
  const app = new pg.Client({ connectionString: runtime().env.DATABASE_URL_APP })
  await app.connect()
  const failure = (sql: string): Promise<string> => app.query(sql).then(() => 'no error', (error: unknown) => String(error))
  const tables = await system<{ t: string }>('SELECT tablename AS t FROM pg_tables WHERE schemaname = \'graphile_worker\'')
  expect(tables.length).toBeGreaterThan(2)
  for (const { t } of tables) {
    for (const sql of [`SELECT * FROM graphile_worker."${t}"`, `DELETE FROM graphile_worker."${t}"`]) expect(await failure(sql), sql).toContain('permission denied')
  }
  const functions = await system<{ name: string }>(`SELECT p.proname AS name FROM pg_proc p WHERE p.pronamespace = 'graphile_worker'::regnamespace
    AND p.prosecdef AND has_function_privilege('shellwego_app', p.oid, 'EXECUTE')`)
  expect(functions.map((f) => f.name)).toEqual(['enqueue'])
  await app.end()
})
