import { Option } from 'commander'
import { wholeNumber } from '../output/values.ts'

export interface LimitOption { limit: number }

/** Lists are read page after page up to this many. */
export const limitOption = (initial = 100): Option =>
  new Option('--limit <count>', 'at most so many').default(initial).argParser((given) => wholeNumber(given, '--limit', 1))
