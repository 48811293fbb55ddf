import type { Ended } from '../../contract/session-wire.ts'
import type { RequestMeta } from '../../core/context.ts'
import { recordEvent } from '../../core/event.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { allSessions, forgetSession } from './lines.ts'
import type { LiveSession } from './live-session.ts'
import { SESSION_LIMITS } from './session-timers.ts'

const TRIES = 5

/** Under way: a portal that stops waits for them. */
const writing = new Set<Promise<void>>()

/** Before the portal stops: whoever is connected is told, and it is written down. */
export const endAllSessions = async (): Promise<void> => {
  for (const session of allSessions()) session.end('portal_restarted')
  await Promise.all(writing)
}

export const recordEnd = (session: LiveSession, ended: Ended, meta: RequestMeta): void => {
  const done: Promise<void> = record(session, ended, meta).finally(() => writing.delete(done))
  writing.add(done)
}

/** Last lines of the audit. Somebody who lost the connection may still fetch the last output for a while. */
const record = async (session: LiveSession, ended: Ended, meta: RequestMeta): Promise<void> => {
  setTimeout(() => forgetSession(session), session.facts.kind === 'terminal' ? SESSION_LIMITS.returnMs : 0).unref()
  for (let tried = 1; tried <= TRIES; tried += 1) {
    try {
      return await write(session, ended, meta)
    } catch (error) {
      log.warn({ session: session.facts.id, error: error instanceof Error ? error.message : String(error) }, 'the end of a session could not be recorded')
      await new Promise((resolve) => { setTimeout(resolve, tried * 1_000).unref() })
    }
  }
}

const write = async ({ facts, traffic }: LiveSession, { reason, code }: Ended, meta: RequestMeta): Promise<void> => {
  const { id, orgId, appId, instanceId, kind } = facts
  await runtime().databases.asSystem('node-api', async (db) => {
    const { count } = await db.execSession.updateMany({
      where: { id, endedAt: null },
      data: { endedAt: new Date(), endReason: reason, exitCode: code, bytesIn: BigInt(traffic.bytesIn), bytesOut: BigInt(traffic.bytesOut) },
    })
    // Without a row the call that wanted it was taken back.
    if (count === 0) return
    await recordEvent(db, {
      orgId, type: 'exec.ended', subject: { type: 'app', id: appId }, actor: meta.actor, requestId: meta.requestId, from: meta,
      data: { session_id: id, kind, instance_id: instanceId, reason, exit_code: code, bytes_in: traffic.bytesIn, bytes_out: traffic.bytesOut },
    })
  })
}

/** At the start of the portal: sessions of the run before ended with it. */
export const endForgottenSessions = async (): Promise<void> => {
  await runtime().databases.systemPool.query(
    'UPDATE exec_session SET ended_at = now(), end_reason = \'portal_restarted\' WHERE ended_at IS NULL')
}
