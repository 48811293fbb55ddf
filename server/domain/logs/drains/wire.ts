import type { LogDrain } from '../../../../prisma/generated/client.ts'
import type { Drain } from '../../../contract/log-drain.ts'
import type { LogLevel } from '../../../contract/log.ts'
import { toInstant, toInstantOrNull } from '../../../contract/time.ts'
import { seal, unseal } from '../../../core/crypto.ts'
import { runtime } from '../../../core/runtime.ts'

interface Place { orgId: string; id: string }
const boundTo = ({ orgId, id }: Place): string => `log-drain:${orgId}:${id}`

/** Readable only for this drain of this organization. */
export const sealHeaders = (place: Place, headers: Record<string, string>): { headerNames: string[]; headers: string | null } => {
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const headerNames = Object.keys(own)
  return { headerNames, headers: headerNames.length > 0 ? seal(runtime().env.masterKey, JSON.stringify(own), boundTo(place)) : null }
}
export const openHeaders = (place: Place, sealed: string | null): Record<string, string> =>
  (sealed ? JSON.parse(unseal(runtime().env.masterKey, sealed, boundTo(place))) as Record<string, string> : {})

export const toDrain = (row: LogDrain): Drain => ({
  id: row.id, name: row.name, kind: row.kind === 'loki' ? 'loki' : 'http', url: row.url, app_id: row.appId, level: row.level as LogLevel, header_names: row.headerNames,
  enabled: row.enabled, status: row.enabled ? (row.failingSince ? 'failing' : 'active') : 'disabled', disabled_reason: row.disabledReason as Drain['disabled_reason'],
  failing_since: toInstantOrNull(row.failingSince), last_sent_at: toInstantOrNull(row.lastSentAt), last_status: row.lastStatus,
  last_error: row.lastError, version: row.version, created_at: toInstant(row.createdAt),
})

export const drainVersion = (drain: { version: number }): string => String(drain.version)
