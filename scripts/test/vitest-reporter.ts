import { writeFileSync } from 'node:fs'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'
import { add, none, type Outcome } from './outcome.ts'

function outcomeOf(module: TestModule): Outcome {
  const file = module.relativeModuleId
  let outcome: Outcome = { ...none, file }
  for (const test of module.children.allTests()) {
    const result = test.result()
    if (result.state === 'passed') outcome = add(outcome, { ...none, passed: 1 })
    else if (result.state === 'failed') outcome = add(outcome, { ...none, failed: [`${file} > ${test.fullName}: ${result.errors[0]?.message ?? ''}`] })
    else {
      const reason = result.state === 'skipped' && result.note ? result.note : 'no reason given'
      outcome = add(outcome, { ...none, skipped: [{ test: `${file} > ${test.fullName}`, reason }] })
    }
  }
  // A file that cannot be loaded, or whose hooks fail, holds no failed test but is a failure all the same.
  return module.state() === 'failed' && outcome.failed.length === 0 ? add(outcome, { ...none, failed: [`${file}: ${module.errors()[0]?.message ?? 'a hook failed'}`] }) : outcome
}

/** Writes the counts where the test runner reads them. */
export default class OutcomeReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const outcomes = [...modules.map(outcomeOf), ...errors.map(({ message }) => ({ ...none, failed: [message] }))]
    const file = process.env.SHELLWEGO_TEST_OUTCOME
    if (file) writeFileSync(file, JSON.stringify(outcomes))
  }
}
