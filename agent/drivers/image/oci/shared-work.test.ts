import { expect, test } from 'vitest'
import { SharedWork } from './shared-work.ts'

const never = new AbortController().signal

test('callers of one key share one run; the next call after it starts anew', async () => {
  const work = new SharedWork<number>()
  let starts = 0
  const start = async (): Promise<number> => (starts += 1)
  expect(await Promise.all([work.run('a', never, start), work.run('a', never, start), work.run('b', never, start)])).toEqual([1, 1, 2])
  expect(work.size).toBe(0)
  expect(await work.run('a', never, start)).toBe(3)
})

test('the work is aborted only when the last caller gives up, and a new caller then starts anew', async () => {
  const work = new SharedWork<string>()
  const seen: AbortSignal[] = []
  const start = (signal: AbortSignal): Promise<string> => new Promise((_resolve, reject) => {
    seen.push(signal)
    signal.addEventListener('abort', () => setTimeout(() => reject(new Error('stopped')), 5))
  })
  const [one, two] = [new AbortController(), new AbortController()]
  const results = [work.run('k', one.signal, start), work.run('k', two.signal, start)]
  one.abort(new Error('one'))
  await expect(results[0]).rejects.toThrow('one')
  expect(seen[0]?.aborted).toBe(false)
  two.abort(new Error('two'))
  await expect(results[1]).rejects.toThrow('two')
  expect(seen[0]?.aborted).toBe(true)
  expect(await work.run('k', never, async () => 'anew')).toBe('anew')
})

test('a failure reaches every caller', async () => {
  const work = new SharedWork<string>()
  const start = async (): Promise<string> => { throw new Error('broken') }
  const results = await Promise.allSettled([work.run('k', never, start), work.run('k', never, start)])
  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected'])
})
