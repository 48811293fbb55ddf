import { z } from 'zod'
import { recordEvent } from '../../core/event.ts'
import { defineJob } from '../../core/job.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { leaseSeconds } from './lease.ts'
import { declareLost } from './lost.ts'
import { endSegmentsOf } from './lost-segments.ts'
import { countNodes } from './node-count.ts'

const WATCH_MS = 5_000

/** Nodes whose lease ran out without a report. Leases run on real time. Returns the ids that were marked. */
export const markUnreachable = async (): Promise<string[]> => {
  const silentSince = new Date(Date.now() - leaseSeconds(await countNodes()) * 1000)
  return runtime().databases.asSystem('job', async (db) => {
    const lost = await db.node.updateManyAndReturn({
      where: { status: 'ready', lastSeenAt: { lt: silentSince } }, data: { status: 'unreachable', unreachableAt: new Date() }, select: { id: true, hostname: true, lastSeenAt: true },
    })
    const now = Date.now()
    if (lost.length > 0) await endSegmentsOf(db, runtime().clock.now(), lost.map((node) => ({ nodeId: node.id, silentMs: now - node.lastSeenAt.getTime() })))
    for (const node of lost) {
      await recordEvent(db, {
        orgId: null, type: 'node.unreachable', subject: { type: 'node', id: node.id }, actor: { type: 'job', name: markUnreachableNodes.name }, requestId: null,
        data: { hostname: node.hostname, last_seen_at: node.lastSeenAt.toISOString() },
      })
    }
    return lost.map((n) => n.id)
  })
}

export const markUnreachableNodes = defineJob({ name: 'nodes.mark_unreachable', payload: z.object({}), run: async () => {
  await markUnreachable()
  await giveUpLost()
} })

/** Returns the ids of nodes that are lost from now on. */
export const giveUpLost = (nowMs?: number): Promise<string[]> => declareLost({ type: 'job', name: 'nodes.mark_unreachable' }, nowMs)

/** Looks every few seconds, beginning one lease after the portal listens: while it was away nobody could report. Returns the stopper. */
export const watchNodes = (): (() => void) => {
  let timer = setTimeout(look, leaseSeconds(1) * 1000)
  let stopped = false
  async function look(): Promise<void> {
    await markUnreachable().then(() => giveUpLost()).catch((error: Error) => log.warn({ error: error.message }, 'nodes could not be checked'))
    if (!stopped) timer = setTimeout(look, WATCH_MS)
  }
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
