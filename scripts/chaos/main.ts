import { parseArgs } from 'node:util'
import { buildStale } from '../build/build.ts'
import { ensurePackages } from '../../agent/install/packages.ts'
import { RUNTIME_PACKAGES } from '../up/packages.ts'
import { tormentFleet } from './fleet/run.ts'
import { FAULTS } from './plan.ts'
import { torment } from './run.ts'
import { FIXED_SEEDS } from './seeds.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' }, minutes: { type: 'string', default: '10' }, restore: { type: 'boolean', default: false }, fixed: { type: 'boolean', default: false },
    fleet: { type: 'string' }, kinds: { type: 'string' },
  },
})
const seed = values.seed === undefined ? Math.floor(Math.random() * 1e9) : Number(values.seed)
const minutes = Number(values.minutes)
const fleet = Number(values.fleet ?? 0)
const kinds = Number(values.kinds ?? FAULTS.length)
if (!Number.isInteger(seed) || !(minutes > 0) || !Number.isInteger(fleet) || fleet === 1 || !(kinds >= 1)) {
  console.error('npm run chaos -- [--seed 7] [--minutes 10] [--kinds 27] [--restore | --fleet 4] | --fixed')
  process.exit(2)
}
if (fleet === 0 && process.getuid?.() !== 0) {
  console.error('chaos gives the agent a disk of its own to fill, which only root can')
  process.exit(2)
}

interface Run { seed: number; minutes: number; restore: boolean; kinds: number; fleet?: number }

function tell(faults: readonly string[]): number {
  for (const fault of faults) console.log(`BROKEN  ${fault}`)
  console.log(faults.length === 0 ? 'every rule holds' : `${faults.length} rules are broken`)
  return faults.length
}

const counted = (times: Readonly<Record<string, number>>): string => Object.entries(times).map(([what, count]) => `${what} ${count}`).join(', ') || 'nothing'

async function oneFleet(drawn: number, length: number, machines: number): Promise<number> {
  const outcome = await tormentFleet({ seed: drawn, totalMs: length * 60_000, machines }, console.log)
  console.log(`${outcome.faultsDone} faults; ${outcome.acts} acts of a customer; of the operator: ${counted(outcome.operated)}`)
  console.log(`${outcome.starts} machines started, ${outcome.lost} times a node was lost, ${outcome.restored} volumes brought back elsewhere`)
  return tell(outcome.faults)
}

/** Returns how many rules are broken. */
async function one({ seed: drawn, minutes: length, restore, kinds: among, fleet: machines = 0 }: Run): Promise<number> {
  const more = machines > 0 ? ` --fleet ${machines}` : `${restore ? ' --restore' : ''}${among === FAULTS.length ? '' : ` --kinds ${among}`}`
  console.log(`seed ${drawn}, ${length} minutes; again with: npm run chaos -- --seed ${drawn} --minutes ${length}${more}`)
  if (machines > 0) return oneFleet(drawn, length, machines)
  const outcome = await torment({ seed: drawn, totalMs: length * 60_000, withRestore: restore, kinds: among }, console.log)
  const { faultsDone, acts, asked, looks, sent, excused, wire } = outcome
  console.log(`${faultsDone} faults; ${acts} acts of a customer; ${asked} tries of a stranger; ${looks} looks at the machines; on the wire: ${counted(wire)}`)
  console.log(`${sent} requests of a visitor, ${excused} of them without answer while the edge itself was killed`)
  return tell(outcome.faults)
}

if (fleet === 0) await ensurePackages(RUNTIME_PACKAGES, true)
await buildStale()
// The small disk of the agent is unmounted on the way out.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
let broken = 0
for (const run of values.fixed ? FIXED_SEEDS : [{ seed, minutes, restore: values.restore, kinds, fleet }]) broken += await one(run)
process.exit(broken === 0 ? 0 : 1)
