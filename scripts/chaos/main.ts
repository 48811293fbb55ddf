import { parseArgs } from 'node:util'
import { buildStale } from '../build/build.ts'
import { ensurePackages } from '../../agent/install/packages.ts'
import { RUNTIME_PACKAGES } from '../up/packages.ts'
import { torment } from './run.ts'

const { values } = parseArgs({ options: { seed: { type: 'string' }, minutes: { type: 'string', default: '10' } } })
const seed = values.seed === undefined ? Math.floor(Math.random() * 1e9) : Number(values.seed)
const minutes = Number(values.minutes)
if (!Number.isInteger(seed) || !(minutes > 0)) {
  console.error('npm run chaos -- [--seed 7] [--minutes 10]')
  process.exit(2)
}

await ensurePackages(RUNTIME_PACKAGES, process.getuid?.() === 0)
await buildStale()
console.log(`seed ${seed}, ${minutes} minutes; again with: npm run chaos -- --seed ${seed} --minutes ${minutes}`)
const { sent, excused, acts, faults } = await torment(seed, minutes * 60_000, console.log)
console.log(`${acts} acts of a customer, ${sent} requests of a visitor, ${excused} of them without answer while the edge itself was killed`)
for (const fault of faults) console.log(`BROKEN  ${fault}`)
console.log(faults.length === 0 ? 'every rule holds' : `${faults.length} rules are broken`)
process.exit(faults.length === 0 ? 0 : 1)
