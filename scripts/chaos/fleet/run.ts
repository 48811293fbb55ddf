import { setTimeout as sleep } from 'node:timers/promises'
import { MemoryBucket } from '../../../agent/drivers/bucket/memory.ts'
import { issueJoinToken } from '../../../server/domain/nodes/index.ts'
import { withPortal, type BarePortal } from '../../bench/bare-portal.ts'
import { customerAt, SETUP, signIn } from '../../bench/product.ts'
import { callWith } from '../call.ts'
import { recordHistoryAt } from '../history.ts'
import { randomOf } from '../random.ts'
import { limitApps } from '../run.ts'
import { work, type Expected } from '../workload.ts'
import { findFleetFaults, type FleetScene } from './check.ts'
import { FleetMachine, type Parts } from './machine.ts'
import { torment, type Fleet } from './nemesis.ts'
import { operate, operatorAt, serveAgain } from './operator.ts'
import { makeStores, STORES, tend } from './stores.ts'
import { Writers } from './writers.ts'

const REST_MS = 240_000
const APPETITE = { apps: 5, replicas: 3, pauseMs: 2_500 }

interface FleetOrder { seed: number; totalMs: number; machines: number }
interface FleetOutcome {
  faults: string[]
  faultsDone: number
  acts: number
  /** Of machines, with those that had been there before. */
  starts: number
  lost: number
  restored: number
  operated: Record<string, number>
}

async function joinAll(portal: BarePortal, count: number, parts: Parts): Promise<FleetMachine[]> {
  const port = Number(new URL(portal.api).port)
  return Promise.all(Array.from({ length: count }, async (_, at) => {
    const { token } = await portal.runtime.databases.asSystem('node-api', issueJoinToken)
    return FleetMachine.make(`machine-${at + 1}`, token, port, parts)
  }))
}

async function until(what: string, reached: () => Promise<boolean>, everyMs = 250): Promise<void> {
  for (const end = Date.now() + 60_000; !(await reached().catch(() => false)); await sleep(everyMs)) {
    if (Date.now() > end) throw new Error(`still waiting: ${what}`)
  }
}

/**
 * A fleet under a customer, an owner of volumes, an operator and a nemesis for every two machines for a while; then all that is away comes
 * back, and every rule is asked.
 */
export function tormentFleet({ seed, totalMs, machines: count }: FleetOrder, print: (line: string) => void): Promise<FleetOutcome> {
  return withPortal(async (portal) => {
    const writers = new Writers()
    const bucket = new MemoryBucket()
    const pool = portal.runtime.databases.systemPool
    pool.on('error', () => undefined)
    await recordHistoryAt(portal.superuserUrl)
    // The portal listens before it has made the operator it was told to.
    await until('the operator can sign in', () => signIn(portal.api).then(() => true), 2_000)
    const customer = await customerAt(portal.api)
    const call = callWith(portal.api, customer.headers)
    const operator = operatorAt(portal.api)
    await limitApps(call, customer.organizationId, APPETITE.apps + STORES.length)
    const machines = await joinAll(portal, count, { random: randomOf(seed + 1), writers, bucket: bucket.open })
    try {
      await until('the fleet is there', async () => (await pool.query("SELECT 1 FROM node WHERE status = 'ready' AND fencing->>'fault' IS NULL AND fencing IS NOT NULL")).rowCount === count)
      const stores = await makeStores(call, writers)
      const workload = work(call, new Map<string, Expected>(), randomOf(seed + 2), APPETITE)
      const owner = tend(call, stores, writers, randomOf(seed + 3))
      const staff = operate(operator, machines, randomOf(seed + 4))
      const fleet: Fleet = { portal, machines, random: randomOf(seed + 5), print, taken: new Set(), done: 0 }
      await Promise.all(Array.from({ length: Math.floor(count / 2) }, (_, at) => torment(fleet, randomOf(seed + 10 + at), totalMs)))
      await Promise.all([workload.stop(), owner.stop(), staff.stop()])
      const scene: FleetScene = { pool, call, operator, organizationId: customer.organizationId, workload, stores, machines, writers }
      const faults = await rest(scene, print)
      const { rows: [events] } = await pool.query<{ lost: number }>("SELECT count(*)::int AS lost FROM event WHERE type = 'node.lost'")
      return {
        faults, faultsDone: fleet.done, acts: workload.history.length, starts: writers.starts, lost: events?.lost ?? 0,
        restored: stores.reduce((sum, { restored }) => sum + restored, 0), operated: staff.done,
      }
    } finally {
      writers.stop()
      await Promise.all(machines.map((machine) => machine.remove()))
    }
  }, { SHELLWEGO_SETUP: SETUP })
}

const TELL_EVERY = 10

async function rest(scene: FleetScene, print: (line: string) => void): Promise<string[]> {
  let turn = 0
  for (const end = Date.now() + REST_MS; ; await sleep(3_000)) {
    await serveAgain(scene.operator).catch(() => undefined)
    const faults = await findFleetFaults(scene).catch((error: unknown) => [`the rules could not be read: ${String(error)}`])
    if (faults.length === 0 || Date.now() > end) return faults
    if ((turn += 1) % TELL_EVERY === 0) print(`${new Date().toISOString()} not yet: ${faults.slice(0, 6).join('; ')}`)
  }
}
