import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CanarySettings } from '../../contract/canary.ts'
import { binOf, LATENCY_BOUNDS_MS, latencyBins } from '../../contract/metrics.ts'
import { figuresOf, judge, nothingAnswered, type Answered } from './judge.ts'
import { endSteps, firstSteps, moveSteps, presentStep, promoteSteps } from './steps.ts'

const settings = CanarySettings.parse({})
/** All of them in the bucket of that latency, but for the slow ones in the last. */
const figures = (requests: number, errors = 0, ms = 20, slow = 0): Answered => {
  const latency = latencyBins()
  latency[binOf(LATENCY_BOUNDS_MS, ms)] = requests - slow
  latency[latency.length - 1] = slow
  return { status: [0, requests - errors, 0, 0, errors], latency }
}
const at = (seconds: number, old: Answered, fresh: Answered) => judge(settings, seconds * 1_000, { old, new: fresh })

test.each([
  ['as good, time not over', 30, figures(900), figures(50), 'wait', /so far/],
  ['as good, time over', 60, figures(900), figures(50), 'go_on', /50 requests/],
  ['too few', 60, figures(900), figures(7), 'wait', /7 of the 50 requests.*120 s more/],
  ['too few for three times the time', 180, figures(900), figures(7), 'go_on', /Only 7 requests/],
  ['nobody came', 60, figures(0), figures(0), 'go_on', /Nobody asked/],
  ['one error of many', 60, figures(900), figures(50, 1), 'go_on', /as good/i],
  ['errors, enough requests, long before the time', 5, figures(900, 1), figures(60, 3), 'abort', /3 of 60 requests.*5 %.*0.1 %/],
  ['errors, too few requests before the time', 30, figures(900), figures(6, 6), 'wait', /6 of the 50/],
  ['errors, too few requests, time over', 60, figures(900), figures(6, 6), 'abort', /6 of 6 requests.*100 %/],
  ['both fail alike', 60, figures(900, 90), figures(60, 6), 'go_on', /as good/i],
  ['errors where the old release got nothing', 60, figures(0), figures(60, 6), 'abort', /got none/],
  ['slower', 20, figures(900, 0, 40), figures(60, 0, 120), 'abort', /within 148 ms.*within 49 ms.*2 times/],
  ['a few slow ones, as of an instance that just started', 70, figures(900), figures(50, 0, 20, 4), 'go_on', /as good/i],
  ['enough slow ones', 30, figures(900), figures(50, 0, 20, 5), 'abort', /within 30000 ms/],
  ['slower than nothing to compare with', 60, figures(3, 0, 40), figures(60, 0, 90), 'go_on', /as good/i],
  ['slower, but nobody feels it', 60, figures(900, 0, 2), figures(60, 0, 20), 'go_on', /as good/i],
])('%s', (_, seconds, old, fresh, act, words) => {
  const verdict = at(seconds, old, fresh)
  expect(verdict.act).toBe(act)
  expect(verdict.act === 'abort' ? verdict.fault.detail : verdict.note).toMatch(words)
})

test('figures are read from sums: errors are 5xx, the quantile is of all requests together', () => {
  expect(figuresOf(figures(100, 5, 20, 5))).toEqual({ requests: 100, errors: 5, p95_ms: 20 })
  expect(figuresOf(nothingAnswered())).toEqual({ requests: 0, errors: 0, p95_ms: null })
})

const anyFigures = fc.record({ requests: fc.nat(2_000), bad: fc.nat(100), ms: fc.integer({ min: 1, max: 5_000 }) })
  .map(({ requests, bad, ms }) => figures(requests, Math.floor((requests * bad) / 100), ms))

test('whatever is measured, after three times its time a step is over; a release that does what the old one does is never ended', () => {
  fc.assert(fc.property(anyFigures, anyFigures, fc.integer({ min: 0, max: 400 }), (old, fresh, seconds) => {
    if (seconds >= 180) expect(at(seconds, old, fresh).act).not.toBe('wait')
    expect(at(seconds, old, old).act).not.toBe('abort')
    if (at(seconds, old, fresh).act === 'abort') expect(figuresOf(fresh).requests).toBeGreaterThan(0)
  }))
})

test('steps follow each other in order, each for its time at least, and end at all requests', () => {
  const look = fc.record({ wait: fc.integer({ min: 1, max: 200 }), divided: fc.boolean(), by: fc.constantFrom('time', 'time', 'time', 'next') })
  fc.assert(fc.property(fc.array(look, { minLength: 60, maxLength: 60 }), (looks) => {
    let [steps, now] = [firstSteps(settings), Date.parse('2026-11-22T00:00:00Z')]
    for (const { wait, divided, by } of looks) {
      const before = presentStep(steps)
      now += wait * 1_000
      steps = by === 'next' ? promoteSteps(steps, 'next', new Date(now)) ?? steps : moveSteps(settings, steps, { divided, answered: { old: figures(0), new: figures(0) } }, new Date(now)).steps
      expect(steps.filter((s) => s.state === 'starting' || s.state === 'watching')).toHaveLength(1)
      const ended = steps.find((s) => s.share === before?.share && s.state === 'done')
      if (ended && by !== 'next') expect(Date.parse(ended.finished_at ?? '') - Date.parse(ended.started_at ?? '')).toBeGreaterThanOrEqual(60_000)
    }
    const nobody = { divided: true, answered: { old: figures(0), new: figures(0) } }
    for (let i = 0; i < 10; i += 1) steps = moveSteps(settings, steps, nobody, new Date(now += 180_000)).steps
    expect(steps.map((s) => s.state)).toEqual(['done', 'done', 'done', 'starting'])
  }))
})

test('by hand the next step comes, or all requests at once; nothing is left to go on to after that', () => {
  const now = new Date('2026-11-22T00:00:00Z')
  const next = promoteSteps(firstSteps(settings), 'next', now)
  expect(next?.map((s) => s.state)).toEqual(['done', 'starting', 'waiting', 'waiting'])
  const all = promoteSteps(next ?? [], 'all', now)
  expect(all?.map((s) => [s.state, s.note])).toEqual([['done', 'Gone on by hand.'], ['done', 'Gone on by hand.'], ['done', 'Left out by hand.'], ['starting', null]])
  expect(promoteSteps(all ?? [], 'next', now)).toBeNull()
  expect(endSteps(all ?? [], 'cancelled', null, now).map((s) => s.state)).toEqual(['done', 'done', 'done', 'cancelled'])
})
