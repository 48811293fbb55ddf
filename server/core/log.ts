import pino from 'pino'

/** Structured log; the names below never reach it in clear. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: { role: process.env.ROLE ?? 'all' },
  formatters: { level: (label) => ({ level: label }) },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: ['password', 'token', 'secret', 'authorization', 'cookie', '*.password', '*.token', '*.secret', '*.authorization', '*.cookie', '*.secrets', '*.env'],
    censor: '[redacted]',
  },
})
