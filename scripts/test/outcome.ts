export interface Skip {
  test: string
  reason: string
}

/** What one suite came to; the last line of a test run is the sum of these. */
export interface Outcome {
  passed: number
  failed: number
  skipped: Skip[]
}

export const none: Outcome = { passed: 0, failed: 0, skipped: [] }

export function add(a: Outcome, b: Outcome): Outcome {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: [...a.skipped, ...b.skipped] }
}

export function summary({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed} failed, ${skipped.length} skipped`
}
