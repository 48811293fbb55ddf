import { z } from 'zod'

/** Closed list of error codes: HTTP status and title of each. The code is stable; texts may change. */
export const PROBLEMS = {
  invalid_json: [400, 'The body is not valid JSON'],
  invalid_request: [400, 'The request does not fit the schema'],
  organization_required: [400, 'Say which organization is meant'],
  unauthenticated: [401, 'Sign in first'],
  invalid_credentials: [401, 'E-mail or password is wrong'],
  payment_required: [402, 'An invoice is unpaid'],
  forbidden: [403, 'Your role does not allow this'],
  email_not_verified: [403, 'Verify your e-mail address first'],
  csrf_refused: [403, 'The request did not come from this console'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'Method not allowed'],
  name_taken: [409, 'That name is taken'],
  hostname_taken: [409, 'That host name is taken'],
  email_taken: [409, 'An account with that e-mail exists'],
  state_conflict: [409, 'The present state does not allow this'],
  quota_exceeded: [409, 'A limit is reached'],
  no_capacity: [409, 'No node has room'],
  clock_backwards: [409, 'The test clock only runs forward'],
  setup_done: [409, 'Setup is already done'],
  precondition_failed: [412, 'It changed since you read it'],
  body_too_large: [413, 'The body is too large'],
  unsupported_media_type: [415, 'Send application/json'],
  unknown_host: [421, 'No console is served under this host name'],
  rule_violated: [422, 'A value breaks a rule'],
  idempotency_key_reused: [422, 'That Idempotency-Key was used for another request'],
  token_invalid: [422, 'The link is invalid or expired'],
  precondition_required: [428, 'Send If-Match'],
  rate_limited: [429, 'Too many requests'],
  internal: [500, 'Something failed on our side'],
  provider_failed: [502, 'The payment provider did not answer'],
  unavailable: [503, 'Temporarily unavailable'],
} as const satisfies Record<string, readonly [number, string]>
export type ProblemCode = keyof typeof PROBLEMS

export const FieldProblem = z.object({ pointer: z.string().describe('RFC 6901 pointer into the input'), code: z.string(), message: z.string() })
export type FieldProblem = z.infer<typeof FieldProblem>

/** RFC 9457 problem document. */
export const Problem = z.object({
  type: z.string(), title: z.string(), status: z.number().int(), detail: z.string(), instance: z.string().optional(),
  code: z.string(), request_id: z.string(), errors: z.array(FieldProblem).optional(),
})
export type Problem = z.infer<typeof Problem>
