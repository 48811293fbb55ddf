import { setTimeout as sleep } from 'node:timers/promises'
import type { BarePortal } from '../../bench/bare-portal.ts'
import { cloneFrom } from '../clone.ts'
import { pick } from '../random.ts'
import { WIRE_FAULTS, type WireFault } from '../wire.ts'
import type { FleetMachine } from './machine.ts'

/** What may happen to a machine of the fleet, or to who leads it. */
const FLEET_FAULTS = [
  'kill agent', 'kill agent', 'agent away', 'power off', 'power off', 'kill vm', 'kill vm', 'kill fence', 'clone node', 'kill portal', 'kill worker', 'end connections', ...WIRE_FAULTS,
] as const
type FleetFault = (typeof FLEET_FAULTS)[number]

/** Lease, grace and drift are 65 s: some are away longer than that. */
const HOLDS_MS = [1_000, 3_000, 8_000, 8_000, 20_000, 50_000, 80_000, 110_000, 150_000] as const
const SHORT_MS = [500, 2_000, 8_000] as const
/** As long as somebody takes to drive there; only where there is time for it. */
const [LONG_RUN_MS, LONGEST_RUN_MS] = [1_200_000, 3_600_000]
const LONGEST_MS = [600_000, 1_800_000] as const
const [SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS] = [500, 8_000]
const LEADERS: ReadonlySet<FleetFault> = new Set(['kill portal', 'kill worker', 'end connections'])
const BRIEF: ReadonlySet<FleetFault> = new Set(['kill fence', 'kill agent', 'clone node'])

export interface Fleet {
  portal: BarePortal
  machines: readonly FleetMachine[]
  random: () => number
  print: (line: string) => void
  /** Nobody else does anything to these now. */
  taken: Set<FleetMachine>
  done: number
}

const isOfWire = (fault: FleetFault): fault is WireFault => (WIRE_FAULTS as readonly string[]).includes(fault)

async function afterwards(act: () => unknown, holdMs: number, undo: () => unknown): Promise<void> {
  await act()
  await sleep(holdMs)
  await undo()
}

function killVm({ world, vmIds }: { world: FleetMachine['world']; vmIds: string[] }, random: () => number): void {
  const id = vmIds[Math.floor(random() * vmIds.length)]
  if (id) world.host.crash(id)
}

async function strike(fleet: Fleet, machine: FleetMachine, fault: FleetFault, holdMs: number): Promise<void> {
  const { portal, random } = fleet
  if (isOfWire(fault)) return afterwards(() => machine.wire.set(fault), holdMs, () => machine.wire.set(null))
  switch (fault) {
    case 'kill agent': return afterwards(() => machine.killAgent(), holdMs, () => machine.startAgent())
    case 'agent away': return afterwards(() => machine.killAgent(), holdMs, () => machine.startAgent())
    case 'power off': return afterwards(() => machine.powerOff(), holdMs, () => machine.powerOn())
    case 'kill fence': return afterwards(() => machine.killFence(), holdMs, () => machine.startFence())
    case 'kill vm': return killVm({ world: machine.world, vmIds: machine.vmIds() }, random)
    case 'clone node': return cloneFrom({ folder: machine.world.dir, api: portal.api }, portal.runtime.databases.systemPool, holdMs)
    case 'kill portal': return portal.replace()
    case 'kill worker': return portal.replaceWorker()
    case 'end connections':
      await portal.runtime.databases.systemPool.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE \'shellwego_%\' AND pid <> pg_backend_pid()').catch(() => undefined)
  }
}

/** One fault after the other, each on a machine that no other nemesis has in hand, until the time is up. What is away comes back at the end of its time. */
export async function torment(fleet: Fleet, random: () => number, totalMs: number): Promise<void> {
  const endMs = Date.now() + totalMs
  const longest = LONGEST_MS.slice(0, totalMs < LONG_RUN_MS ? 0 : totalMs < LONGEST_RUN_MS ? 1 : 2)
  while (Date.now() < endMs) {
    await sleep(SHORTEST_PAUSE_MS + random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS))
    const fault = pick(random, FLEET_FAULTS)
    const free = fleet.machines.filter((machine) => !fleet.taken.has(machine))
    const machine = free[Math.floor(random() * free.length)]
    const drawnMs = pick(random, BRIEF.has(fault) ? SHORT_MS : [...HOLDS_MS, ...longest])
    const holdMs = Math.min(drawnMs, Math.max(1_000, endMs - Date.now()))
    if (!machine) continue
    const isMachines = !LEADERS.has(fault)
    const lasts = isMachines && fault !== 'kill vm'
    if (isMachines) fleet.taken.add(machine)
    fleet.done += 1
    fleet.print(`${new Date().toISOString()} ${fault}${isMachines ? ` of ${machine.name}` : ''}${lasts ? ` for ${Math.round(holdMs / 100) / 10} s` : ''}`)
    await strike(fleet, machine, fault, holdMs).catch((error: unknown) => fleet.print(`  not done: ${error instanceof Error ? error.message : String(error)}`))
    fleet.taken.delete(machine)
  }
}
