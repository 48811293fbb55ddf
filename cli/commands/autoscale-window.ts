import { UsageError } from '../exit.ts'
import type { operations } from '../sdk/index.ts'

type Window = NonNullable<operations['autoscaling.get']['responses'][200]['content']['application/json']['policy']>['schedule'][number]
type Day = Window['days'][number]

const WEEK: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const SETS: Record<string, readonly Day[]> = { weekdays: WEEK.slice(0, 5), weekends: WEEK.slice(5), daily: WEEK }
export const DAYS = 'weekdays, weekends, daily, or days like mon,wed'

const daysOf = (given: string): Day[] => {
  const days = SETS[given] ?? given.split(',').map((name) => {
    const day = WEEK.find((one) => one === name.trim().toLowerCase())
    if (!day) throw new UsageError(`Days are ${DAYS}, not ${name}`)
    return day
  })
  return WEEK.filter((day) => days.includes(day))
}

export const windowOf = (days: string, hours: string, atLeast: number): Window => {
  const [, from, to] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(hours) ?? []
  if (from === undefined || to === undefined) throw new UsageError(`Hours are like 08:00-18:00, not ${hours || 'nothing'}`)
  return { days: daysOf(days), from, to, at_least: atLeast }
}

export const windowText = ({ days, from, to, at_least: least }: Window): string => {
  const name = Object.keys(SETS).find((set) => SETS[set]?.join() === WEEK.filter((day) => days.includes(day)).join())
  return `${name ?? days.join(',')} ${from}-${to}: ${least}`
}
