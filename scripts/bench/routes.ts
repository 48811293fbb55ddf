import { writeFileSync } from 'node:fs'
import https from 'node:https'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createCaddyRoutes } from '../../agent/drivers/route/caddy/driver.ts'
import { silentLogger } from '../../agent/runtime/log.ts'
import { createTestCaddy } from '../../agent/testing/caddy.ts'
import { createWorld, vmSpec } from '../../agent/testing/world.ts'
import { runtime } from '../../server/core/runtime.ts'
import { issueJoinToken, setDesired } from '../../server/domain/nodes/index.ts'
import { listen } from '../../server/transport/node/testing.ts'
import { withCore } from './core.ts'
import { addressAt, measureEdgeRequests, startServers } from './edge-requests.ts'
import { quantile, type Figure } from './report.ts'

const PORTS = { https: 25_831, http: 25_832, dns: 25_833, ask: 25_834, portal: 25_835 }
const FALLBACK = '127.101.255.1'
const SIZES = [1_000, 5_000]
const CHANGES = 100
const AT_ONCE = 100
const DEADLINE_MS = 60_000
/** The pretended instance has no app whose usage could be kept. */
const QUIET_MS = 3_600_000

const ask = (host: string, agent: https.Agent): Promise<number> => new Promise((resolve) => {
  https.get({ host: '127.0.0.1', port: PORTS.https, servername: 'any.apps.localhost', headers: { host }, agent }, (response) => {
    response.resume().once('end', () => resolve(response.statusCode ?? 0))
  }).once('error', () => resolve(0))
})

/** One look after the other over one kept connection: what is measured is the way of the change, not the handshake. */
async function untilServed(host: string, agent: https.Agent): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS
  while (await ask(host, agent) !== 200) {
    if (performance.now() > deadline) throw new Error(`${host} was not served within ${DEADLINE_MS / 1000} s`)
    await sleep(2)
  }
}

const route = (nodeId: string, ...hosts: string[]): Promise<unknown> => runtime().databases.asSystem('job', async (db) => {
  for (const host of hosts) await setDesired(db, nodeId, { kind: 'route', id: host, desired: 'present', spec: { host, target: { instances: ['vm_1'] } } })
})

/** Many at a time: each commit makes the agent read the whole list. */
async function fill(nodeId: string, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += AT_ONCE) {
    await route(nodeId, ...Array.from({ length: Math.min(AT_ONCE, to - at) }, (_, more) => `b${at + more}.apps.localhost`))
  }
}

/** A node whose instance is pretended; portal's node API, database, agent, ledger and edge are real. */
async function withNode<T>(work: (nodeId: string) => Promise<T>): Promise<T> {
  const [world, caddy, servers, api] = [await createWorld(), createTestCaddy(PORTS), await startServers(1), await listen()]
  await caddy.start()
  writeFileSync(path.join(world.dir, 'token'), `${(await runtime().databases.asSystem('node-api', issueJoinToken)).token}\n`)
  const agent = world.agent({
    drivers: { routes: createCaddyRoutes({ ...caddy.options, askUpstream: `${FALLBACK}:${PORTS.ask}` }, silentLogger), network: { ...world.drivers().network, edgeAddress: () => addressAt(0) } },
    options: {
      portal: { url: `http://127.0.0.1:${api.port}`, ca: null }, timing: { usageMs: QUIET_MS, logsMs: QUIET_MS, drainMs: 1 },
      edge: { domain: 'console.localhost', appsDomain: 'apps.localhost', askPort: PORTS.ask, httpPort: PORTS.http, acme: null, dnsPort: PORTS.dns, fallbackAddress: FALLBACK },
    },
  })
  try {
    await agent.start()
    while ((await runtime().databases.asSystem('job', (db) => db.node.count())) === 0) await sleep(20)
    const { id } = await runtime().databases.asSystem('job', (db) => db.node.findFirstOrThrow())
    await runtime().databases.asSystem('job', (db) => setDesired(db, id, { kind: 'vm', id: 'vm_1', desired: 'running', spec: vmSpec() }))
    return await work(id)
  } finally {
    await agent.stop()
    await api.close()
    servers.kill()
    await caddy.close()
    await world.close()
  }
}

/** A host that led nowhere leads to an app: from the portal's commit to the app's first answer over TLS. */
const measureChanges = (): Promise<Figure[]> => withCore(8, () => withNode(async (nodeId) => {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false })
  const figures: Figure[] = []
  let have = 0
  for (const size of SIZES) {
    await fill(nodeId, have, size)
    have = size
    await untilServed(`b${size - 1}.apps.localhost`, agent)
    const times: number[] = []
    for (let at = 0; at < CHANGES; at++) {
      const host = `c${size}-${at}.apps.localhost`
      await route(nodeId, host)
      const committed = performance.now()
      await untilServed(host, agent)
      times.push(performance.now() - committed)
    }
    for (const q of [0.5, 0.99]) figures.push({ what: `change to live among ${size} hosts, p${q * 100} of ${CHANGES}`, value: quantile(times, q), unit: 'ms', target: '<= 1000' })
  }
  agent.destroy()
  return figures
}))

export async function measureRoutes(): Promise<Figure[]> {
  const figures = await measureChanges()
  for (const size of SIZES) figures.push(...await measureEdgeRequests(size))
  return figures
}
