/** One JSON object per line on stdout; the supervisor keeps the files. */
const LEVELS = { debug: 10, info: 20, warn: 30, error: 40 } as const
type Level = keyof typeof LEVELS
type Fields = Record<string, string | number | boolean | null | undefined>

export interface Logger {
  debug(message: string, fields?: Fields): void
  info(message: string, fields?: Fields): void
  warn(message: string, fields?: Fields): void
  error(message: string, fields?: Fields): void
}

export function createLogger(threshold: Level, write: (line: string) => void = (line) => void process.stdout.write(line)): Logger {
  const at = (level: Level) => (message: string, fields: Fields = {}) => {
    if (LEVELS[level] < LEVELS[threshold]) return
    write(`${JSON.stringify({ time: new Date().toISOString(), level, part: 'agent', message, ...fields })}\n`)
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

export const silentLogger: Logger = createLogger('error', () => {})

export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error))
