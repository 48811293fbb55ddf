import { type Command, Option } from 'commander'
import { UsageError } from '../exit.ts'
import { seconds, wholeNumber } from '../output/values.ts'

export interface StrategyOptions {
  canarySteps?: string; stepTime?: string; minRequests?: string; maxErrorRate?: string; maxLatencyRatio?: string
  strategy?: string; maxSurge?: string; maxUnavailable?: string; minHealthy?: string; deadline?: string; rollbackWindow?: string
}

const TYPES = { rolling: 'rolling', 'blue-green': 'blue_green', canary: 'canary', immediate: 'immediate' } as const
type Name = keyof typeof TYPES

export const strategyOptions = (command: Command): Command => command
  .addOption(new Option('--strategy <kind>', 'how the new release takes over').choices(Object.keys(TYPES)))
  .option('--max-surge <count>', 'rolling: how many may run beyond the wanted number, like 1 or 25%')
  .option('--max-unavailable <count>', 'rolling: how many may be missing meanwhile, like 1 or 25%')
  .option('--min-healthy <time>', 'how long an instance must be healthy before it gets requests')
  .option('--deadline <time>', 'what is not live by then has failed')
  .option('--rollback-window <time>', 'blue-green: how long the old instances are kept to go back at once')
  .option('--canary-steps <shares>', 'canary: percent of requests, one step after the other, like 5,25,50')
  .option('--step-time <time>', 'canary: how long each step lasts at least')
  .option('--min-requests <count>', 'canary: requests to compare in each step')
  .option('--max-error-rate <percent>', 'canary: how many percent more requests than before may fail')
  .option('--max-latency-ratio <times>', 'canary: how many times as slow as before it may be')

const decimal = (given: string, option: string): number => {
  if (!/^\d+(\.\d+)?$/.test(given)) throw new UsageError(`${option} takes a number like 1 or 1.5`)
  return Number(given)
}

const canaryOf = ({ canarySteps, stepTime, minRequests, maxErrorRate, maxLatencyRatio }: StrategyOptions) => ({
  ...(canarySteps === undefined ? {} : { steps: canarySteps.split(',').map((share) => wholeNumber(share.trim().replace(/%$/, ''), '--canary-steps', 1)) }),
  ...(stepTime === undefined ? {} : { step_seconds: seconds(stepTime, '--step-time') }),
  ...(minRequests === undefined ? {} : { min_requests: wholeNumber(minRequests, '--min-requests', 1) }),
  ...(maxErrorRate === undefined ? {} : { max_error_rate: decimal(maxErrorRate, '--max-error-rate') }),
  ...(maxLatencyRatio === undefined ? {} : { max_latency_ratio: decimal(maxLatencyRatio, '--max-latency-ratio') }),
})

const amount = (given: string, option: string): number | string => (given.endsWith('%') ? given : wholeNumber(given, option))

const minutes = (given: string, option: string): number => {
  const value = seconds(given, option)
  if (value % 60 !== 0) throw new UsageError(`${option} takes whole minutes`)
  return value / 60
}

/** Null when nothing was said of it. */
export function strategyOf(options: StrategyOptions) {
  const { strategy, maxSurge, maxUnavailable, minHealthy, deadline, rollbackWindow } = options
  const canary = canaryOf(options)
  const input = {
    ...(strategy === undefined ? {} : { type: TYPES[strategy as Name] }),
    ...(maxSurge === undefined ? {} : { max_surge: amount(maxSurge, '--max-surge') }),
    ...(maxUnavailable === undefined ? {} : { max_unavailable: amount(maxUnavailable, '--max-unavailable') }),
    ...(minHealthy === undefined ? {} : { min_healthy_seconds: seconds(minHealthy, '--min-healthy') }),
    ...(deadline === undefined ? {} : { deadline_seconds: seconds(deadline, '--deadline') }),
    ...(rollbackWindow === undefined ? {} : { rollback_window_minutes: minutes(rollbackWindow, '--rollback-window') }),
    ...(Object.keys(canary).length === 0 ? {} : { canary }),
  }
  return Object.keys(input).length === 0 ? null : input
}
