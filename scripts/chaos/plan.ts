import { pick, randomOf } from './random.ts'
import { WIRE_FAULTS } from './wire.ts'

/** What is done to the product. `hang` is SIGSTOP: connections stay open and nothing answers. What is done to the wire is in wire.ts. */
export const FAULTS = [
  'kill portal', 'kill worker', 'kill agent', 'kill edge', 'kill postgres', 'kill vm', 'kill portal and agent',
  'hang portal', 'hang agent', 'hang postgres', 'hang worker', 'end connections', 'move clock',
  'set clock of agent', 'set clock of portal', 'set clock of worker', 'fill disk of agent', 'clone node', 'register again', ...WIRE_FAULTS,
  // New ones come last: a fixed seed plans with those there were when it was found.
  'kill fence', 'hang fence', 'kill vm with volume', 'fill disk of postgres',
] as const
export type FaultName = (typeof FAULTS)[number]

export interface PlannedFault {
  name: FaultName
  /** After the one before it. */
  pauseMs: number
  /** How long it hangs; nothing for the others. */
  holdMs: number
}

const [SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS] = [500, 12_000]
/** Mostly a moment, seldom longer than a node's lease and its grace. */
const HOLDS_MS = [1_000, 2_000, 5_000, 5_000, 15_000, 30_000, 70_000] as const

/** A link may be away for as long as it takes to mend a cable; so long only where there is time for it. */
const LONGEST_LOSSES_MS = [120_000, 300_000] as const
const LONG_RUN_MS = 1_200_000
const AT_ONCE: Partial<Record<FaultName, true>> = {
  'kill portal': true, 'kill worker': true, 'kill agent': true, 'kill edge': true, 'kill postgres': true, 'kill vm': true, 'kill portal and agent': true,
  'end connections': true, 'move clock': true, 'register again': true, 'kill fence': true, 'kill vm with volume': true,
}

/** The same for the same seed: each kind of fault once before any comes again, until the time is used up. */
export function planFaults(seed: number, totalMs: number, kinds: number = FAULTS.length): PlannedFault[] {
  const random = randomOf(seed)
  const lossesMs = totalMs < LONG_RUN_MS ? HOLDS_MS : [...HOLDS_MS, ...LONGEST_LOSSES_MS] as const
  const plan: PlannedFault[] = []
  let left: FaultName[] = []
  for (let usedMs = 0; usedMs < totalMs;) {
    if (left.length === 0) left = FAULTS.slice(0, kinds)
    const [name = 'kill agent'] = left.splice(Math.floor(random() * left.length), 1)
    const pauseMs = Math.round(SHORTEST_PAUSE_MS + random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS))
    const holdMs = name in AT_ONCE ? 0 : Math.min(pick(random, name.startsWith('lose') ? lossesMs : HOLDS_MS), Math.max(1_000, totalMs / 4))
    plan.push({ name, pauseMs, holdMs })
    usedMs += pauseMs + holdMs
  }
  return plan
}
