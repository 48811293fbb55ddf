import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { grouped } from './grouped.ts'

const recording = (settings: { most?: number; lanes?: number; keyed?: boolean; fails?: (items: readonly string[]) => boolean } = {}) => {
  const groups: string[][] = []
  const call = grouped<string, string>({
    most: settings.most ?? 10, lanes: settings.lanes ?? 1, ...(settings.keyed ? { keyOf: (item: string) => item } : {}),
    together: async (items) => {
      groups.push([...items])
      await sleep(5)
      if (settings.fails?.(items)) throw new Error(`not ${items.join()}`)
      return items.map((item) => item.toUpperCase())
    },
  })
  return { call, groups }
}

test('calls of one tick go together, later ones wait for those, and each gets its own answer', async () => {
  const { call, groups } = recording()
  const first = ['a', 'b'].map(call)
  await sleep(1)
  const later = ['c', 'd', 'e'].map(call)
  expect(await Promise.all([...first, ...later])).toEqual(['A', 'B', 'C', 'D', 'E'])
  expect(groups).toEqual([['a', 'b'], ['c', 'd', 'e']])
})

test('no group is larger than allowed, and none holds the same key twice', async () => {
  const large = recording({ most: 2 })
  await Promise.all(['a', 'b', 'c'].map(large.call))
  expect(large.groups).toEqual([['a', 'b'], ['c']])
  const keyed = recording({ keyed: true })
  expect(await Promise.all(['a', 'a', 'b', 'a'].map(keyed.call))).toEqual(['A', 'A', 'B', 'A'])
  expect(keyed.groups).toEqual([['a', 'b'], ['a'], ['a']])
})

test('one that fails spoils only itself', async () => {
  const { call, groups } = recording({ fails: (items) => items.includes('bad') })
  const answers = await Promise.allSettled(['a', 'bad', 'b'].map(call))
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(groups).toEqual([['a', 'bad', 'b'], ['a'], ['bad'], ['b']])
})

test('several groups are under way at once where that is allowed', async () => {
  const { call, groups } = recording({ most: 1, lanes: 3 })
  const begun = performance.now()
  await Promise.all(['a', 'b', 'c'].map(call))
  expect(groups).toHaveLength(3)
  expect(performance.now() - begun).toBeLessThan(14)
})
