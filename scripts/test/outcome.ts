export interface Skip {
  test: string
  reason: string
}

/** What one file of tests, or one check, came to; the last line of a test run is the sum of these. */
export interface Outcome {
  /** Null when no single file is to blame. */
  file: string | null
  passed: number
  /** Names of what failed: the log of a long run is read from its end. */
  failed: string[]
  skipped: Skip[]
}

export const none: Outcome = { file: null, passed: 0, failed: [], skipped: [] }

export function add(a: Outcome, b: Outcome): Outcome {
  return { ...a, passed: a.passed + b.passed, failed: [...a.failed, ...b.failed], skipped: [...a.skipped, ...b.skipped] }
}

export const sum = (outcomes: readonly Outcome[]): Outcome => outcomes.reduce(add, none)

export function summary({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`
}
