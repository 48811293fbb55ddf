import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { atMost } from './at-most.ts'

test('no more than allowed are under way, in the order they came, and a failure gives its turn on', async () => {
  const inTurn = atMost(2)
  let [underWay, most] = [0, 0]
  const done: number[] = []
  const act = (nth: number) => inTurn(async () => {
    underWay += 1
    most = Math.max(most, underWay)
    await sleep(2)
    underWay -= 1
    done.push(nth)
    if (nth === 1) throw new Error('failed')
  })
  const outcomes = await Promise.allSettled([0, 1, 2, 3, 4].map(act))
  expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true, true])
  expect([most, done]).toEqual([2, [0, 1, 2, 3, 4]])
})
