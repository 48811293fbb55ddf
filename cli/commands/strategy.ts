import { type Command, Option } from 'commander'
import { UsageError } from '../exit.ts'
import { seconds, wholeNumber } from '../output/values.ts'

export interface StrategyOptions {
  strategy?: string; maxSurge?: string; maxUnavailable?: string; minHealthy?: string; deadline?: string; rollbackWindow?: string
}

const TYPES = { rolling: 'rolling', 'blue-green': 'blue_green', immediate: 'immediate' } as const
type Name = keyof typeof TYPES

export const strategyOptions = (command: Command): Command => command
  .addOption(new Option('--strategy <kind>', 'how the new release takes over').choices(Object.keys(TYPES)))
  .option('--max-surge <count>', 'rolling: how many may run beyond the wanted number, like 1 or 25%')
  .option('--max-unavailable <count>', 'rolling: how many may be missing meanwhile, like 1 or 25%')
  .option('--min-healthy <time>', 'how long an instance must be healthy before it gets requests')
  .option('--deadline <time>', 'what is not live by then has failed')
  .option('--rollback-window <time>', 'blue-green: how long the old instances are kept to go back at once')

const amount = (given: string, option: string): number | string => (given.endsWith('%') ? given : wholeNumber(given, option))

const minutes = (given: string, option: string): number => {
  const value = seconds(given, option)
  if (value % 60 !== 0) throw new UsageError(`${option} takes whole minutes`)
  return value / 60
}

/** Null when nothing was said of it. */
export function strategyOf(options: StrategyOptions) {
  const { strategy, maxSurge, maxUnavailable, minHealthy, deadline, rollbackWindow } = options
  const input = {
    ...(strategy === undefined ? {} : { type: TYPES[strategy as Name] }),
    ...(maxSurge === undefined ? {} : { max_surge: amount(maxSurge, '--max-surge') }),
    ...(maxUnavailable === undefined ? {} : { max_unavailable: amount(maxUnavailable, '--max-unavailable') }),
    ...(minHealthy === undefined ? {} : { min_healthy_seconds: seconds(minHealthy, '--min-healthy') }),
    ...(deadline === undefined ? {} : { deadline_seconds: seconds(deadline, '--deadline') }),
    ...(rollbackWindow === undefined ? {} : { rollback_window_minutes: minutes(rollbackWindow, '--rollback-window') }),
  }
  return Object.keys(input).length === 0 ? null : input
}
