import { pick, randomOf } from './random.ts'

/** What is done to the product. `hang` is SIGSTOP: connections stay open and nothing answers, which is how a lost network looks. */
const FAULTS = [
  'kill portal', 'kill worker', 'kill agent', 'kill edge', 'kill postgres', 'kill vm', 'kill portal and agent',
  'hang portal', 'hang agent', 'hang postgres', 'hang worker', 'end connections', 'move clock',
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

/** The same for the same seed: each kind of fault once before any comes again, until the time is used up. */
export function planFaults(seed: number, totalMs: number): PlannedFault[] {
  const random = randomOf(seed)
  const plan: PlannedFault[] = []
  let left: FaultName[] = []
  for (let usedMs = 0; usedMs < totalMs;) {
    if (left.length === 0) left = [...FAULTS]
    const [name = 'kill agent'] = left.splice(Math.floor(random() * left.length), 1)
    const pauseMs = Math.round(SHORTEST_PAUSE_MS + random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS))
    const holdMs = name.startsWith('hang') ? Math.min(pick(random, HOLDS_MS), Math.max(1_000, totalMs / 4)) : 0
    plan.push({ name, pauseMs, holdMs })
    usedMs += pauseMs + holdMs
  }
  return plan
}
