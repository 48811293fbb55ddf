import { z } from 'zod'
import { QuotaExcess } from './quota.ts'

/** Closed list of error codes: HTTP status and title of each. The code is stable; texts may change. */
export const PROBLEMS = {
  invalid_json: [400, 'The body is not valid JSON'],
  invalid_request: [400, 'The request does not fit the schema'],
  idempotency_key_required: [400, 'Send an Idempotency-Key'],
  authorization_pending: [400, 'Nobody has answered yet'],
  slow_down: [400, 'Ask less often'],
  access_denied: [400, 'The request was refused'],
  expired_token: [400, 'The code is expired or used'],
  organization_required: [400, 'Say which organization is meant'],
  unauthenticated: [401, 'Sign in first'],
  invalid_credentials: [401, 'E-mail or password is wrong'],
  mfa_code_required: [401, 'Send a code of your second factor'],
  invalid_mfa_code: [401, 'The code is wrong'],
  invalid_passkey: [401, 'The passkey was not accepted'],
  payment_required: [402, 'An invoice is unpaid'],
  forbidden: [403, 'Your role does not allow this'],
  email_not_verified: [403, 'Verify your e-mail address first'],
  mfa_required: [403, 'Your organization asks for a second factor'],
  reauthentication_required: [403, 'Prove again who you are'],
  session_required: [403, 'Only a signed-in person may do this'],
  address_refused: [403, 'This token may not be used from here'],
  wrong_account: [403, 'The invitation is for another address'],
  csrf_refused: [403, 'The request did not come from this console'],
  sso_required: [403, 'Sign in by single sign-on'],
  sso_refused: [403, 'Single sign-on was refused'],
  impersonation_refused: [403, 'Not while the operator is in this account'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'Method not allowed'],
  name_taken: [409, 'That name is taken'],
  hostname_taken: [409, 'That host name is taken'],
  domain_taken: [409, 'That domain belongs to another organization'],
  email_taken: [409, 'An account with that e-mail exists'],
  state_conflict: [409, 'The present state does not allow this'],
  quota_exceeded: [409, 'A limit is reached'],
  budget_reached: [409, 'The budget of this period is reached'],
  instance_stopped: [409, 'The instance does not run'],
  too_many_sessions: [409, 'Too many commands and terminals run there'],
  no_capacity: [409, 'No node has room'],
  volumes_pinned: [409, 'Volumes cannot leave their node'],
  clock_backwards: [409, 'The test clock only runs forward'],
  organization_deleting: [409, 'The organization is about to be deleted'],
  usage_event_reused: [409, 'That event id was used for another event'],
  role_in_use: [409, 'Somebody still has this role'],
  last_owner: [409, 'An organization needs an owner'],
  idempotency_key_in_use: [409, 'The first request with that Idempotency-Key is under way'],
  answer_lost: [409, 'The connection broke before the answer came'],
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
  secret_unreadable: [500, 'A secret cannot be decrypted'],
  provider_failed: [502, 'The payment provider did not answer'],
  identity_provider_failed: [502, 'The identity provider did not answer'],
  unavailable: [503, 'Temporarily unavailable'],
  recovering: [503, 'Restored from a backup, being checked'],
} as const satisfies Record<string, readonly [number, string]>
export type ProblemCode = keyof typeof PROBLEMS

export const FieldProblem = z.object({ pointer: z.string().describe('RFC 6901 pointer into the input'), code: z.string(), message: z.string() })
export type FieldProblem = z.infer<typeof FieldProblem>

/** RFC 9457 problem document. */
export const Problem = z.object({
  type: z.string(), title: z.string(), status: z.number().int(), detail: z.string(), instance: z.string().optional(),
  code: z.string(), request_id: z.string(), errors: z.array(FieldProblem).optional(),
  quotas: z.array(QuotaExcess).optional().describe('With quota_exceeded: which limits, and what was wanted'),
})
export type Problem = z.infer<typeof Problem>
