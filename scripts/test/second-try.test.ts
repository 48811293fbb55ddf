import { beforeEach, expect, test, vi } from 'vitest'
import { none, sum, type Outcome } from './outcome.ts'
import { withSecondTry } from './second-try.ts'

beforeEach(() => { vi.spyOn(console, 'log').mockReturnValue() })

const good = (file: string, passed = 2): Outcome => ({ ...none, file, passed })
const bad = (file: string): Outcome => ({ ...none, file, passed: 1, failed: [`${file} > breaks`] })

/** Answers the runs in turn and keeps what each was asked for. */
function runs(...answers: Outcome[][]) {
  const asked: (readonly string[])[] = []
  return { asked, run: async (filters: readonly string[]) => { asked.push(filters); return answers[asked.length - 1] ?? [] } }
}

test('a run without failures is run once', async () => {
  const { asked, run } = runs([good('a'), good('b')])
  expect(await withSecondTry(run, ['x'])).toEqual({ outcomes: [good('a'), good('b')], unsteady: [] })
  expect(asked).toEqual([['x']])
})

test('what passes at the second try counts once, and is told', async () => {
  const { asked, run } = runs([good('a'), bad('b')], [good('b')])
  const { outcomes, unsteady } = await withSecondTry(run, [])
  expect(asked).toEqual([[], ['b']])
  expect(sum(outcomes)).toMatchObject({ passed: 4, failed: [] })
  expect(unsteady).toEqual(['b > breaks'])
})

test('what fails again has failed', async () => {
  const { run } = runs([good('a'), bad('b'), bad('c')], [bad('b'), good('c')])
  const { outcomes, unsteady } = await withSecondTry(run, [])
  expect(sum(outcomes).failed).toEqual(['b > breaks'])
  expect(unsteady).toEqual([])
})

test('a file the second run says nothing of has failed', async () => {
  const { run } = runs([bad('b')], [])
  expect(sum((await withSecondTry(run, [])).outcomes).failed).toEqual(['b: gone at the second try'])
})

test('a failure of no file is not tried again, nor is a great number of files', async () => {
  const nowhere = runs([{ ...none, failed: ['the runner died'] }, bad('b')])
  expect(sum((await withSecondTry(nowhere.run, [])).outcomes).failed).toHaveLength(2)
  const many = runs(['a', 'b', 'c', 'd', 'e'].map(bad))
  expect(sum((await withSecondTry(many.run, [])).outcomes).failed).toHaveLength(5)
  expect([...nowhere.asked, ...many.asked]).toEqual([[], []])
})
