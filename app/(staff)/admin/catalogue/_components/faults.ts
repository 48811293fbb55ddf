import { toProblem } from '../../../../_lib/problem.ts'

/** Faults of a refusal by field, and whether there is more to say than they do. */
export const faultsOf = (error: unknown): ReadonlyMap<string, string> =>
  new Map(error === null ? [] : toProblem(error).fields.map((fault) => [fault.path, fault.message]))
