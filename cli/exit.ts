import { ApiError, ConnectionError, type Problem } from './sdk/index.ts'

/** What the exit code tells a script; the table of docs/cli.md is made from this. */
export const EXIT = { ok: 0, failed: 1, usage: 2, auth: 3, notFound: 4, conflict: 5, quota: 6, timeout: 7, interrupted: 130 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

export const EXIT_MEANING: Record<ExitCode, string> = {
  0: 'Done',
  1: 'Failed: refused for another reason, no answer, or the deployment failed',
  2: 'Wrong usage: unknown command or option, a missing or wrong value',
  3: 'Not signed in, or not allowed',
  4: 'Not found',
  5: 'Conflict: the present state does not allow this, or it changed meanwhile',
  6: 'A quota, the capacity or a payment is in the way',
  7: 'Waited in vain',
  130: 'Interrupted (Ctrl-C)',
}

/** A fault of the person's own making, with what to do about it. */
export class UsageError extends Error {}

/** Anything else that ends a command with a code of its own. */
export class CommandFailure extends Error {
  readonly exitCode: ExitCode
  readonly code: string

  constructor(exitCode: ExitCode, code: string, message: string) {
    super(message)
    this.exitCode = exitCode
    this.code = code
  }
}

/** A command that ran elsewhere ended: its exit code becomes ours. */
export class RemoteExit extends Error {
  readonly exitCode: number

  constructor(exitCode: number) {
    super(`exit code ${exitCode}`)
    this.exitCode = exitCode
  }
}

/** Ctrl-C. */
export class Interrupted extends Error {}

const BY_CODE: Record<string, ExitCode> = {
  quota_exceeded: EXIT.quota, no_capacity: EXIT.quota, payment_required: EXIT.quota, access_denied: EXIT.auth, expired_token: EXIT.timeout,
}
const BY_STATUS: Record<number, ExitCode> = {
  400: EXIT.usage, 401: EXIT.auth, 402: EXIT.quota, 403: EXIT.auth, 404: EXIT.notFound, 408: EXIT.timeout, 409: EXIT.conflict, 410: EXIT.notFound,
  412: EXIT.conflict, 422: EXIT.usage, 428: EXIT.conflict, 504: EXIT.timeout,
}

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof ApiError) return BY_CODE[error.code] ?? BY_STATUS[error.status] ?? EXIT.failed
  if (error instanceof CommandFailure) return error.exitCode
  if (error instanceof UsageError) return EXIT.usage
  if (error instanceof Interrupted) return EXIT.interrupted
  return EXIT.failed
}

/** The error as data, for `--json` and `-o yaml`: what the API said, or a problem of our own in the same form. */
export function problemOf(error: unknown): Pick<Problem, 'code' | 'detail'> & Partial<Problem> {
  if (error instanceof ApiError) return error.problem
  const detail = error instanceof Error ? error.message : String(error)
  if (error instanceof CommandFailure) return { code: error.code, detail }
  if (error instanceof UsageError) return { code: 'usage', detail }
  if (error instanceof ConnectionError) return { code: 'no_answer', detail }
  return { code: error instanceof Interrupted ? 'interrupted' : 'failed', detail }
}

const HINTS: Record<string, string> = {
  unauthenticated: 'Sign in with `shellwego auth login`, or set SHELLWEGO_TOKEN.',
  organization_required: 'Name it with --organization, or keep it with `shellwego config set organization <name>`.',
  reauthentication_required: 'Do this in the console, where you can prove who you are.',
}

/** The error for people: what happened, each fault at its field, what to do, and the id to ask support about. */
export function explain(error: unknown): string {
  const { code, detail, errors = [], request_id: requestId } = problemOf(error)
  const hint = error instanceof ApiError ? HINTS[code] : undefined
  return [
    errors.length > 0 && error instanceof ApiError ? error.problem.title : detail,
    ...errors.map(({ pointer, message }) => `  ${pointer.replace(/^\//, '').replaceAll('/', '.') || 'request'}: ${message}`),
    ...(hint ? [hint] : []),
    ...(requestId ? [`(${code}, request ${requestId})`] : []),
  ].join('\n')
}
