import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createWorld, type World } from '../../agent/testing/world.ts'
import type { Agent } from '../../agent/agent.ts'
import { createPortalArchives } from '../../server/adapters/portal-archive/index.ts'
import { jobs, subscribeAll } from '../../server/compose.ts'
import { runtime } from '../../server/core/runtime.ts'
import { createApp, deleteApp } from '../../server/domain/apps/index.ts'
import { issueJoinToken } from '../../server/domain/nodes/index.ts'
import { adoptStray, getRecovery, resume } from '../../server/domain/portal-backups/index.ts'
import { startCore } from '../../server/start-core.ts'
import { makeOwner, makeUser, type Caller } from '../../server/testing/actors.ts'
import { memoryProviders } from '../../server/testing/key-providers.ts'
import { drainJobs } from '../../server/testing/runtime.ts'
import { stopNodeApi } from '../../server/transport/node/index.ts'
import { listen } from '../../server/transport/node/testing.ts'
import { createTestDatabase, type TestDatabase } from '../db/testing.ts'
import { restoreDatabase } from './restore-database.ts'

const KEY = { passphrase: 'a passphrase of this test' }
const providers = memoryProviders()
const data = mkdtempSync(path.join(os.tmpdir(), 'shellwego-live-'))
const authSecret = randomBytes(32).toString('hex')
let core: Awaited<ReturnType<typeof startCore>>
let door: Awaited<ReturnType<typeof listen>>
let database: TestDatabase
let world: World
let agent: Agent
const traffic = { bytes: 1_000 }

async function startPortal(on: TestDatabase): Promise<void> {
  core = await startCore({
    SHELLWEGO_MODE: 'sandbox', ROLE: 'all', PORT: 24_910, DATABASE_URL_APP: on.appUrl, DATABASE_URL_SYSTEM: on.systemUrl, SHELLWEGO_DATA: data,
    SHELLWEGO_DOMAIN: 'console.localhost', SHELLWEGO_APPS_DOMAIN: 'apps.localhost', SHELLWEGO_HTTPS_PORT: 443, SHELLWEGO_SANDBOX_PORT: 24_911,
    SHELLWEGO_AUTH_SECRET: authSecret, LOG_LEVEL: 'error', keys: { provider: 'file', file: null, vault: null, aws: null }, setup: null,
  }, { jobs, work: false, poolSize: 8, keyProviders: providers })
}

const sql = <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  runtime().databases.systemPool.query<T>(text, values).then(({ rows }) => rows)

/** The worker does its jobs meanwhile, as it would while nothing is held back. */
async function until(what: string, reached: () => Promise<boolean> | boolean, limitMs = 45_000): Promise<void> {
  for (const end = Date.now() + limitMs; ;) {
    if (!runtime().recovery.active) await drainJobs()
    if (await reached()) return
    if (Date.now() > end) throw new Error(`still waiting: ${what}; ${JSON.stringify(await sql('SELECT app_id, desired, phase, health, code, reason, routed FROM instance'))} ${JSON.stringify(await sql('SELECT kind, id, desired, generation FROM node_object'))} ${JSON.stringify(await sql('SELECT status, last_seen_at, desired_index, observed_index FROM node'))}`)
    await sleep(100)
  }
}

const running = (): Map<string, { startId: string; pid: number | null }> => new Map([...agent.reconciler.instances().values()].flatMap(({ id, record }) =>
  (record.phase === 'running' && record.start ? [[id, { startId: record.start.startId, pid: record.start.identity?.pid ?? null }] as const] : [])))
const instanceOf = async (appId: string): Promise<string> => (await sql<{ id: string }>('SELECT id FROM instance WHERE app_id = $1 AND ended_at IS NULL', [appId]))[0]?.id ?? ''
const serves = async (appId: string): Promise<boolean> => (await sql('SELECT 1 FROM instance WHERE app_id = $1 AND ended_at IS NULL AND routed', [appId])).length > 0
const app = (owner: Caller, name: string) => owner.call(createApp, { name, image: 'builtin/hello:v1', port: 8080, replicas: 1, env: { HELLO_NAME: name } })

beforeAll(async () => {
  database = await createTestDatabase(inject('testServer'))
  await startPortal(database)
  subscribeAll()
  door = await listen()
  world = await createWorld()
  writeFileSync(path.join(world.dir, 'token'), (await runtime().databases.asSystem('node-api', issueJoinToken)).token)
  agent = world.agent({
    options: { portal: { url: `http://127.0.0.1:${door.port}`, ca: null }, facts: { ...world.options().facts, cpu: 8, memory_mib: 16_384, disk_mib: 200_000 } },
    drivers: { network: { ...world.network, gateways: () => [], counters: async () => ({ rxBytes: traffic.bytes, txBytes: traffic.bytes }) } },
  })
  await agent.start()
})
afterAll(async () => {
  stopNodeApi()
  await agent.stop()
  await door.close()
  await world.close()
  await core.stop()
  await database.drop()
  rmSync(data, { recursive: true, force: true })
})

test('a restored portal finds its machines as they run: nothing ends, nothing starts twice, what it does not know is kept', async () => {
  const operator = await makeUser({ staff: true })
  const owner = await makeOwner()
  const [kept, deleted] = [await app(owner, 'kept'), await app(owner, 'deleted')]
  await until('both serve', async () => await serves(kept.id) && await serves(deleted.id))
  const lostSince = await instanceOf(deleted.id)

  const written = await createPortalArchives().write({ databaseUrl: database.systemUrl, lock: KEY, data, environment: {}, now: new Date() })
  const backup = await buffer(written.archive)

  const later = await app(owner, 'later')
  await owner.call(deleteApp, { app_id: deleted.id })
  // Since the backup the agent was given another credential, as it is twice a day.
  await sql("UPDATE node SET credential_expires_at = now() - interval '1 minute'")
  await until('the world went on', async () => await serves(later.id) && !agent.reconciler.instances().has(lostSince))
  traffic.bytes += 5_000
  await sleep(300)
  const before = running()
  const [keptVm, laterVm] = [await instanceOf(kept.id), await instanceOf(later.id)]
  expect([...before.keys()].sort()).toEqual([keptVm, laterVm].sort())
  const [segment] = await sql<{ start_id: string; started_at: Date }>('SELECT start_id, started_at FROM allocation_segment WHERE instance_id = $1', [keptVm])

  // The machine with the database is gone; another one gets the backup.
  stopNodeApi()
  await core.stop()
  await database.drop()
  database = await createTestDatabase(inject('testServer'))
  await restoreDatabase({
    ownerUrl: database.ownerUrl, systemUrl: database.systemUrl, archive: Readable.from([backup], { objectMode: false }), key: KEY, force: false,
    file: () => Promise.resolve(),
  })
  traffic.bytes += 5_000
  await startPortal(database)
  expect(runtime().recovery.active).toBe(true)

  await until('the agent told of what the portal does not know', async () => (await operator.call(getRecovery, {})).strays.some((stray) => stray.id === laterVm && stray.adoptable))
  await sleep(12_000)
  expect(running()).toEqual(before)
  const recovery = await operator.call(getRecovery, {})
  expect(recovery.nodes).toEqual([expect.objectContaining({ heard: true })])
  expect(recovery.strays.filter((stray) => stray.kind === 'vm')).toEqual([expect.objectContaining({ id: laterVm, app: 'later', decision: null })])
  await expect(owner.call(deleteApp, { app_id: kept.id })).rejects.toMatchObject({ code: 'recovering' })
  await expect(operator.call(resume, {})).rejects.toMatchObject({ code: 'state_conflict' })

  await operator.call(adoptStray, { node_id: recovery.strays[0]?.node_id ?? '', stray_id: laterVm })
  await operator.call(resume, {})
  await until('the recovery has ended', () => !runtime().recovery.active)
  // What was deleted after the backup comes back, when the list was read twice.
  await until('all three run again', () => running().size === 3)
  await until('all three serve again', async () => await serves(kept.id) && await serves(later.id) && await serves(deleted.id))
  await sleep(500)
  const after = running()
  for (const id of [keptVm, laterVm]) expect(after.get(id), id).toEqual(before.get(id))
  expect(after.size).toBe(3)

  // One segment per start, as long as it ran; every byte once.
  expect(await sql('SELECT start_id, started_at FROM allocation_segment WHERE instance_id = $1', [keptVm])).toEqual([segment])
  expect(await sql('SELECT start_id FROM allocation_segment WHERE instance_id = $1 AND ended_at IS NULL', [laterVm])).toEqual([{ start_id: before.get(laterVm)?.startId }])
  await until('the usage arrived', async () => (await sql<{ net_tx: string }>('SELECT net_tx FROM usage_counter WHERE instance_id = $1', [keptVm]))[0]?.net_tx === String(traffic.bytes))
  const [egress] = await sql<{ sum: string }>("SELECT sum(quantity)::text AS sum FROM usage_quarter WHERE app_id = $1 AND meter = 'egress_bytes'", [kept.id])
  expect(Number(egress?.sum)).toBe(traffic.bytes)
}, 180_000)
