import { readFileSync } from 'node:fs'
import https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { setDesired } from '../../server/domain/nodes/index.ts'
import type { Runtime } from '../../server/core/runtime.ts'
import type { RunFile } from '../up/run-file.ts'
import { measureEdgeRequests } from './edge-requests.ts'
import { joinPortal } from './portal-core.ts'
import { makeCustomer, withProduct } from './product.ts'
import { quantile, type Figure } from './report.ts'

const SIZES = [1_000, 5_000]
const CHANGES = 100
const AT_ONCE = 4
const DEADLINE_MS = 60_000

const ask = (host: string, run: RunFile, agent: https.Agent): Promise<number> => new Promise((resolve) => {
  https.get({ host: '127.0.0.1', port: run.https_port, servername: `any.${run.apps_domain}`, headers: { host }, agent }, (response) => {
    response.resume().once('end', () => resolve(response.statusCode ?? 0))
  }).once('error', () => resolve(0))
})

/** One look after the other over one kept connection: what is measured is the way of the change, not the handshake. */
async function untilStatus(host: string, status: number, run: RunFile, agent: https.Agent): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS
  while (await ask(host, run, agent) !== status) {
    if (performance.now() > deadline) throw new Error(`${host} did not answer ${status} within ${DEADLINE_MS / 1000} s`)
    await sleep(2)
  }
}

const route = (runtime: Runtime, nodeId: string, host: string, instances: string[]): Promise<unknown> =>
  runtime.databases.asSystem('job', (db) => setDesired(db, nodeId, { kind: 'route', id: host, desired: 'present', spec: { host, target: { instances } } }))

async function fill(from: number, to: number, each: (at: number) => Promise<unknown>): Promise<void> {
  let next = from
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (next < to) await each(next++)
  }))
}

/** A host that led nowhere leads to an app, from the portal's commit to the app's first answer over TLS. */
export async function measureRoutes(): Promise<Figure[]> {
  const requests: Figure[] = []
  for (const size of SIZES) requests.push(...await measureEdgeRequests(size))
  const changes = await withProduct(async (product) => {
    const customer = await makeCustomer(product)
    const run = product.run()
    const core = await joinPortal(product)
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1, ca: readFileSync(run.ca_file) })
    await customer.call('POST', '/apps', { name: 'bench-routes', image: 'builtin/hello:v1', port: 8080 })
    await untilStatus(`bench-routes.${run.apps_domain}`, 200, run, agent)
    const { id: instance, nodeId } = await core.runtime.databases.asSystem('job', (db) => db.instance.findFirstOrThrow({ where: { routed: true, endedAt: null } }))
    const figures: Figure[] = []
    let have = 0
    for (const size of SIZES) {
      await fill(have, size, (at) => route(core.runtime, nodeId, `b${at}.${run.apps_domain}`, [instance]))
      have = size
      await untilStatus(`b${size - 1}.${run.apps_domain}`, 200, run, agent)
      const times: number[] = []
      for (let at = 0; at < CHANGES; at++) {
        const host = `c${size}-${at}.${run.apps_domain}`
        await route(core.runtime, nodeId, host, [instance])
        const committed = performance.now()
        await untilStatus(host, 200, run, agent)
        times.push(performance.now() - committed)
      }
      for (const q of [0.5, 0.99]) figures.push({ what: `change to live among ${size} hosts, p${q * 100} of ${CHANGES}`, value: quantile(times, q), unit: 'ms', target: '<= 1000' })
    }
    agent.destroy()
    await core.stop()
    return figures
  })
  return [...requests, ...changes]
}
