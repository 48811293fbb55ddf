/** What is asked of receivers to take: messages are thin, details are read over the API. */
const MAX_BYTES = 20_000

export interface StoredEvent { id: string; orgId: string | null; type: string; subjectType: string; subjectId: string; data: unknown; at: Date }

/** The same text however often it is made: an event never changes, and retries are signed over it anew. */
export const payloadOf = (event: StoredEvent): string => {
  const ids = { organization_id: event.orgId, [`${event.subjectType}_id`]: event.subjectId }
  const text = (data: object): string => JSON.stringify({ id: event.id, type: event.type, timestamp: event.at.toISOString(), data })
  const whole = text({ ...(event.data as object), ...ids })
  return Buffer.byteLength(whole) < MAX_BYTES ? whole : text({ ...ids, truncated: true })
}
