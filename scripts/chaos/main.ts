import { parseArgs } from 'node:util'
import { buildStale } from '../build/build.ts'
import { ensurePackages } from '../../agent/install/packages.ts'
import { RUNTIME_PACKAGES } from '../up/packages.ts'
import { torment } from './run.ts'
import { FIXED_SEEDS } from './seeds.ts'

const { values } = parseArgs({
  options: { seed: { type: 'string' }, minutes: { type: 'string', default: '10' }, restore: { type: 'boolean', default: false }, fixed: { type: 'boolean', default: false } },
})
const seed = values.seed === undefined ? Math.floor(Math.random() * 1e9) : Number(values.seed)
const minutes = Number(values.minutes)
if (!Number.isInteger(seed) || !(minutes > 0)) {
  console.error('npm run chaos -- [--seed 7] [--minutes 10] [--restore] | --fixed')
  process.exit(2)
}
if (process.getuid?.() !== 0) {
  console.error('chaos gives the agent a disk of its own to fill, which only root can')
  process.exit(2)
}

interface Run { seed: number; minutes: number; restore: boolean; kinds?: number }

/** Returns how many rules are broken. */
async function one({ seed: drawn, minutes: length, restore, kinds }: Run): Promise<number> {
  console.log(`seed ${drawn}, ${length} minutes; again with: npm run chaos -- --seed ${drawn} --minutes ${length}${restore ? ' --restore' : ''}`)
  const outcome = await torment({ seed: drawn, totalMs: length * 60_000, withRestore: restore, kinds }, console.log)
  const { faults, faultsDone, acts, asked, looks, sent, excused, wire } = outcome
  const onWire = Object.entries(wire).map(([fault, times]) => `${fault} ${times}`).join(', ')
  console.log(`${faultsDone} faults; ${acts} acts of a customer; ${asked} tries of a stranger; ${looks} looks at the machines; on the wire: ${onWire || 'nothing'}`)
  console.log(`${sent} requests of a visitor, ${excused} of them without answer while the edge itself was killed`)
  for (const fault of faults) console.log(`BROKEN  ${fault}`)
  console.log(faults.length === 0 ? 'every rule holds' : `${faults.length} rules are broken`)
  return faults.length
}

await ensurePackages(RUNTIME_PACKAGES, true)
await buildStale()
// The small disk of the agent is unmounted on the way out.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
let broken = 0
for (const run of values.fixed ? FIXED_SEEDS : [{ seed, minutes, restore: values.restore }]) broken += await one(run)
process.exit(broken === 0 ? 0 : 1)
