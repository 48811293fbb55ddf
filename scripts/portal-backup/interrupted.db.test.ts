import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, inject } from 'vitest'
import { createPortalArchives } from '../../server/adapters/portal-archive/index.ts'
import { runtime } from '../../server/core/runtime.ts'
import { withRuntime } from '../../server/testing/runtime.ts'
import { migrate, readMigrations } from '../db/migrate.ts'
import { urlsOf, type TestDatabase } from '../db/testing.ts'
import { requireWhole } from '../up/whole-database.ts'
import { requireReadable, restoreDatabase } from './restore-database.ts'
import { ask, dropAll, emptyDatabase, everything, superuserOf } from './testing.ts'
import type { Order } from './testing-process.ts'

const TIMES = process.env.SHELLWEGO_FULL === '1' ? 30 : 2
const KEY = { passphrase: 'a passphrase of this test' }
const folder = mkdtempSync(path.join(os.tmpdir(), 'interrupted-'))
const archives = createPortalArchives()
const place = archives.open({ kind: 'folder', path: folder })
let source: Omit<TestDatabase, 'drop'>

withRuntime()
beforeAll(async () => {
  source = urlsOf(inject('testServer'), new URL(runtime().env.DATABASE_URL_SYSTEM).pathname.slice(1))
  await runtime().databases.systemPool.query(`INSERT INTO event (id, type, subject_type, subject_id, actor, data) SELECT 'evt_' || n, 'test.happened', 'app', 'app_' || n, '{}'::jsonb,
    jsonb_build_object('text', md5(n::text) || md5((n * 7)::text) || repeat(md5(n::text), 20)) FROM generate_series(1, 60000) n`)
})
afterAll(async () => {
  await dropAll()
  rmSync(folder, { recursive: true })
})

/** Returns how long it took, or null when it was killed before its end. */
async function run(order: Partial<Order>, killAfterMs: number | null): Promise<number | null> {
  const child = fork(path.join(import.meta.dirname, 'testing-process.ts'), { silent: true, execArgv: [] })
  const said: Buffer[] = []
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk))
  await once(child, 'message')
  const ended = once(child, 'exit') as Promise<[number | null]>
  const began = performance.now()
  child.send({ ownerUrl: source.ownerUrl, systemUrl: source.systemUrl, folder, name: 'x', data: folder, ...KEY, ...order })
  if (killAfterMs !== null) void sleep(killAfterMs).then(() => child.kill('SIGKILL'))
  const [code] = await ended
  if (code === 0) return performance.now() - began
  if (code !== null) throw new Error(Buffer.concat(said).toString())
  return null
}

/** Spread over the whole; the first one comes early enough on any machine. */
const someTime = (n: number, wholeMs: number): number => ((n + Math.random()) / TIMES) * 0.8 * wholeMs

test('a backup that is killed at any moment leaves no backup, and the next one is whole', async () => {
  const wholeMs = await run({ what: 'create', name: 'first' }, null) ?? 1_000
  let killed = 0
  for (let n = 0; n < TIMES; n += 1) {
    const took = await run({ what: 'create', name: `killed-${n}` }, someTime(n, wholeMs))
    if (took === null) killed += 1
    for (const { name } of await place.list()) await archives.verify(await place.get(name), KEY)
    expect((await place.list()).some(({ name }) => name === `killed-${n}`)).toBe(took !== null)
  }
  expect(killed).toBeGreaterThan(0)
  await run({ what: 'create', name: 'last' }, null)
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([])
}, 300_000)

test('a restore that is killed at any moment is done again, and the product does not start before', async () => {
  const target = await emptyDatabase()
  const other = await emptyDatabase()
  const wholeMs = await run({ what: 'restore', name: 'last', ownerUrl: other.ownerUrl, systemUrl: other.systemUrl }, null) ?? 1_000
  const wanted = await everything(other)
  let killed = 0
  for (let n = 0; n < TIMES; n += 1) {
    const took = await run({ what: 'restore', name: 'last', ownerUrl: target.ownerUrl, systemUrl: target.systemUrl }, someTime(n, wholeMs))
    if (took !== null) break
    killed += 1
    // PostgreSQL takes a moment to notice that nobody is there any more.
    await sleep(300)
    const tables = await ask(superuserOf(target), "SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LIMIT 1")
    if (tables.length > 0) await expect(requireWhole(target.ownerUrl)).rejects.toThrow('broken off')
  }
  expect(killed).toBeGreaterThan(0)
  if (killed === TIMES) await run({ what: 'restore', name: 'last', ownerUrl: target.ownerUrl, systemUrl: target.systemUrl }, null)
  await requireWhole(target.ownerUrl)
  expect(await everything(target)).toEqual(wanted)
}, 300_000)

test('a backup of an older version is taken to the present one; one of a newer or another is refused with the reason', async () => {
  const old = await emptyDatabase()
  await migrate(old.ownerUrl, undefined, (name) => name < '20261122')
  const { prepareQueue } = await import('../../server/core/job.ts')
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({ connectionString: old.systemUrl, max: 2 })
  await prepareQueue(pool)
  await pool.end()
  const { archive } = await archives.write({ databaseUrl: superuserOf(old), lock: KEY, data: folder, environment: {}, now: new Date() })
  const target = await emptyDatabase()
  const bytes = await buffer(archive)
  const { manifest } = await restoreDatabase({
    ownerUrl: target.ownerUrl, systemUrl: target.systemUrl, archive: Readable.from([bytes], { objectMode: false }), key: KEY, force: false,
    file: () => Promise.resolve(),
  })
  expect(manifest.migrations.length).toBeLessThan(readMigrations().length)
  expect(await ask(target.systemUrl, 'SELECT recovering_since IS NOT NULL AS recovering FROM control_epoch')).toEqual([{ recovering: true }])
  const known = readMigrations()
  const [last] = known.slice(-1)
  const newer = { ...manifest, migrations: [...manifest.migrations, { name: '29991231000000_later', checksum: 'f'.repeat(64) }] }
  expect(() => requireReadable(newer, known)).toThrow(/newer ShellWeGo: this one does not know 29991231000000_later/)
  expect(() => requireReadable({ ...manifest, migrations: [{ name: last?.name ?? '', checksum: '0'.repeat(64) }] }, known)).toThrow('another build')
})
