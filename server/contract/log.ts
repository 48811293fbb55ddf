import { z } from 'zod'
import { Instant } from './time.ts'

/** From the least to the most pressing. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]
export const LOG_STREAMS = ['stdout', 'stderr', 'system'] as const
export type LogStream = (typeof LOG_STREAMS)[number]

export const LogLine = z.object({
  id: z.string().describe('Cursor of the line'), at: Instant, instance_id: z.string(), stream: z.enum(LOG_STREAMS),
  level: z.enum(LOG_LEVELS).describe('Guessed from the words near its start'), line: z.string(),
})
export type LogLine = z.infer<typeof LogLine>

const WORDS: ReadonlyArray<readonly [LogLevel, RegExp]> = [
  ['error', /(?:^|[\s"[(])(?:error|err|fatal|panic|critical|emerg|alert)(?=[\s\]:"),]|$)|level"?[=:]\s*"?(?:error|fatal)|^\w{0,80}(?:Error|Exception):/i],
  ['warn', /(?:^|[\s"[(])warn(?:ing)?(?=[\s\]:"),]|$)|level"?[=:]\s*"?warn/i],
  ['debug', /(?:^|[\s"[(])(?:debug|trace)(?=[\s\]:"),]|$)|level"?[=:]\s*"?(?:debug|trace)/i],
]
const LOOKED_AT = 120

/** Guessed from the words that loggers put near the start of a line; apps print what they like. */
export const logLevel = (text: string): LogLevel => {
  const head = text.slice(0, LOOKED_AT)
  return WORDS.find(([, pattern]) => pattern.test(head))?.[0] ?? 'info'
}
