import type { Outcome } from './outcome.ts'

/** More than these is no chance of the machine. */
const MOST_FILES = 4

export interface Tried {
  outcomes: Outcome[]
  /** What failed first and passed in a run of its own; always told, never a failure. */
  unsteady: string[]
}

/**
 * Runs tests, and the files that failed once more by themselves: emulated machines on a busy host miss deadlines now and then.
 * `run` gets filters and answers an outcome per file.
 */
export async function withSecondTry(run: (filters: readonly string[]) => Promise<Outcome[]>, filters: readonly string[]): Promise<Tried> {
  const first = await run(filters)
  const broken = first.filter(({ failed }) => failed.length > 0)
  const files = broken.flatMap(({ file }) => file ?? [])
  if (files.length === 0 || files.length < broken.length || files.length > MOST_FILES) return { outcomes: first, unsteady: [] }
  for (const test of broken.flatMap(({ failed }) => failed)) console.log(`failed at first: ${test}`)
  console.log(`--- once more: ${files.join(' ')}`)
  const second = await run(files)
  const again = second.flatMap(({ failed }) => failed)
  const lost = files.filter((file) => !second.some((outcome) => outcome.file === file)).map((file) => `${file}: gone at the second try`)
  return {
    outcomes: [
      ...first.filter(({ file }) => file === null || !files.includes(file)),
      ...second.filter(({ file, failed }) => file === null || files.includes(file) || failed.length > 0),
      ...lost.map((test) => ({ file: null, passed: 0, failed: [test], skipped: [] })),
    ],
    unsteady: again.length + lost.length > 0 ? [] : broken.flatMap(({ failed }) => failed),
  }
}
