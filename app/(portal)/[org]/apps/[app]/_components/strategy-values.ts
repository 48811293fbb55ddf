import type { Strategy, StrategyInput } from '../../../../../../server/contract/strategy.ts'

/** The form's own: what is typed. */
export interface StrategyValues {
  type: string; max_surge: string; max_unavailable: string; min_healthy_seconds: string; deadline_minutes: string; rollback_window_minutes: string
  canary_steps: string; canary_step_seconds: string; canary_min_requests: string; canary_max_error_rate: string; canary_max_latency_ratio: string
}

export const STRATEGY_CARDS = [
  { value: 'rolling', title: 'Rolling', detail: 'One instance after the other; the old one goes when the new one serves' },
  { value: 'blue_green', title: 'Blue-green', detail: 'All new ones beside the old, then every request at once; the old ones wait in case' },
  { value: 'canary', title: 'Canary', detail: 'A small share of requests first, growing while it answers as well as the old release; else all goes back' },
  { value: 'immediate', title: 'Immediate', detail: 'The old ones end first: a short outage, and no capacity beyond what runs' },
] as const
export const strategyWord = (type: Strategy['type']): string => STRATEGY_CARDS.find((card) => card.value === type)?.title ?? type

export const strategyValues = (s: Strategy): StrategyValues => ({
  type: s.type, max_surge: String(s.max_surge), max_unavailable: String(s.max_unavailable), min_healthy_seconds: String(s.min_healthy_seconds),
  deadline_minutes: s.deadline_seconds === null ? '' : String(s.deadline_seconds / 60), rollback_window_minutes: String(s.rollback_window_minutes),
  canary_steps: s.canary.steps.join(', '), canary_step_seconds: String(s.canary.step_seconds), canary_min_requests: String(s.canary.min_requests),
  canary_max_error_rate: String(s.canary.max_error_rate), canary_max_latency_ratio: String(s.canary.max_latency_ratio),
})

const amount = (text: string): number | string => (text.trim().endsWith('%') ? text.trim() : Number(text))

/** What the API takes; texts that are no numbers were refused by the fields. */
export const strategyInput = (values: StrategyValues): StrategyInput => ({
  type: STRATEGY_CARDS.find((card) => card.value === values.type)?.value ?? 'rolling',
  max_surge: amount(values.max_surge), max_unavailable: amount(values.max_unavailable), min_healthy_seconds: Number(values.min_healthy_seconds),
  deadline_seconds: values.deadline_minutes.trim() === '' ? null : Math.round(Number(values.deadline_minutes) * 60),
  rollback_window_minutes: Number(values.rollback_window_minutes),
  canary: {
    steps: values.canary_steps.split(',').map((step) => Number(step.replace('%', ''))), step_seconds: Number(values.canary_step_seconds),
    min_requests: Number(values.canary_min_requests), max_error_rate: Number(values.canary_max_error_rate),
    max_latency_ratio: Number(values.canary_max_latency_ratio),
  },
})
/** The field of the form that a fault of the API belongs to. */
export const fieldOf = (path: string): string =>
  path.replace(/^strategy\./, '').replace(/^canary\.([a-z_]+).*/, 'canary_$1').replace('deadline_seconds', 'deadline_minutes')
export const isAmount = (text: string): true | string => /^(\d{1,2}|(100|[1-9]?\d)%)$/.test(text.trim()) || 'Enter a number like 1 or a share like 25%.'
export const isNumber = (text: string): true | string => /^\d{1,6}$/.test(text.trim()) || 'Enter a whole number.'
export const isMinutes = (text: string): true | string => /^(\d{1,3}(\.\d{1,2})?)?$/.test(text.trim()) || 'Enter minutes, or nothing.'
export const isShares = (text: string): true | string => /^\s*\d{1,3}\s*%?\s*(,\s*\d{1,3}\s*%?\s*)*$/.test(text) || 'Enter shares like 5, 25, 50.'
export const isDecimal = (text: string): true | string => /^\d{1,3}(\.\d{1,2})?$/.test(text.trim()) || 'Enter a number like 1 or 1.5.'
