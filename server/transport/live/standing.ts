import type { Actor } from '../../core/context.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'

const LOOK_MS = 1_000

const STANDING = `SELECT id FROM session WHERE id = ANY($1) AND expires_at > now()
  UNION ALL SELECT id FROM api_token WHERE id = ANY($2) AND expires_at > now() AND revoked_at IS NULL`

interface Watched { kind: 'session' | 'token'; id: string; onLost(): void }
const watched = new Set<Watched>()
let timer: NodeJS.Timeout | null = null

const credentialOf = (actor: Actor): Pick<Watched, 'kind' | 'id'> | null => {
  if (actor.type !== 'user' && actor.type !== 'service_account') return null
  if (actor.token && actor.token.kind !== 'sess') return { kind: 'token', id: actor.token.tokenId }
  return actor.type === 'user' ? { kind: 'session', id: actor.sessionId } : null
}

const idsOf = (kind: Watched['kind']): string[] => [...new Set([...watched].filter((w) => w.kind === kind).map((w) => w.id))]

const look = async (): Promise<void> => {
  const asked = [...watched]
  try {
    const { rows } = await runtime().databases.systemPool.query<{ id: string }>(STANDING, [idsOf('session'), idsOf('token')])
    const standing = new Set(rows.map((row) => row.id))
    for (const one of asked) if (!standing.has(one.id)) one.onLost()
  } catch (error) {
    log.warn({ error: error instanceof Error ? error.message : String(error) }, 'sessions of live streams could not be checked')
  }
  timer = watched.size > 0 ? setTimeout(() => void look(), LOOK_MS) : null
}

/** Tells when the session or token behind a stream ended. One question a second for all streams of this process. Returns the stopper. */
export const watchStanding = (actor: Actor, onLost: () => void): (() => void) => {
  const credential = credentialOf(actor)
  if (!credential) return () => {}
  const one: Watched = { ...credential, onLost }
  watched.add(one)
  timer ??= setTimeout(() => void look(), LOOK_MS)
  return () => { watched.delete(one) }
}
