import { expect, test } from 'vitest'
import { strategyOf } from './strategy.ts'

test('what is said of a canary becomes its settings; what is not said is left as it is', () => {
  expect(strategyOf({})).toBeNull()
  expect(strategyOf({ strategy: 'canary' })).toEqual({ type: 'canary' })
  expect(strategyOf({ canarySteps: '5, 25%,50', stepTime: '2m', minRequests: '100', maxErrorRate: '0.5', maxLatencyRatio: '3' })).toEqual({
    canary: { steps: [5, 25, 50], step_seconds: 120, min_requests: 100, max_error_rate: 0.5, max_latency_ratio: 3 },
  })
})

test.each([{ canarySteps: '5,many' }, { stepTime: 'soon' }, { minRequests: '0' }, { maxErrorRate: '-1' }, { maxLatencyRatio: 'twice' }])('%j is refused with the name of the option', (given) => {
  const [name = ''] = Object.keys(given)
  expect(() => strategyOf(given)).toThrow(new RegExp(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`))
})
