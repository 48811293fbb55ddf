import { expect, test } from 'vitest'
import { reminderStage } from './invoice-mails.ts'

test('three days before it is due, a day after, a week after', () => {
  const due = new Date('2026-11-15T00:00:00Z')
  const on = (day: string) => reminderStage(due, new Date(`2026-11-${day}T00:00:00Z`))
  expect(['11', '12', '15', '16', '21', '22'].map(on)).toEqual([null, 'soon', 'soon', 'overdue', 'overdue', 'last'])
})
