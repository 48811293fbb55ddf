import { z } from 'zod'
import { recordEvent } from '../../core/event.ts'
import { defineJob } from '../../core/job.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { leaseSeconds } from './lease.ts'
import { declareLost } from './lost.ts'
import { endSegmentsOf } from './lost-segments.ts'
import { countNodes } from './node-count.ts'
import { Attention } from './rules/attention.ts'

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

/** Looks every few seconds, and judges nobody before it has itself been there for one lease. Returns the stopper. */
export const watchNodes = (): (() => void) => {
  const attention = new Attention(3 * WATCH_MS)
  let timer = setTimeout(look, WATCH_MS)
  let stopped = false
  async function look(): Promise<void> {
    try {
      const leaseMs = leaseSeconds(await countNodes()) * 1000
      if (attention.looked(performance.now(), Date.now()) >= leaseMs && !runtime().recovery.active) {
        await markUnreachable()
        await giveUpLost()
      }
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.message : String(error) }, 'nodes could not be checked')
    }
    if (!stopped) timer = setTimeout(look, WATCH_MS)
  }
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
