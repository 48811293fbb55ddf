import path from 'node:path'
import { checkout } from '../host/files.ts'
import { CommandError, run } from '../host/run.ts'
import { oversizedFiles } from './file-sizes.ts'
import { none, type Outcome } from './outcome.ts'

/** Behind whatever else runs. */
const tool = (script: string, ...args: string[]): Promise<string> =>
  run(['nice', '-n', '19', process.execPath, path.join(checkout, 'node_modules', script), ...args], { cwd: checkout })

/** Next writes the types of its pages first; without them the compiler knows no PageProps. */
async function types(): Promise<string> {
  await tool('next/dist/bin/next', 'typegen')
  return tool('typescript/bin/tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', 'dist/check.tsbuildinfo')
}

async function fileSizes(): Promise<string> {
  const oversized = oversizedFiles()
  if (oversized.length > 0) throw new Error(oversized.join('\n'))
  return ''
}

const checks: Record<string, () => Promise<string>> = {
  'types (tsc)': types,
  'lint (eslint)': () => tool('eslint/bin/eslint.js', '--max-warnings', '0', '.'),
  'who imports whom (dependency-cruiser)': () => tool('dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', '.'),
  'unused code (knip)': () => tool('knip/bin/knip.js', '--no-progress'),
  'file sizes': fileSizes,
}

async function check(name: string, work: () => Promise<string>): Promise<Outcome> {
  const start = performance.now()
  try {
    await work()
    console.log(`  ok    ${name} (${Math.round(performance.now() - start)} ms)`)
    return { ...none, passed: 1 }
  } catch (error) {
    const text = error instanceof CommandError ? error.output : String(error)
    console.log(`  FAIL  ${name}\n${text.trim()}\n`)
    return { ...none, failed: [name] }
  }
}

export function runChecks(): Promise<Outcome[]> {
  return Promise.all(Object.entries(checks).map(([name, work]) => check(name, work)))
}
