import { parseArgs } from 'node:util'
import { buildClient, buildStale } from '../build/build.ts'
import { ensurePackages, MESH_PACKAGES } from '../../agent/install/packages.ts'
import { BROWSER_PACKAGES, JUDGING_PACKAGES, RUNTIME_PACKAGES, TRIAL_PACKAGES } from '../up/packages.ts'
import { runBrowserTests } from './browser.ts'
import { runChecks } from './check.ts'
import { add, none, sum, summary, type Outcome } from './outcome.ts'
import { withSecondTry, type Tried } from './second-try.ts'
import { runVitest } from './vitest.ts'

interface Suite {
  packages: Record<string, string>
  run: (filters: readonly string[]) => Promise<Tried>
}

const JUDGED = { ...RUNTIME_PACKAGES, ...JUDGING_PACKAGES }
const BROWSER = { ...RUNTIME_PACKAGES, ...BROWSER_PACKAGES }

const tests = (project: string, filters: readonly string[]) => withSecondTry((files) => runVitest(project, files), filters)

const suites: Record<string, Suite> = {
  check: { packages: {}, run: async () => ({ outcomes: await runChecks(), unsteady: [] }) },
  unit: { packages: JUDGED, run: (filters) => tests('unit', filters) },
  integration: { packages: JUDGED, run: (filters) => tests('integration', filters) },
  vm: { packages: { ...TRIAL_PACKAGES, ...JUDGING_PACKAGES, ...MESH_PACKAGES }, run: (filters) => buildStale().then(() => tests('vm-*', filters)) },
  e2e: { packages: BROWSER, run: (filters) => withSecondTry(runBrowserTests, filters) },
}

/** Failed at first, passed by themselves: the run is good, the tests are not. */
const unsteady: string[] = []

async function runSuite(name: string, filters: readonly string[]): Promise<Outcome> {
  const suite = suites[name]
  if (!suite) throw new Error(`no suite is called ${name}`)
  console.log(`\n=== ${name}`)
  const start = performance.now()
  let outcome: Outcome
  try {
    await ensurePackages(suite.packages, process.getuid?.() === 0)
    const tried = await suite.run(filters)
    outcome = sum(tried.outcomes)
    unsteady.push(...tried.unsteady)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    outcome = { ...none, failed: [name] }
  }
  console.log(`--- ${name}: ${summary(outcome)} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
  return outcome
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { full: { type: 'boolean', default: false } } })
if (values.full) process.env.SHELLWEGO_FULL = '1'
const wanted = positionals.filter((name) => name in suites)
const filters = positionals.filter((name) => !(name in suites))

/** In a whole run the compilers take what the browser, which mostly waits, leaves of the machine. */
const turns = wanted.length === 0 ? [['unit'], ['integration'], ['vm'], ['e2e', 'check']] : wanted.map((name) => [name])

await buildClient()
let total = none
for (const names of turns) {
  const outcomes = await Promise.all(names.map((name) => runSuite(name, filters)))
  total = outcomes.reduce(add, total)
}
for (const test of total.failed) console.log(`failed: ${test}`)
for (const test of unsteady) console.log(`unsteady: ${test}`)
for (const { test, reason } of total.skipped) console.log(`skipped: ${test}: ${reason}`)
console.log(`\n${summary(total)}`)
process.exit(total.failed.length === 0 ? 0 : 1)
