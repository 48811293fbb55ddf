import { setTimeout as sleep } from 'node:timers/promises'
import { joinPortal, portalEnvironment } from '../bench/portal-core.ts'
import { makeCustomer } from '../bench/product.ts'
import type { Product } from '../test/product.ts'
import { callWith } from './call.ts'
import { findFaults, type Scene } from './check.ts'
import { commit, type Victim } from './faults.ts'
import { recordHistory } from './history.ts'
import { machines, watchMachines } from './machines.ts'
import { planFaults, type FaultName, type PlannedFault } from './plan.ts'
import { randomOf } from './random.ts'
import { loseDatabase, takeBackup } from './restore.ts'
import { onStage } from './stage.ts'
import { startStore } from './store.ts'
import { startStranger } from './stranger.ts'
import { ask, visit, type Failure } from './traffic.ts'
import type { Wire } from './wire.ts'
import { APP_QUOTA, work, type Call, type Expected, type Workload } from './workload.ts'

/** After the last fault everything has to be in order again within this. */
const REST_MS = 240_000
/** Only these may cost a visitor of an app that is not itself hit a request, and only so long after. */
const COSTS_MS: Partial<Record<Committed['name'], number>> = { 'kill edge': 8_000, 'restore database': 8_000 }
/** So long the customer works before the backup is made. */
const BEFORE_BACKUP_MS = 30_000
/** A fifth of the time again goes by under faults after the restore. */
const SHARE_AFTER_RESTORE = 5

export interface Outcome {
  faults: string[]
  /** Requests of the visitor, and those of them without answer that are not held against the product. */
  sent: number
  excused: number
  acts: number
  faultsDone: number
  wire: Wire['hit']
  /** What a stranger tried, and how often the machines were looked at. */
  asked: number
  looks: number
}
interface Committed { name: FaultName | 'restore database'; atMs: number; untilMs?: number }
export interface Order {
  seed: number
  totalMs: number
  withRestore: boolean
  /** So many kinds of faults there were when the seed was found. */
  kinds: number
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

const isExcused = ({ atMs }: Failure, committed: readonly Committed[]): boolean =>
  committed.some((fault) => atMs >= fault.atMs - 1_000 && atMs <= (fault.untilMs ?? fault.atMs) + (COSTS_MS[fault.name] ?? -Infinity))

/** One after the other; what cannot be done just then, to a part that is not there, is told and left out. */
async function tormentBy(plan: readonly PlannedFault[], victim: Victim, print: (line: string) => void): Promise<Committed[]> {
  const committed: Committed[] = []
  for (const fault of plan) {
    await sleep(fault.pauseMs)
    print(`${new Date().toISOString()} ${fault.name}${fault.holdMs > 0 ? ` for ${fault.holdMs / 1000} s` : ''}`)
    const one: Committed = { name: fault.name, atMs: Date.now() }
    committed.push(one)
    await commit(victim, fault).catch((error: unknown) => print(`  not done: ${error instanceof Error ? error.message : String(error)}`))
  }
  return committed
}

/** Remembers what there is now, and brings it back with a database of now, while the customer pauses. */
async function backUp({ product, broken }: Victim, workload: Workload): Promise<(print: (line: string) => void) => Promise<Committed>> {
  await sleep(BEFORE_BACKUP_MS)
  await workload.pause()
  const folder = await takeBackup(product)
  const setBack = workload.remember()
  workload.goOn()
  return async (print) => {
    print(`${new Date().toISOString()} restore database`)
    const atMs = Date.now()
    await loseDatabase(product, folder).catch((error: unknown) => broken.push(`restore database: ${error instanceof Error ? error.message : String(error)}`))
    await recordHistory(product)
    setBack()
    workload.goOn()
    return { name: 'restore database', atMs, untilMs: Date.now() }
  }
}

export async function limitApps(call: Call, organizationId: string, apps: number): Promise<void> {
  const path = `/admin/organizations/${organizationId}/quotas`
  const etag = (await call('GET', path)).headers.get('etag') ?? ''
  const { status } = await call('PATCH', path, { apps }, { 'if-match': etag })
  if (status !== 200) throw new Error(`the quota could not be set: ${status}`)
}

/** The whole product under work and faults for a while, then a rest, then every rule. */
export function torment({ seed, totalMs, withRestore, kinds }: Order, print: (line: string) => void): Promise<Outcome> {
  return onStage(randomOf(seed + 2), async ({ product, wire, disk, databaseDisk }) => {
    const customer = await makeCustomer(product)
    const { organizationId } = customer
    const call = callWith(product.run().api, customer.headers)
    await recordHistory(product)
    await limitApps(call, organizationId, APP_QUOTA)
    const steady = await startSteady(product, call)
    const spared = new Set(machines(product.data).map(({ instanceId }) => instanceId))
    const watch = watchMachines(product.data)
    const store = await startStore(call, randomOf(seed + 4)() < 0.5 ? 'strict' : 'pinned')
    const traffic = visit(product.run(), `steady.${product.run().apps_domain}`)
    const apps = new Map<string, Expected>()
    const stranger = await startStranger(product, () => [steady.id, store.id, ...[...apps.values()].map(({ id }) => id)])
    const workload = work(call, apps, randomOf(seed))
    const victim: Victim = {
      product, spared, wire, disk, databaseDisk, broken: [], random: randomOf(seed + 1), databaseUrl: portalEnvironment(product).env.DATABASE_URL_SYSTEM,
      moveClock: (minutes) => moveClock(call, minutes),
    }
    const scene = { product, call, organizationId, workload, watch, stranger, steady, store }
    const restore = withRestore ? await backUp(victim, workload) : null
    const committed = await tormentBy(planFaults(seed, totalMs, kinds), victim, print)
    await workload.pause()
    const faults = await rest(product, { ...scene, setBack: false })
    if (restore) {
      print(`before the restore ${faults.length === 0 ? 'every rule holds' : `are broken: ${faults.join('; ')}`}`)
      committed.push(await restore(print), ...await tormentBy(planFaults(seed + 3, totalMs / SHARE_AFTER_RESTORE, kinds), victim, print))
      await workload.pause()
      faults.push(...(await rest(product, { ...scene, setBack: true })).map((fault) => `after the restore: ${fault}`))
    }
    await workload.stop()
    faults.push(...victim.broken, ...workload.broken)
    await traffic.stop()
    await stranger.stop()
    watch.stop()
    const lost = traffic.failures.filter((failure) => !isExcused(failure, committed))
    for (const { atMs, status, body } of lost.slice(0, 5)) faults.push(`I7 a visitor got ${status} at ${new Date(atMs).toISOString()}: ${body}`)
    return {
      faults, sent: traffic.sent, excused: traffic.failures.length - lost.length, acts: workload.history.length, faultsDone: committed.length,
      wire: wire.hit, asked: stranger.asked, looks: watch.samples,
    }
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
