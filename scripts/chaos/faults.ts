import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Product } from '../test/product.ts'
import { readJournal } from '../up/journal.ts'
import { machines } from './machines.ts'
import type { FaultName, PlannedFault } from './plan.ts'

export interface Victim {
  product: Product
  databaseUrl: string
  /** Moves business time on by so many minutes. */
  moveClock: (minutes: number) => Promise<void>
  random: () => number
  /** Instances that are never hit themselves: what visitors of theirs get is counted. */
  spared: ReadonlySet<string>
}

const pidOf = ({ product }: Victim, part: string): number => {
  const pid = readJournal(product.data)[part]?.pid
  if (pid === undefined) throw new Error(`no part ${part} runs`)
  return pid
}

/** One that is restarting just then is hit already. */
const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
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

function killMachine({ product, random, spared }: Victim): void {
  const running = machines(product.data).filter(({ instanceId }) => !spared.has(instanceId))
  const hit = running[Math.floor(random() * running.length)]
  if (hit) signal(hit.pid, 'SIGKILL')
}

const ACTS: Record<FaultName, (victim: Victim, holdMs: number) => Promise<void> | void> = {
  'kill portal': (victim) => signal(pidOf(victim, 'portal'), 'SIGKILL'),
  'kill worker': (victim) => signal(pidOf(victim, 'worker'), 'SIGKILL'),
  'kill agent': (victim) => signal(pidOf(victim, 'agent'), 'SIGKILL'),
  'kill edge': (victim) => signal(pidOf(victim, 'edge'), 'SIGKILL'),
  'kill postgres': (victim) => signal(pidOf(victim, 'postgres'), 'SIGKILL'),
  'kill vm': killMachine,
  'kill portal and agent': (victim) => {
    signal(pidOf(victim, 'portal'), 'SIGKILL')
    signal(pidOf(victim, 'agent'), 'SIGKILL')
  },
  'hang portal': (victim, holdMs) => hang(victim, 'portal', holdMs),
  'hang agent': (victim, holdMs) => hang(victim, 'agent', holdMs),
  'hang postgres': (victim, holdMs) => hang(victim, 'postgres', holdMs),
  'hang worker': (victim, holdMs) => hang(victim, 'worker', holdMs),
  'end connections': endConnections,
  'move clock': (victim) => victim.moveClock(1 + Math.floor(victim.random() * 10)),
}

export async function commit(victim: Victim, fault: PlannedFault): Promise<void> {
  await ACTS[fault.name](victim, fault.holdMs)
}
