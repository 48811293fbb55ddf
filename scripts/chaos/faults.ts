import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Product } from '../test/product.ts'
import { readJournal } from '../up/journal.ts'
import { setClock } from './clock.ts'
import { registerAgain, runClone } from './clone.ts'
import type { Disk } from './disk.ts'
import { machines, type Machine } from './machines.ts'
import type { FaultName, PlannedFault } from './plan.ts'
import { pick } from './random.ts'
import { signal } from './signal.ts'
import type { Wire, WireFault } from './wire.ts'

export interface Victim {
  product: Product
  databaseUrl: string
  /** Moves business time on by so many minutes. */
  moveClock: (minutes: number) => Promise<void>
  random: () => number
  /** Instances that are never hit themselves: what visitors of theirs get is counted. */
  spared: ReadonlySet<string>
  wire: Wire
  /** The one the agent's folder lies on. */
  disk: Disk
  /** The one PostgreSQL's folder lies on. */
  databaseDisk: Disk
  /** Where what must never be is written down at once. */
  broken: string[]
}

const MINUTE_MS = 60_000
const JUMPS_MS = [-60 * MINUTE_MS, -10 * MINUTE_MS, -30_000, 10 * MINUTE_MS, 60 * MINUTE_MS] as const

const pidOf = ({ product }: Victim, part: string): number => {
  const pid = readJournal(product.data)[part]?.pid
  if (pid === undefined) throw new Error(`no part ${part} runs`)
  return pid
}

async function hang(victim: Victim, part: string, holdMs: number): Promise<void> {
  const pid = pidOf(victim, part)
  signal(pid, 'SIGSTOP')
  try {
    await sleep(holdMs)
  } finally {
    signal(pid, 'SIGCONT')
  }
}

async function endConnections({ databaseUrl }: Victim): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid()')
  } catch {
    // A database that is away has no connections to end.
  } finally {
    await client.end().catch(() => undefined)
  }
}

function killMachine({ product, random, spared }: Victim, isOne: (machine: Machine) => boolean = () => true): void {
  const running = machines(product.data).filter((machine) => !spared.has(machine.instanceId) && isOne(machine))
  const hit = running[Math.floor(random() * running.length)]
  if (hit) signal(hit.pid, 'SIGKILL')
}

/** Until it is set right again, or the process starts anew. */
async function jump(victim: Victim, part: string, holdMs: number): Promise<void> {
  const pid = pidOf(victim, part)
  await setClock(pid, pick(victim.random, JUMPS_MS))
  await sleep(holdMs)
  if (pidOf(victim, part) === pid) await setClock(pid, 0)
}

async function fillDisk(disk: Disk, holdMs: number): Promise<void> {
  disk.fill()
  try {
    await sleep(holdMs)
  } finally {
    disk.free()
  }
}

async function onWire({ wire }: Victim, fault: WireFault, holdMs: number): Promise<void> {
  wire.set(fault)
  try {
    await sleep(holdMs)
  } finally {
    wire.set(null)
  }
}

async function withDatabase<T>({ databaseUrl }: Victim, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl })
  client.on('error', () => undefined)
  await client.connect()
  return work(client).finally(() => client.end())
}

const ACTS: Record<Exclude<FaultName, WireFault>, (victim: Victim, holdMs: number) => Promise<void> | void> = {
  'kill portal': (victim) => signal(pidOf(victim, 'portal'), 'SIGKILL'),
  'kill worker': (victim) => signal(pidOf(victim, 'worker'), 'SIGKILL'),
  'kill agent': (victim) => signal(pidOf(victim, 'agent'), 'SIGKILL'),
  'kill edge': (victim) => signal(pidOf(victim, 'edge'), 'SIGKILL'),
  'kill postgres': (victim) => signal(pidOf(victim, 'postgres'), 'SIGKILL'),
  'kill vm': (victim) => killMachine(victim),
  'kill vm with volume': (victim) => killMachine(victim, ({ volumes }) => volumes.length > 0),
  'kill fence': (victim) => signal(pidOf(victim, 'fence'), 'SIGKILL'),
  'hang fence': (victim, holdMs) => hang(victim, 'fence', holdMs),
  'kill portal and agent': (victim) => {
    signal(pidOf(victim, 'portal'), 'SIGKILL')
    signal(pidOf(victim, 'agent'), 'SIGKILL')
  },
  'hang portal': (victim, holdMs) => hang(victim, 'portal', holdMs),
  'hang agent': (victim, holdMs) => hang(victim, 'agent', holdMs),
  'hang postgres': (victim, holdMs) => hang(victim, 'postgres', holdMs),
  'hang worker': (victim, holdMs) => hang(victim, 'worker', holdMs),
  'end connections': endConnections,
  'set clock of agent': (victim, holdMs) => jump(victim, 'agent', holdMs),
  'set clock of portal': (victim, holdMs) => jump(victim, 'portal', holdMs),
  'set clock of worker': (victim, holdMs) => jump(victim, 'worker', holdMs),
  'fill disk of agent': ({ disk }, holdMs) => fillDisk(disk, holdMs),
  'fill disk of postgres': ({ databaseDisk }, holdMs) => fillDisk(databaseDisk, holdMs),
  'clone node': (victim, holdMs) => withDatabase(victim, (client) => runClone(victim.product, client, holdMs)),
  'register again': (victim) => withDatabase(victim, async (client) => { victim.broken.push(...await registerAgain(victim.product, client)) }),
  'move clock': (victim) => victim.moveClock(1 + Math.floor(victim.random() * 10)),
}

const isOfWire = (name: FaultName): name is WireFault => !(name in ACTS)

export async function commit(victim: Victim, { name, holdMs }: PlannedFault): Promise<void> {
  await (isOfWire(name) ? onWire(victim, name, holdMs) : ACTS[name](victim, holdMs))
}
