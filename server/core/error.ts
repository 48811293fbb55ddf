import { PROBLEMS, type FieldProblem, type Problem, type ProblemCode } from '../contract/problem.ts'
import type { QuotaExcess } from '../contract/quota.ts'
import type { z } from 'zod'

/** The only error a caller may see. `detail` is public text; the cause stays in the log. */
export class DomainError extends Error {
  readonly code: ProblemCode
  readonly errors: FieldProblem[]
  /** Of the answer, beside the problem document. */
  readonly headers: Record<string, string>
  readonly quotas: QuotaExcess[]
  constructor(code: ProblemCode, detail: string, options: ErrorOptions & {
    errors?: FieldProblem[]; quotas?: QuotaExcess[]; headers?: Record<string, string>
  } = {}) {
    super(detail, { cause: options.cause })
    this.code = code
    this.errors = options.errors ?? []
    this.headers = options.headers ?? {}
    this.quotas = options.quotas ?? []
  }
  get status(): number {
    return PROBLEMS[this.code][0]
  }
}

export const notFound = (what: string): DomainError => new DomainError('not_found', `No such ${what}.`)

/** One field breaks a rule: 422 with its pointer. */
export const ruleViolated = (pointer: string, code: string, message: string): DomainError =>
  new DomainError('rule_violated', message, { errors: [{ pointer, code, message }] })

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((p) => `/${String(p).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Enough to mend a form or a script; a hostile body is not worth more. */
const MAX_FAULTS = 200

/** All faults of a schema at once, never the rejected value. */
export const fromZod = (error: z.ZodError): DomainError => {
  const errors = error.issues.slice(0, MAX_FAULTS).flatMap((i): FieldProblem[] =>
    i.code === 'unrecognized_keys'
      ? i.keys.map((k) => ({ pointer: pointerOf([...i.path, k]), code: 'unknown_field', message: `Unknown field ${k}.` }))
      : [{ pointer: pointerOf(i.path), code: i.code === 'custom' && typeof i.params?.code === 'string' ? i.params.code : i.code, message: i.message }]).slice(0, MAX_FAULTS)
  return new DomainError('invalid_request', errors.map((e) => `${e.pointer || 'body'}: ${e.message}`).join(' '), { errors })
}

/** Anything thrown, as a problem document; unknown faults become `internal` without their text. */
export const toProblem = (error: unknown, requestId: string, instance?: string): Problem => {
  const known = error instanceof DomainError ? error : null
  const code = known?.code ?? 'internal'
  const [status, title] = PROBLEMS[code]
  return {
    type: `/docs/problems/${code}`, title, status, code, request_id: requestId,
    detail: known?.message ?? `Something failed on our side. Try again; if it stays, tell support the request id ${requestId}.`,
    ...(instance ? { instance } : {}),
    ...(known && known.errors.length > 0 ? { errors: known.errors } : {}),
    ...(known && known.quotas.length > 0 ? { quotas: known.quotas } : {}),
  }
}
