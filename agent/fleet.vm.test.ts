/** Two nodes with real agents, edges and mesh: every app is served at every edge, deploys cost no request, and a node that dies is replaced. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { runtime } from '../server/core/runtime.ts'
import { createApp, deployApp } from '../server/domain/apps/index.ts'
import { makeOwner } from '../server/testing/actors.ts'
import { Fleet, fleetPossible as possible } from './testing/fleet/world.ts'
import type { Load } from './testing/fleet/visitor.ts'
import { testWhere } from './testing/test-where.ts'

const suite = testWhere(possible, 'root, WireGuard and Caddy are needed')
const fleet = new Fleet('one', 'two')
const NODES = ['one', 'two'] as const
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows
const say = (text: string): void => void process.stdout.write(`${text}\n`)
const told = ({ total, names, failed, slowestMs }: Load): string => `${total} requests, ${failed.length} failed, slowest ${slowestMs} ms, ${Object.values(names).join(' + ')}`

let owner: Awaited<ReturnType<typeof makeOwner>>
interface App { id: string; host: string }
const create = async (name: string, replicas: number): Promise<App> => {
  const { id } = await owner.call(createApp, { name, image: 'builtin/hello:v1', port: 8080, replicas, resources: { memory: '128m' } })
  const [row] = await sql<{ hostname: string }>('SELECT hostname FROM hostname WHERE app_id = $1', [id])
  return { id, host: row?.hostname ?? '' }
}
const everywhere = ({ host }: App) => NODES.map((name) => ({ at: fleet.addressOf(name), host }))
const nodeOf = async (appId: string): Promise<string> =>
  (await sql<{ hostname: string }>('SELECT n.hostname FROM instance i JOIN node n ON n.id = i.node_id WHERE i.app_id = $1 AND i.ended_at IS NULL', [appId]))[0]?.hostname ?? ''
const nodesOf = async (appId: string): Promise<string[]> =>
  (await sql<{ hostname: string }>('SELECT n.hostname FROM instance i JOIN node n ON n.id = i.node_id WHERE i.app_id = $1 AND i.ended_at IS NULL AND i.routed ORDER BY 1', [appId])).map((row) => row.hostname)
const settled = async (appId: string): Promise<void> => {
  for (const end = performance.now() + 60_000; performance.now() < end; await sleep(100)) {
    const [row] = await sql<{ state: string; error_detail: string | null }>('SELECT state, error_detail FROM deployment WHERE app_id = $1 ORDER BY created_at DESC LIMIT 1', [appId])
    if (row?.state === 'succeeded') return
    if (row?.state === 'failed') throw new Error(`the deployment failed: ${row.error_detail}`)
  }
  throw new Error('the deployment did not end')
}

let web: App
let lone: App

beforeAll(async () => {
  if (!possible) return
  await fleet.make(inject('testServer'))
  owner = await makeOwner()
  web = await create('web', 2)
  lone = await create('lone', 1)
  await Promise.all([settled(web.id), settled(lone.id)])
}, 120_000)
afterAll(async () => { if (possible) await fleet.end() }, 60_000)

suite('each edge serves each app, wherever its instance is, with host, sender, bodies and WebSockets as they were', async () => {
  for (const visit of everywhere(lone)) await fleet.served(visit, 20_000)
  const home = await nodeOf(lone.id)
  const away = everywhere(lone)[home === 'one' ? 1 : 0] ?? { at: '', host: '' }
  const seen = await fleet.visit({ ...away, method: 'POST', bytes: 20_000_000 })
  expect(seen).toMatchObject({ status: 200, whole: true })
  expect(JSON.parse(seen.body)).toMatchObject({ host: lone.host, forwarded: '203.0.113.200', scheme: 'https' })
  expect(await fleet.echo(away)).toBe('hello over there')
}, 60_000)

suite('instances share the requests of each edge evenly, on whatever node they are', async () => {
  for (const visit of everywhere(web)) await fleet.served(visit, 20_000)
  for (const visit of everywhere(web)) {
    const end = await fleet.load([visit])
    await sleep(3_000)
    const load = await end()
    say(`shares at ${visit.at}: ${told(load)}`)
    expect(load.failed).toEqual([])
    expect(Object.keys(load.names)).toHaveLength(2)
    for (const count of Object.values(load.names)) expect(count / load.total).toBeGreaterThan(0.35)
  }
}, 60_000)

suite('rolling deploys across two nodes cost no request, at neither edge', async () => {
  for (let count = 0; count < 3; count += 1) {
    const end = await fleet.load(everywhere(web))
    await owner.call(deployApp, { app_id: web.id, image: `builtin/hello:v${2 - (count % 2)}` })
    await sleep(200)
    await settled(web.id)
    await sleep(4_000)
    const load = await end()
    say(`deploy ${count + 1}: ${told(load)}`)
    expect(load.failed).toEqual([])
    expect(Object.keys(load.names).length).toBeGreaterThan(2)
    expect(await nodesOf(web.id)).toEqual(['one', 'two'])
  }
}, 240_000)

suite('a node that dies: what serves elsewhere goes on, what ran there alone serves again 60 s after it is given up', async () => {
  const home = await nodeOf(lone.id)
  const left = everywhere(web)[home === 'one' ? 1 : 0] ?? { at: '', host: '' }
  const end = await fleet.load([left])
  await sleep(1_000)
  const died = performance.now()
  const since = (): string => `${((performance.now() - died) / 1000).toFixed(1)} s`
  await fleet.kill(home)
  const reached = async (status: string): Promise<void> => {
    while ((await sql<{ status: string }>('SELECT status FROM node WHERE hostname = $1', [home]))[0]?.status !== status) await sleep(100)
    say(`${status} after ${since()}`)
  }
  await reached('unreachable')
  await reached('lost')
  const lost = performance.now()
  await fleet.served({ ...left, host: lone.host }, 60_000)
  say(`serving again after ${since()}, ${((performance.now() - lost) / 1000).toFixed(1)} s after the loss was declared`)
  expect(performance.now() - lost).toBeLessThan(60_000)
  const load = await end()
  say(`meanwhile the app on both: ${told(load)}`)
  for (const text of load.failed) say(text)
  // What was under way to the instance that died is nobody's to repeat: one request of each visitor at most.
  expect(load.failed.length).toBeLessThanOrEqual(6)
  expect(load.slowestMs).toBeLessThan(15_000)
}, 240_000)
