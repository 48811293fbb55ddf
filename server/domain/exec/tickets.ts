import type { TerminalTicket } from '../../contract/exec.ts'
import { toInstant } from '../../contract/time.ts'
import type { RequestMeta } from '../../core/context.ts'
import { newToken, sha256 } from '../../core/crypto.ts'
import { DomainError } from '../../core/error.ts'
import { sessionById } from './lines.ts'
import type { LiveSession } from './live-session.ts'

const TICKET_MS = 30_000

interface Ticket { sessionId: string; meta: RequestMeta; until: number }
/** Only hashes; a session lives in this process, and so do its tickets. */
const tickets = new Map<string, Ticket>()

export const issueTicket = (session: LiveSession, meta: RequestMeta): TerminalTicket => {
  for (const [hash, { until }] of tickets) if (until < Date.now()) tickets.delete(hash)
  const [ticket, until] = [newToken('term'), Date.now() + TICKET_MS]
  const { id, appId, instanceId } = session.facts
  tickets.set(sha256(ticket), { sessionId: id, meta, until })
  return { id, app_id: appId, instance_id: instanceId, ticket, expires_at: toInstant(new Date(until)), path: `/v1/terminals/${id}/connect` }
}

/** Used up by the asking, whatever comes of it. */
export const useTicket = (ticket: string, sessionId: string): { session: LiveSession; meta: RequestMeta } => {
  const hash = sha256(ticket)
  const known = tickets.get(hash)
  tickets.delete(hash)
  const session = known && sessionById(known.sessionId)
  if (!session || known.until < Date.now() || known.sessionId !== sessionId) {
    throw new DomainError('unauthenticated', 'The ticket was used, is too old or of another terminal. Ask for a new one.')
  }
  return { session, meta: known.meta }
}
