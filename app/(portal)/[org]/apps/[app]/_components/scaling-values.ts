import { AutoscalingPolicy, DAYS, type ScheduleWindow } from '../../../../../../server/contract/autoscaling.ts'
import { MAX_REPLICAS } from '../../../../../../server/contract/app.ts'

/** The form's own: what is typed. */
export interface ScalingValues {
  min: string; max: string; cpu: string; memory: string; requests: string
  schedule: { days: ScheduleWindow['days']; from: string; to: string; at_least: string }[]
  tolerance: string; up_after: string; down_after: string; stabilization: string; step_up: string; step_down: string
}

export const SCALING_LABELS: Record<keyof ScalingValues, string> = {
  min: 'At least', max: 'At most', cpu: 'CPU', memory: 'Memory', requests: 'Requests', schedule: 'Schedule', tolerance: 'Tolerance',
  up_after: 'Pause after an increase', down_after: 'Pause before a decrease', stabilization: 'Look back', step_up: 'Most at a time, up', step_down: 'Most at a time, down',
}
export const WEEKDAYS = DAYS.slice(0, 5)

const text = (n: number | null): string => (n === null ? '' : String(n))

export const scalingValues = (p: AutoscalingPolicy): ScalingValues => ({
  min: text(p.min), max: text(p.max), cpu: text(p.targets.cpu_percent), memory: text(p.targets.memory_percent), requests: text(p.targets.requests_per_second),
  schedule: p.schedule.map((window) => ({ ...window, at_least: text(window.at_least) })), tolerance: text(p.tolerance_percent),
  up_after: text(p.cool_down.up_seconds), down_after: text(p.cool_down.down_seconds), stabilization: text(p.stabilization_seconds),
  step_up: text(p.max_step.up), step_down: text(p.max_step.down),
})

/** From what runs now to four times as many, by the processor: right for most that answer requests. */
export const sensiblePolicy = (replicas: number): AutoscalingPolicy =>
  AutoscalingPolicy.parse({ min: Math.max(1, replicas), max: Math.min(MAX_REPLICAS, Math.max(1, replicas) * 4), targets: { cpu_percent: 60 } })

const amount = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed))

/** What the API takes; texts that are no numbers were refused by the fields. */
export const scalingInput = (v: ScalingValues): AutoscalingPolicy => ({
  min: Number(v.min), max: Number(v.max), targets: { cpu_percent: amount(v.cpu), memory_percent: amount(v.memory), requests_per_second: amount(v.requests) },
  schedule: v.schedule.map((row) => ({ ...row, days: DAYS.filter((day) => row.days.includes(day)), at_least: Number(row.at_least) })),
  tolerance_percent: Number(v.tolerance), cool_down: { up_seconds: Number(v.up_after), down_seconds: Number(v.down_after) },
  stabilization_seconds: Number(v.stabilization), max_step: { up: Number(v.step_up), down: Number(v.step_down) },
})

const NAMES: Record<string, keyof ScalingValues> = {
  'targets.cpu_percent': 'cpu', 'targets.memory_percent': 'memory', 'targets.requests_per_second': 'requests', targets: 'cpu', tolerance_percent: 'tolerance',
  'cool_down.up_seconds': 'up_after', 'cool_down.down_seconds': 'down_after', stabilization_seconds: 'stabilization', 'max_step.up': 'step_up', 'max_step.down': 'step_down',
}
export const scalingField = (path: string): string => NAMES[path] ?? path

export const isCount = (typed: string): true | string => /^([1-9]|1\d|20)$/.test(typed.trim()) || `Enter a number from 1 to ${MAX_REPLICAS}.`
export const isPercent = (typed: string): true | string => /^([1-8]?\d|9[0-5])?$/.test(typed.trim()) || 'Enter 10 to 95, or nothing.'
export const isRate = (typed: string): true | string => /^(\d{1,6}(\.\d{1,2})?)?$/.test(typed.trim()) || 'Enter a number, or nothing.'
export const isSeconds = (typed: string): true | string => (/^\d{1,4}$/.test(typed.trim()) && Number(typed) <= 3600) || 'Enter 0 to 3600 seconds.'
export const isTolerance = (typed: string): true | string => /^([1-4]?\d|50)$/.test(typed.trim()) || 'Enter 0 to 50 percent.'
export const isTime = (typed: string): true | string => /^([01]\d|2[0-3]):[0-5]\d$/.test(typed.trim()) || 'Enter times like 08:00.'
