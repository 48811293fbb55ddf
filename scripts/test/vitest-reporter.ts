import { writeFileSync } from 'node:fs'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'
import { add, none, type Outcome } from './outcome.ts'

function outcomeOf(module: TestModule): Outcome {
  let outcome = none
  const file = module.relativeModuleId
  for (const test of module.children.allTests()) {
    const result = test.result()
    if (result.state === 'passed') outcome = add(outcome, { ...none, passed: 1 })
    else if (result.state === 'failed') outcome = add(outcome, { ...none, failed: 1 })
    else {
      const reason = result.state === 'skipped' && result.note ? result.note : 'no reason given'
      outcome = add(outcome, { ...none, skipped: [{ test: `${file} > ${test.fullName}`, reason }] })
    }
  }
  // A file that cannot be loaded, or whose hooks fail, holds no failed test but is a failure all the same.
  return module.state() === 'failed' && outcome.failed === 0 ? add(outcome, { ...none, failed: 1 }) : outcome
}

/** Writes the counts where the test runner reads them. */
export default class OutcomeReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const outcome = modules.map(outcomeOf).reduce(add, { ...none, failed: errors.length })
    const file = process.env.SHELLWEGO_TEST_OUTCOME
    if (file) writeFileSync(file, JSON.stringify(outcome))
  }
}
