const ROUTINE = new Set<unknown>([10, 20, 30, 'trace', 'debug', 'info'])

/** PostgreSQL's own news, and the image registry's, which calls every question for an unknown image an error. */
const ROUTINE_TEXT = [
  /^\d{4}-\d\d-\d\d [\d:.]+ \S+ \[\d+\] (LOG|HINT|DETAIL|CONTEXT|STATEMENT|ERROR|WARNING): /,
  /^\t/,
  /FATAL: {2}the database system is (starting up|shutting down)/,
  /^time="[^"]*" level=(debug|info|warning|error) /,
]

/** Caddy warns of what we told it: certificates of its own without OCSP, no automatic HTTPS, resume, exit. */
const ROUTINE_MESSAGE = /^(stapling OCSP|automatic HTTPS is|--config and --resume|exiting)/

/** Whether a line of a part's log belongs on the console: all that is not plainly routine. */
export function isNoteworthy(line: string): boolean {
  if (!line.startsWith('{')) return line.trim() !== '' && !ROUTINE_TEXT.some((pattern) => pattern.test(line))
  try {
    const { level, msg } = JSON.parse(line) as { level?: unknown; msg?: unknown }
    return !ROUTINE.has(level) && !(typeof msg === 'string' && ROUTINE_MESSAGE.test(msg))
  } catch {
    return true
  }
}
