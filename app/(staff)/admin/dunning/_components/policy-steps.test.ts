import { expect, test } from 'vitest'
import { dayWords, policySteps } from './policy-steps.ts'

const rules = { reminder_days: [-3, 1, 7], retry_days: [1, 3, 20], grace_days: 14, retention_days: 60, last_notice_days: 7 }

test('the steps stand in the order of their days, those of one day as one', () => {
  expect(policySteps(rules).map(({ day, what }) => [dayWords(day), what])).toEqual([
    ['3 days before', 'A reminder that it will be due'], ['Due date', 'The invoice is due'], ['Day 1', 'A reminder by mail; the stored card is tried again'],
    ['Day 3', 'The stored card is tried again'], ['Day 7', 'A reminder by mail'], ['Day 14', 'Apps are stopped; nothing is deleted'],
    ['Day 67', 'The last notice by mail'], ['Day 74', 'Apps and secrets are deleted'],
  ])
})

test('a day looks like the worst of its steps', () => {
  expect(policySteps({ ...rules, reminder_days: [14], last_notice_days: 60 }).find(({ day }) => day === 14)?.tone).toBe('attention')
})
