import { parseArgs } from 'node:util'
import { buildStale } from '../build/build.ts'
import { ensurePackages } from '../../agent/install/packages.ts'
import { RUNTIME_PACKAGES } from '../up/packages.ts'
import { torment } from './run.ts'

const { values } = parseArgs({ options: { seed: { type: 'string' }, minutes: { type: 'string', default: '10' }, restore: { type: 'boolean', default: false } } })
const seed = values.seed === undefined ? Math.floor(Math.random() * 1e9) : Number(values.seed)
const minutes = Number(values.minutes)
if (!Number.isInteger(seed) || !(minutes > 0)) {
  console.error('npm run chaos -- [--seed 7] [--minutes 10] [--restore]')
  process.exit(2)
}

await ensurePackages(RUNTIME_PACKAGES, process.getuid?.() === 0)
await buildStale()
console.log(`seed ${seed}, ${minutes} minutes; again with: npm run chaos -- --seed ${seed} --minutes ${minutes}${values.restore ? ' --restore' : ''}`)
// The small disk of the agent is unmounted on the way out.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
const outcome = await torment({ seed, totalMs: minutes * 60_000, withRestore: values.restore }, console.log)
const onWire = Object.entries(outcome.wire).map(([fault, times]) => `${fault} ${times}`).join(', ')
console.log(`${outcome.faultsDone} faults; ${outcome.acts} acts of a customer; ${outcome.asked} tries of a stranger; ${outcome.looks} looks at the machines; on the wire: ${onWire || 'nothing'}`)
console.log(`${outcome.sent} requests of a visitor, ${outcome.excused} of them without answer while the edge itself was killed`)
for (const fault of outcome.faults) console.log(`BROKEN  ${fault}`)
console.log(outcome.faults.length === 0 ? 'every rule holds' : `${outcome.faults.length} rules are broken`)
process.exit(outcome.faults.length === 0 ? 0 : 1)
