/** Decisions in words, for pages, events and lists. */
import type { ScalingMetric, ScheduleWindow } from '../../../contract/autoscaling.ts'
import { wordsOf } from './schedule.ts'

const NAMES: Record<ScalingMetric, string> = { cpu: 'CPU', memory: 'Memory', requests: 'Requests' }
const ARE: Record<ScalingMetric, string> = { cpu: 'CPU is', memory: 'Memory is', requests: 'Requests are' }
const rounded = (n: number): string => String(Math.round(n * 10) / 10)
const instances = (n: number): string => (n === 1 ? '1 instance' : `${n} instances`)
const amount = (metric: ScalingMetric, n: number): string => (metric === 'requests' ? `${rounded(n)} per second` : `${rounded(n)} %`)

const time = (seconds: number): string => (seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`)

export const measured = (metric: ScalingMetric, load: number | null, replicas: number, target: number | null): string =>
  (load === null || target === null ? `${ARE[metric]} not known.`
    : `${ARE[metric]} at ${amount(metric, load / replicas)} per instance (${replicas} running); the target is ${amount(metric, target)}.`)
export const scheduled = (window: ScheduleWindow): string => `The schedule asks for at least ${window.at_least}: ${wordsOf(window)}.`
export const noLongerScheduled = (least: number): string => `The schedule asks for no more than ${least} now.`
export const tooFew = (least: number): string => `At least ${instances(least)} shall run.`
export const tooMany = (max: number): string => `At most ${instances(max)} may run.`
export const atMax = (max: number, wish: number): string => `The metrics ask for ${wish}, at most ${max} may run.`
export const deploying = (): string => 'A deployment is under way; the number changes when it has ended.'
export const unplaced = (missing: number, replicas: number): string => `${missing} of ${instances(replicas)} have found no node yet.`
export const missing = (metrics: readonly ScalingMetric[]): string =>
  `${metrics.map((metric) => NAMES[metric]).join(' and ')}: no figures yet, so the number does not go down.`
export const stabilizing = (needed: number, seconds: number): string => `${instances(needed)} were needed within the last ${time(seconds)}.`
export const paused = (ms: number, direction: 'up' | 'down'): string =>
  `Waits ${time(Math.ceil(ms / 1_000))} after the last change before it goes ${direction}.`
