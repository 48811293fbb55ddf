export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

const words: ReadonlyArray<readonly [LogLevel, RegExp]> = [
  [
    'error',
    /(?:^|[\s"[(])(?:error|err|fatal|panic|critical|emerg|alert)(?=[\s\]:"),]|$)|level"?[=:]\s*"?(?:error|fatal)|^\w*(?:Error|Exception):/i,
  ],
  ['warn', /(?:^|[\s"[(])warn(?:ing)?(?=[\s\]:"),]|$)|level"?[=:]\s*"?warn/i],
  ['debug', /(?:^|[\s"[(])(?:debug|trace)(?=[\s\]:"),]|$)|level"?[=:]\s*"?(?:debug|trace)/i],
]

/** Guessed from the words that loggers put near the start of a line; apps print what they like. */
export const logLevel = (text: string): LogLevel => words.find(([, pattern]) => pattern.test(text.slice(0, 120)))?.[0] ?? 'info'
