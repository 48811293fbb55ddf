import type { DunningPolicy } from '../../../../../server/contract/dunning.ts'

type Rules = Pick<DunningPolicy, 'reminder_days' | 'retry_days' | 'grace_days' | 'retention_days' | 'last_notice_days'>

export interface PolicyStep { day: number; what: string; tone: 'idle' | 'info' | 'attention' | 'bad' }

/** What an invoice that is never paid leads to, by days past its due date. */
export const policySteps = (rules: Rules): PolicyStep[] => {
  const end = rules.grace_days + rules.retention_days
  const before = (day: number): boolean => day < rules.grace_days
  const steps: PolicyStep[] = [
    { day: 0, what: 'The invoice is due', tone: 'idle' },
    ...rules.reminder_days.map((day): PolicyStep => ({ day, what: day < 0 ? 'A reminder that it will be due' : 'A reminder by mail', tone: 'info' })),
    ...rules.retry_days.filter(before).map((day): PolicyStep => ({ day, what: 'The stored card is tried again', tone: 'info' })),
    { day: rules.grace_days, what: 'Apps are stopped; nothing is deleted', tone: 'attention' },
    { day: end - rules.last_notice_days, what: 'The last notice by mail', tone: 'attention' },
    { day: end, what: 'Apps and secrets are deleted', tone: 'bad' },
  ]
  return [...Map.groupBy(steps.toSorted((a, b) => a.day - b.day), ({ day }) => day).values()].flatMap(merged)
}

const RANK = ['idle', 'info', 'attention', 'bad'] as const

/** Steps of one day read as one. */
const merged = (steps: PolicyStep[]): PolicyStep[] => {
  const [first, ...rest] = steps
  if (!first) return []
  const worst = RANK.findLast((tone) => steps.some((step) => step.tone === tone)) ?? first.tone
  return [{ day: first.day, tone: worst, what: [first.what, ...rest.map(({ what }) => `${what.slice(0, 1).toLowerCase()}${what.slice(1)}`)].join('; ') }]
}

export const dayWords = (day: number): string => (day === 0 ? 'Due date' : day < 0 ? `${-day} ${day === -1 ? 'day' : 'days'} before` : `Day ${day}`)
