import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTransport, type Transport } from '../../agent/portal/http.ts'
import { systemClock } from '../../agent/runtime/clock.ts'
import { silentLogger } from '../../agent/runtime/log.ts'
import { SimulatedNode } from '../../agent/testing/simulated-node.ts'
import type { Runtime } from '../../server/core/runtime.ts'
import { issueJoinToken, setDesired, setRoutes } from '../../server/domain/nodes/index.ts'
import { withPortal } from './bare-portal.ts'
import { cpuSeconds, residentMib } from './proc.ts'
import { quantile, type Figure } from './report.ts'

const SIZES = (process.env['SHELLWEGO_BENCH_NODES'] ?? '1000,5000').split(',').map(Number)
/** So many of them have edges that know each other: each of these reads all the others, and here all of them are one process. */
const MESHED = Number(process.env['SHELLWEGO_BENCH_MESHED'] ?? 20)
const JOIN_AT_ONCE = 24
const WAKES = 300
const WATCH_MS = 30_000
const LIMIT_MS = 180_000
/** Told to every node, as a deployment's routes are. */
const CHANGES_FOR_ALL = 5

interface Simulated { node: SimulatedNode; reported: number; applied: () => void; complaint: string }

class Fleet {
  readonly nodes: Simulated[] = []
  readonly #runtime: Runtime
  readonly #api: string
  readonly #dir = mkdtempSync(path.join(os.tmpdir(), 'shellwego-nodes-'))
  readonly #clock = systemClock()

  constructor(runtime: Runtime, api: string) {
    this.#runtime = runtime
    this.#api = api
  }

  async growTo(size: number): Promise<void> {
    const wanted: { n: number; token: string }[] = []
    for (let n = this.nodes.length; n < size; n += 1) wanted.push({ n, token: (await this.#runtime.databases.asSystem('node-api', issueJoinToken)).token })
    const next = wanted.values()
    await Promise.all(Array.from({ length: JOIN_AT_ONCE }, async () => {
      for (const { n, token } of next) await this.#add(n, token)
    }))
  }

  async #add(n: number, token: string): Promise<void> {
    const dir = path.join(this.#dir, String(n))
    mkdirSync(dir)
    writeFileSync(path.join(dir, 'token'), token)
    const simulated = { reported: 0, applied: (): void => {}, complaint: '' }
    const keep = (message: string, fields: object = {}): void => { simulated.complaint = `${message} ${JSON.stringify(fields)}` }
    const node = new SimulatedNode({
      dir, clock: this.#clock, version: '0.1.0', hostname: `simulated-${n}`, ...(n < MESHED ? { mesh: meshOf(n) } : {}), log: { ...silentLogger, warn: keep, error: keep }, onApplied: () => simulated.applied(),
      transport: counted(createTransport(this.#api, null), () => { simulated.reported += 1 }),
    })
    node.start()
    await node.session.ready()
    this.nodes.push(Object.assign(simulated, { node }))
  }

  reports(): number {
    return this.nodes.reduce((sum, { reported }) => sum + reported, 0)
  }

  /** Until each node has been answered once more, in seconds. */
  async allHeard(): Promise<number> {
    const begun = performance.now()
    const before = this.nodes.map(({ reported }) => reported)
    for (;;) {
      const silent = this.nodes.filter(({ reported }, n) => reported === before[n])
      if (silent.length === 0) return (performance.now() - begun) / 1000
      if (performance.now() - begun > LIMIT_MS) {
        throw new Error(`${silent.length} nodes were not heard for ${LIMIT_MS / 1000} s; one of them says: ${silent[0]?.complaint ?? ''}`)
      }
      await sleep(100)
    }
  }

  stop(): void {
    for (const { node } of this.nodes) node.stop()
    rmSync(this.#dir, { recursive: true, force: true })
  }
}

/** A key like any other, and an address nobody has. */
const meshOf = (n: number) =>
  ({ public_key: randomBytes(32).toString('base64'), endpoint: `198.${18 + (n >> 15)}.${n >> 8 & 127}.${n & 255}:51820`, edges: true as const })

function counted(transport: Transport, onReport: () => void): Transport {
  const send: Transport['send'] = async (call) => {
    const answer = await transport.send(call)
    if (call.path === '/node/v1/status' && answer.status < 300) onReport()
    return answer
  }
  return { send, close: () => transport.close() }
}

/** Commit to the moment in which the node has written it to its list. */
async function wakeOne(runtime: Runtime, simulated: Simulated, host: string): Promise<number> {
  const nodeId = simulated.node.session.current()?.nodeId ?? ''
  const applied = new Promise<number>((resolve) => { simulated.applied = () => resolve(performance.now()) })
  await runtime.databases.asSystem('job', (db) => setDesired(db, nodeId, { kind: 'route', id: host, desired: 'present', spec: { host, target: 'portal' } }))
  const committed = performance.now()
  return Math.max(0, await applied - committed)
}

/** Commit to the moment in which the portal knows of the last node that it has taken it over. */
async function tellAll(runtime: Runtime, host: string): Promise<number> {
  const { rows } = await runtime.databases.systemPool.query<{ id: string }>("SELECT id FROM node WHERE status = 'ready'")
  await runtime.databases.asSystem('job', (db) => setRoutes(db, [{ nodeIds: rows.map(({ id }) => id), id: host, spec: { host, target: 'portal' } }]))
  const committed = performance.now()
  for (;;) {
    const { rows: [late] } = await runtime.databases.systemPool.query<{ n: number }>("SELECT count(*)::int AS n FROM node WHERE status = 'ready' AND observed_index < desired_index")
    if (late?.n === 0) return performance.now() - committed
    if (performance.now() - committed > LIMIT_MS) throw new Error(`${late?.n} nodes did not take ${host} over`)
    await sleep(20)
  }
}

/** The worker has told those who joined what they need. */
async function workDone(runtime: Runtime): Promise<void> {
  for (const end = performance.now() + LIMIT_MS; performance.now() < end; await sleep(100)) {
    const { rows: [left] } = await runtime.databases.systemPool.query<{ n: number }>('SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE run_at <= now()')
    if (left?.n === 0) return
  }
  throw new Error(`the worker was not done within ${LIMIT_MS / 1000} s`)
}

async function measureSize(runtime: Runtime, fleet: Fleet, portalPid: number, size: number): Promise<Figure[]> {
  const added = size - fleet.nodes.length
  const joinBegun = performance.now()
  await fleet.growTo(size)
  const joined = added / ((performance.now() - joinBegun) / 1000)
  await workDone(runtime)
  const settled = (performance.now() - joinBegun) / 1000
  await fleet.allHeard()
  const [before, cpu, own] = [fleet.reports(), cpuSeconds(portalPid), process.cpuUsage()]
  await sleep(WATCH_MS)
  const seconds = WATCH_MS / 1000
  const { user, system } = process.cpuUsage(own)
  const [beats, portal] = [(fleet.reports() - before) / seconds, (cpuSeconds(portalPid) - cpu) / seconds * 100]
  const times: number[] = []
  for (let n = 0; n < WAKES; n += 1) {
    const simulated = fleet.nodes[Math.floor(n * fleet.nodes.length / WAKES)]
    if (simulated) times.push(await wakeOne(runtime, simulated, `wake-${size}-${n}.test`))
  }
  const told: number[] = []
  for (let n = 0; n < CHANGES_FOR_ALL; n += 1) told.push(await tellAll(runtime, `all-${size}-${n}.test`))
  const name = `${size} nodes`
  return [
    { what: `${name}: joins`, value: joined, unit: 'nodes/s' },
    { what: `${name}: ${added} joined and told everything they need`, value: settled, unit: 's' },
    { what: `${name}: heartbeats`, value: beats, unit: 'calls/s' },
    { what: `${name}: portal processor`, value: portal, unit: '%', reference: { what: 'the simulated nodes', value: (user + system) / 1e4 / seconds } },
    { what: `${name}: portal memory (RSS)`, value: residentMib(portalPid), unit: 'MiB' },
    { what: `${name}: commit to node, p50`, value: quantile(times, 0.5), unit: 'ms', target: '<= 50' },
    { what: `${name}: commit to node, p99`, value: quantile(times, 0.99), unit: 'ms', target: '<= 250' },
    { what: `${name}: a route to all of them, until the last one has said so, p50`, value: quantile(told, 0.5), unit: 'ms' },
    { what: `${name}: the same, longest of ${CHANGES_FOR_ALL}`, value: Math.max(...told), unit: 'ms' },
  ]
}

/** Agents by the thousand, with the agent's own client, against one portal; and all of them again after it was killed. */
export async function measureNodes(): Promise<Figure[]> {
  return withPortal(async (portal) => {
    const fleet = new Fleet(portal.runtime, portal.api)
    const figures: Figure[] = []
    try {
      for (const size of SIZES) figures.push(...await measureSize(portal.runtime, fleet, portal.pid(), size))
      const killed = performance.now()
      await portal.replace()
      await fleet.allHeard()
      figures.push({ what: `portal killed: all ${fleet.nodes.length} nodes heard again after`, value: (performance.now() - killed) / 1000, unit: 's' })
      figures.push({ what: 'memory of the new portal (RSS)', value: residentMib(portal.pid()), unit: 'MiB' })
      const { rows: [silent] } = await portal.runtime.databases.systemPool.query<{ n: number }>("SELECT count(*)::int AS n FROM node WHERE status <> 'ready'")
      figures.push({ what: 'nodes taken for silent meanwhile', value: silent?.n ?? -1, unit: 'nodes', target: '0' })
      return figures
    } finally {
      fleet.stop()
    }
  })
}
