import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { checkout, readOptional } from '../host/files.ts'
import { freePort } from '../host/ports.ts'
import { isNoteworthy } from '../up/noteworthy.ts'
import { interactive } from './interactive.ts'
import { none, sum, type Outcome } from './outcome.ts'
import { makeProduct } from './product.ts'

const FIRST_NAME_SERVER_PORT = 21_390

interface Annotation { type: string; description?: string }
interface Spec { title: string; tests: { status: 'expected' | 'unexpected' | 'flaky' | 'skipped'; annotations: Annotation[] }[] }
interface Suite { title: string; specs: Spec[]; suites?: Suite[] }
interface Report { suites: Suite[]; errors: { message: string }[] }

function outcomeOfSpec({ title, tests }: Spec): Outcome {
  const [test] = tests
  if (!test) return none
  if (test.status === 'skipped') {
    const reason = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? 'an earlier step failed'
    return { ...none, skipped: [{ test: title, reason }] }
  }
  return test.status === 'expected' ? { ...none, passed: 1 } : { ...none, failed: [title] }
}

function outcomeOfSuite(suite: Suite): Outcome {
  return sum([...suite.specs.map(outcomeOfSpec), ...(suite.suites ?? []).map(outcomeOfSuite)])
}

function outcomeOfFile(suite: Suite): Outcome {
  const outcome = outcomeOfSuite(suite)
  return { ...outcome, file: suite.title, failed: outcome.failed.map((test) => `e2e/${suite.title} > ${test}`) }
}

async function runPlaywright(env: Record<string, string>, filters: readonly string[]): Promise<Outcome[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shellwego-outcome-'))
  const file = path.join(folder, 'report.json')
  try {
    const status = await interactive([process.execPath, path.join(checkout, 'node_modules/@playwright/test/cli.js'), 'test', ...filters],
      { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file })
    const text = readOptional(file)
    const report: Report = text ? JSON.parse(text) as Report : { suites: [], errors: [{ message: 'no report' }] }
    const outcomes = [
      ...report.suites.map(outcomeOfFile),
      ...report.errors.map(({ message }) => ({ ...none, failed: [message] })),
    ]
    return status !== 0 && sum(outcomes).failed.length === 0 ? [...outcomes, { ...none, failed: ['e2e'] }] : outcomes
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const LINES_PER_PART = 30

/** What the parts complained of, for who has no more than this output. */
function tellTroubles(data: string): void {
  const folder = path.join(data, 'logs')
  for (const file of readdirSync(folder)) {
    const lines = readFileSync(path.join(folder, file), 'utf8').split('\n').filter((line) => line !== '' && isNoteworthy(line))
    for (const line of lines.slice(-LINES_PER_PART)) console.log(`${file}: ${line.slice(0, 500)}`)
  }
}

/** The journeys of e2e/ in a real browser against a product of their own. */
export async function runBrowserTests(filters: readonly string[]): Promise<Outcome[]> {
  // Name servers and providers that journeys start themselves, on this machine.
  const nameServer = `127.0.0.1:${await freePort(FIRST_NAME_SERVER_PORT)}`
  const product = await makeProduct({ SHELLWEGO_WEBHOOK_ALLOW: '127.0.0.1/32', SHELLWEGO_DNS_SERVERS: nameServer })
  try {
    await product.start()
    const outcomes = await runPlaywright(product.env, filters)
    if (sum(outcomes).failed.length > 0) tellTroubles(product.data)
    return outcomes
  } finally {
    await product.remove()
  }
}
