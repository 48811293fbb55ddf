import fc from 'fast-check'
import { expect, test } from 'vitest'
import { paced, paceFrom } from './pace.ts'

const RULE = { burst: 3, everyMs: 100 }

test('a few questions follow each other at once, the next waits', () => {
  let pace = paceFrom()
  const pauses: number[] = []
  for (let count = 0; count < 5; count += 1) {
    const next = paced(pace, RULE, 1_000)
    pauses.push(next.pauseMs)
    pace = next.pace
  }
  expect(pauses).toEqual([0, 0, 0, 100, 100])
  expect(paced(pace, RULE, 5_000).pauseMs).toBe(0)
})

test('whatever comes when, in no time are there more questions than one in each interval and the burst', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }), (answersMs) => {
    let pace = paceFrom()
    let nowMs = 0
    const asked: number[] = []
    for (const answerMs of answersMs) {
      asked.push(nowMs)
      nowMs += answerMs
      const next = paced(pace, RULE, nowMs)
      pace = next.pace
      nowMs += next.pauseMs
    }
    for (const [at, first] of asked.entries()) {
      for (const [count, last] of asked.slice(at).entries()) expect(count).toBeLessThanOrEqual(RULE.burst + 1 + (last - first) / RULE.everyMs)
    }
  }))
})
