import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Runtime } from '../../server/core/runtime.ts'
import { setDesired } from '../../server/domain/nodes/index.ts'
import { FakeAgent } from '../../server/transport/node/testing.ts'
import { joinPortal } from './portal-core.ts'
import { residentMib } from './proc.ts'
import { withProduct } from './product.ts'
import { quantile, type Figure } from './report.ts'

const AGENTS = 1000
const WAKES = 300
const JOIN_AT_ONCE = 8
const SETTLE_MS = 3000

interface Waiting {
  nodeId: string
  answered: Promise<number>
}

function give(runtime: Runtime, nodeId: string, id: string): Promise<unknown> {
  return runtime.databases.asSystem('job', (db) =>
    setDesired(db, nodeId, { kind: 'route', id, desired: 'present', spec: { host: `${id}.test`, target: 'portal' } }))
}

async function join(runtime: Runtime, port: number): Promise<FakeAgent[]> {
  const agents = Array.from({ length: AGENTS }, () => new FakeAgent(port))
  const queue = agents.values()
  await Promise.all(Array.from({ length: JOIN_AT_ONCE }, async () => {
    for (const agent of queue) {
      const { status, body } = await agent.join()
      if (status >= 300) throw new Error(`an agent could not join: ${status} ${JSON.stringify(body)}`)
      await give(runtime, agent.nodeId, 'first')
    }
  }))
  return agents
}

/** Resolves to the moment of the answer. */
async function wait(agent: FakeAgent, connections: http.Agent): Promise<Waiting> {
  const current = await agent.poll(0, undefined, '55s', connections)
  const { index } = current.body as { index: number }
  const answered = agent.poll(index, current.headers.etag, '300s', connections).then(() => performance.now())
  // Those that are never woken end with their connection.
  answered.catch(() => undefined)
  return { nodeId: agent.nodeId, answered }
}

async function wakeOne(runtime: Runtime, { nodeId, answered }: Waiting): Promise<number> {
  await give(runtime, nodeId, 'second')
  const committed = performance.now()
  return Math.max(0, await answered - committed)
}

/** The least that a wake-up costs: NOTIFY to a listener on the same server. */
async function notifyTimes(url: string): Promise<number[]> {
  const [sender, listener] = [new pg.Client({ connectionString: url }), new pg.Client({ connectionString: url })]
  await Promise.all([sender.connect(), listener.connect()])
  await listener.query('listen bench')
  const times: number[] = []
  for (let round = 0; round < WAKES; round++) {
    const heard = new Promise<number>((resolve) => listener.once('notification', () => resolve(performance.now())))
    await sender.query('notify bench')
    const committed = performance.now()
    times.push(Math.max(0, await heard - committed))
  }
  await Promise.all([sender.end(), listener.end()])
  return times
}

/** Agents that wait for news: memory each, and the time from commit to their answer. */
export async function measurePoll(): Promise<Figure[]> {
  return withProduct(async (product) => {
    const core = await joinPortal(product)
    const connections = new http.Agent({ keepAlive: true, maxSockets: Infinity })
    const agents = await join(core.runtime, Number(new URL(product.run().api).port))
    await sleep(SETTLE_MS)
    const before = residentMib(core.portalPid)
    const waiting = await Promise.all(agents.map((agent) => wait(agent, connections)))
    await sleep(SETTLE_MS)
    const each = (residentMib(core.portalPid) - before) * 1024 / AGENTS
    const times: number[] = []
    for (const one of waiting.slice(0, WAKES)) times.push(await wakeOne(core.runtime, one))
    const raw = await notifyTimes(core.runtime.env.DATABASE_URL_SYSTEM)
    connections.destroy()
    await core.stop()
    return [
      { what: `memory per waiting agent, ${AGENTS} waiting`, value: each, unit: 'KiB', target: '<= 15' },
      { what: 'commit to agent, p50', value: quantile(times, 0.5), unit: 'ms', reference: { what: 'NOTIFY to LISTEN', value: Math.max(0.01, quantile(raw, 0.5)) }, target: '<= 50' },
      { what: 'commit to agent, p99', value: quantile(times, 0.99), unit: 'ms', reference: { what: 'NOTIFY to LISTEN', value: Math.max(0.01, quantile(raw, 0.99)) }, target: '<= 250' },
    ]
  })
}
