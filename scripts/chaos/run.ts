import { setTimeout as sleep } from 'node:timers/promises'
import { joinPortal, portalEnvironment } from '../bench/portal-core.ts'
import { makeCustomer, withProduct, type Customer } from '../bench/product.ts'
import type { Product } from '../test/product.ts'
import { findFaults, type Scene } from './check.ts'
import { commit, type Victim } from './faults.ts'
import { machines, watchMachines } from './machines.ts'
import { planFaults, type FaultName } from './plan.ts'
import { randomOf } from './random.ts'
import { ask, visit, type Failure } from './traffic.ts'
import { work, type Call, type Expected } from './workload.ts'

/** After the last fault everything has to be in order again within this. */
const REST_MS = 240_000
/** Only these may cost a visitor of an app that is not itself hit a request, and only so long after. */
const COSTS_MS: Partial<Record<FaultName, number>> = { 'kill edge': 8_000 }

export interface Outcome { sent: number; excused: number; acts: number; faults: string[] }

const callOf = (product: Product, { headers }: Customer): Call => async (method, path, body, more) => {
  const response = await fetch(`${product.run().api}/v1${path}`, {
    method, headers: { 'content-type': 'application/json', ...headers, ...more }, signal: AbortSignal.timeout(90_000), ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> }
}

async function moveClock(call: Call, minutes: number): Promise<void> {
  const { body } = await call('GET', '/test/clock').catch((): Pick<Awaited<ReturnType<Call>>, 'body'> => ({ body: {} }))
  if (typeof body['now'] !== 'string') return
  await call('POST', '/test/clock', { now: new Date(Date.parse(body['now']) + minutes * 60_000).toISOString() }).catch(() => undefined)
}

async function startSteady(product: Product, call: Call): Promise<Expected> {
  const mark = 'steady-mark'
  const { body } = await call('POST', '/apps', {
    name: 'steady', image: 'builtin/hello:v1', port: 8080, env: { HELLO_MARK: mark }, resources: { memory: '96m' }, health_check: { path: '/healthz' },
  })
  const host = `steady.${product.run().apps_domain}`
  for (let n = 0; (await ask(product.run(), host)).status !== 200; n += 1) {
    if (n > 240) throw new Error('the app that is visited did not start')
    await sleep(500)
  }
  return { id: String(body['id']), name: 'steady', mark, replicas: 1, stopped: false }
}

const isExcused = ({ atMs }: Failure, committed: readonly { name: FaultName; atMs: number }[]): boolean =>
  committed.some((fault) => atMs >= fault.atMs - 1_000 && atMs <= fault.atMs + (COSTS_MS[fault.name] ?? -Infinity))

/** The whole product under work and faults for a while, then a rest, then every rule. */
export function torment(seed: number, totalMs: number, print: (line: string) => void): Promise<Outcome> {
  return withProduct(async (product) => {
    const customer = await makeCustomer(product)
    const call = callOf(product, customer)
    const steady = await startSteady(product, call)
    const spared = new Set(machines(product.data).map(({ instanceId }) => instanceId))
    const watch = watchMachines(product.data)
    const traffic = visit(product.run(), `steady.${product.run().apps_domain}`)
    const random = randomOf(seed)
    const workload = work(call, random)
    const victim: Victim = {
      product, spared, random: randomOf(seed + 1), databaseUrl: portalEnvironment(product).env.DATABASE_URL_SYSTEM,
      moveClock: (minutes) => moveClock(call, minutes),
    }
    const committed: { name: FaultName; atMs: number }[] = []
    for (const fault of planFaults(seed, totalMs)) {
      await sleep(fault.pauseMs)
      print(`${new Date().toISOString()} ${fault.name}${fault.holdMs > 0 ? ` for ${fault.holdMs / 1000} s` : ''}`)
      committed.push({ name: fault.name, atMs: Date.now() })
      await commit(victim, fault)
    }
    await workload.stop()
    const faults = await rest(product, { product, call, workload, watch, steady })
    await traffic.stop()
    watch.stop()
    const lost = traffic.failures.filter((failure) => !isExcused(failure, committed))
    for (const { atMs, status, body } of lost.slice(0, 5)) faults.push(`I7 a visitor got ${status} at ${new Date(atMs).toISOString()}: ${body}`)
    return { sent: traffic.sent, excused: traffic.failures.length - lost.length, acts: workload.history.length, faults }
  })
}

async function rest(product: Product, scene: Omit<Scene, 'pool'>): Promise<string[]> {
  const core = await joinPortal(product)
  try {
    const end = Date.now() + REST_MS
    for (;;) {
      const faults = await findFaults({ ...scene, pool: core.runtime.databases.systemPool }).catch((error: unknown) => [`the rules could not be read: ${String(error)}`])
      if (faults.length === 0 || Date.now() > end) return faults
      await sleep(3_000)
    }
  } finally {
    await core.stop()
  }
}
