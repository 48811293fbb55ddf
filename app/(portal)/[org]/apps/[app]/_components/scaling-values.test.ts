import { expect, test } from 'vitest'
import { AutoscalingPolicy } from '../../../../../../server/contract/autoscaling.ts'
import { scalingField, scalingInput, scalingValues, sensiblePolicy } from './scaling-values.ts'

test('a policy goes into the form and comes out as it was', () => {
  const policy = AutoscalingPolicy.parse({
    min: 2, max: 9, targets: { memory_percent: 70, requests_per_second: 2.5 }, schedule: [{ days: ['mon', 'sun'], from: '22:00', to: '06:00', at_least: 3 }], tolerance_percent: 0,
  })
  expect(scalingInput(scalingValues(policy))).toEqual(policy)
})

test('what is offered first is allowed, from whatever runs now', () => {
  for (const replicas of [0, 1, 7, 20]) expect(AutoscalingPolicy.safeParse(sensiblePolicy(replicas)).success).toBe(true)
  expect(sensiblePolicy(1)).toMatchObject({ min: 1, max: 4, targets: { cpu_percent: 60 } })
})

test('faults find the field they are about', () => {
  expect(['targets.cpu_percent', 'max_step.down', 'schedule.0.at_least', 'min'].map(scalingField)).toEqual(['cpu', 'step_down', 'schedule.0.at_least', 'min'])
})
