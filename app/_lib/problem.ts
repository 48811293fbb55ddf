import type { FieldValues, Path, UseFormReturn } from 'react-hook-form'
import type { Problem as WireProblem } from '../../server/contract/problem.ts'
import { PasskeyRefusal } from './passkey-refusal.ts'

export type Problem = {
  title: string
  detail: string
  code: string
  requestId: string | null
  fields: Array<{ path: string; message: string }>
}

const offline: Problem = {
  title: 'No connection to the console',
  detail: 'No answer came, though it was tried again. Check your connection; if you changed something, look whether it was done before you send it again.',
  code: 'offline',
  requestId: null,
  fields: [],
}

/** A refusal that no server gave: a browser's own dialog was closed. */
const localProblem = (title: string, detail: string): Problem => ({ title, detail, code: 'local', requestId: null, fields: [] })

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const isWireProblem = (value: unknown): value is WireProblem =>
  isRecord(value) && typeof value['code'] === 'string' && typeof value['title'] === 'string'

/** RFC 6901 `/env/0/name` -> `env.0.name`, as react-hook-form names fields. */
export const fieldPath = (pointer: string): string =>
  pointer
    .replace(/^\//, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')

/** What the server said: with an operation's answer, or in place of one, when it was refused at the door. */
const dataOf = (error: unknown): Record<string, unknown> | null => {
  if (!isRecord(error)) return null
  if (isRecord(error['data'])) return error['data']
  const answer = isRecord(error['meta']) ? error['meta']['responseJSON'] : null
  return isWireProblem(answer) ? { problem: answer, httpStatus: answer.status } : null
}

/** HTTP status of a refusal; 0 when no answer came. */
export const statusOf = (error: unknown): number => Number(dataOf(error)?.['httpStatus'] ?? 0)

export function toProblem(error: unknown): Problem {
  if (error instanceof PasskeyRefusal) return localProblem('No passkey was used', error.message)
  const data = dataOf(error)
  const wire = data === null ? null : data['problem']
  if (isWireProblem(wire)) {
    return {
      title: wire.title,
      detail: wire.detail,
      code: wire.code,
      requestId: wire.request_id,
      fields: (wire.errors ?? []).map((fault) => ({ path: fieldPath(fault.pointer), message: fault.message })),
    }
  }
  if (data === null) return offline
  return {
    title: 'Something failed on our side',
    detail: 'The server answered with an error that it could not explain. Try again; if it stays, contact support.',
    code: typeof data['code'] === 'string' ? data['code'] : 'internal',
    requestId: null,
    fields: [],
  }
}

/** Puts each fault beside its field; what belongs to no field of the form is returned for the panel above the button. */
export function applyProblem<T extends FieldValues>(
  form: UseFormReturn<T>,
  error: unknown,
  known: readonly string[],
  rename: (path: string) => string = (path) => path,
): Problem | null {
  const given = toProblem(error)
  const problem = { ...given, fields: given.fields.map((fault) => ({ ...fault, path: rename(fault.path) })) }
  const own = problem.fields.filter((fault) => known.some((name) => fault.path === name || fault.path.startsWith(`${name}.`)))
  own.forEach((fault, index) =>
    form.setError(fault.path as Path<T>, { type: 'server', message: fault.message }, { shouldFocus: index === 0 }),
  )
  return own.length > 0 && own.length === problem.fields.length ? null : problem
}
