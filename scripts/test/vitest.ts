import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { checkout, readOptional } from '../host/files.ts'
import { interactive } from './interactive.ts'
import { none, type Outcome } from './outcome.ts'

/** Runs one project of vitest.config.ts; `filters` narrow it to files. */
export async function runVitest(project: string, filters: readonly string[]): Promise<Outcome[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shellwego-outcome-'))
  const file = path.join(folder, 'outcome.json')
  try {
    const status = await interactive(
      [process.execPath, path.join(checkout, 'node_modules/vitest/vitest.mjs'), 'run', '--project', project,
        '--reporter=default', '--reporter=./scripts/test/vitest-reporter.ts', ...filters],
      { SHELLWEGO_TEST_OUTCOME: file })
    const text = readOptional(file)
    const outcomes = text ? JSON.parse(text) as Outcome[] : []
    return status !== 0 && outcomes.every(({ failed }) => failed.length === 0) ? [...outcomes, { ...none, failed: [project] }] : outcomes
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
