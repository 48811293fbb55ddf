/** Two nodes with real agents, edges and mesh: a visitor at one wakes what sleeps on the other. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { runtime } from '../../server/core/runtime.ts'
import { createApp } from '../../server/domain/apps/index.ts'
import { makeOwner } from '../../server/testing/actors.ts'
import { Fleet, fleetPossible } from '../testing/fleet/world.ts'
import { testWhere } from '../testing/test-where.ts'

const suite = testWhere(fleetPossible, 'root, WireGuard and Caddy are needed')
const fleet = new Fleet('one', 'two')
const NODES = ['one', 'two'] as const
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows

interface Placed { hostname: string; phase: string }
interface App { id: string; host: string }
let web: App
let lone: App
/** Visited by nobody until its node is dead. */
let idle: App
const placed = ({ id }: App): Promise<Placed[]> =>
  sql<Placed>('SELECT n.hostname, i.phase FROM instance i JOIN node n ON n.id = i.node_id WHERE i.app_id = $1 AND i.ended_at IS NULL ORDER BY 1', [id])
const VISITS = process.env['SHELLWEGO_FULL'] === '1' ? 8 : 0
const phases = async (app: App): Promise<string[]> => (await placed(app)).map(({ phase }) => phase)
const until = async (what: string, app: App, phase: string, limitMs: number): Promise<void> => {
  for (const end = performance.now() + limitMs; performance.now() < end; await sleep(200)) if ((await phases(app)).every((one) => one === phase)) return
  throw new Error(`${what}: ${JSON.stringify(await placed(app))}`)
}
const at = (name: string, { host }: App) => ({ at: fleet.addressOf(name), host })
const homeOf = async (app: App): Promise<string> => (await placed(app))[0]?.hostname ?? ''
const awayFrom = (home: string): string => NODES.find((name) => name !== home) ?? ''

beforeAll(async () => {
  if (!fleetPossible) return
  await fleet.make(inject('testServer'))
  const owner = await makeOwner()
  const make = async (name: string, replicas: number): Promise<App> => {
    const settings = { name, image: 'builtin/hello:v1', port: 8080, replicas, sleep_after_minutes: 1, resources: { memory: '128m' } }
    const { id } = await owner.call(createApp, settings)
    return { id, host: (await sql<{ hostname: string }>('SELECT hostname FROM hostname WHERE app_id = $1', [id]))[0]?.hostname ?? '' }
  }
  web = await make('web', 2)
  lone = await make('lone', 1)
  idle = await make('idle', 1)
  for (const name of NODES) for (const app of [web, lone, idle]) await fleet.served(at(name, app), 60_000)
}, 180_000)
afterAll(async () => { if (fleetPossible) await fleet.end() }, 60_000)

suite('what is only visited by way of another node stays awake (looked at at full size); alone it sleeps, and a visitor there wakes it, bodies included', async () => {
  const home = await homeOf(lone)
  const there = at(awayFrom(home), lone)
  for (let count = 0; count < VISITS; count += 1) {
    expect(await fleet.visit(there)).toMatchObject({ status: 200 })
    await sleep(10_000)
  }
  if (VISITS > 0) expect(await phases(lone), 'eighty seconds, each ten a visitor at the other edge').toEqual(['running'])
  await until('asleep', lone, 'sleeping', 120_000)
  const seen = await Promise.all(Array.from({ length: 8 }, () => fleet.visit({ ...there, method: 'POST', bytes: 100_000 })))
  process.stdout.write(`woken from another node: ${seen.map(({ ms }) => ms).join(', ')} ms\n`)
  expect(seen.map(({ status, whole }) => [status, whole])).toEqual(seen.map(() => [200, true]))
  expect(Math.max(...seen.map(({ ms }) => ms))).toBeLessThan(5_000)
  await until('awake', lone, 'running', 10_000)
}, 300_000)

suite('of two on two nodes both sleep; the first visitor is answered by one, and both are awake soon after', async () => {
  await until('asleep', web, 'sleeping', 180_000)
  expect(await fleet.visit(at('one', web))).toMatchObject({ status: 200 })
  for (let count = 0; count < 3; count += 1) await fleet.visit(at('one', web))
  await until('both awake', web, 'running', 15_000)
}, 240_000)

suite('its node dies while it sleeps: each visitor at the other edge is told within seconds, from the first on, and may come again', async () => {
  await until('asleep', idle, 'sleeping', 120_000)
  const home = await homeOf(idle)
  const there = at(awayFrom(home), idle)
  await fleet.kill(home)
  const seen = await Promise.all(Array.from({ length: 8 }, async (_, count) => {
    await sleep(count * 700)
    return fleet.visit(count % 2 ? { ...there, method: 'POST', bytes: 100_000 } : there)
  }))
  process.stdout.write(`its node is dead: ${seen.map(({ status, ms }) => `${status} after ${ms}`).join(', ')} ms\n`)
  expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([503]))
  expect(Math.max(...seen.map(({ ms }) => ms))).toBeLessThan(6_000)
}, 180_000)
