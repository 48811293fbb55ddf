import type { NodeErrorCode } from '../../contract/node-api/v1.ts'

/** HTTP status of each code of the node API. */
export const FAULT_STATUS: Record<NodeErrorCode, number> = {
  bad_request: 400, clock_skew: 401, bad_signature: 401, replayed_nonce: 401, credential_expired: 401, revoked: 401, join_token_invalid: 401,
  join_token_used: 401, join_token_expired: 401, join_token_elsewhere: 409, agent_too_old: 409, agent_too_new: 409,
  node_unknown: 404, identity_mismatch: 409, superseded_session: 409, seq_gap: 409, counter_decreased: 422, too_many_requests: 429,
  unavailable: 503,
}

/** A refusal an agent understands. The text is for the node's log; it never holds a secret. */
export class NodeFault extends Error {
  readonly code: NodeErrorCode
  readonly more: { expected?: number; retryAfterMs?: number; serverTime?: string; status?: number }
  constructor(code: NodeErrorCode, message: string, more: NodeFault['more'] = {}) {
    super(message)
    this.code = code
    this.more = more
  }
}
