import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { DomainError } from '../../../core/error.ts'
import { recordEvent } from '../../../core/event.ts'
import { defineJob, enqueue, type JobDefinition } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import type { NodeDrain } from '../../../../prisma/generated/client.ts'
import { lockNodeRow } from '../../nodes/index.ts'
import { advanceApp } from '../advance-app.ts'
import { instancesOn, nextToLeave, type Drained } from './drained.ts'
import { eraseNode } from './remove-node.ts'

const LOOK_MS = 2_000
/** How long what was forced may take to end before the drain says that it failed. */
const FORCE_MS = 5 * 60_000

/** One look at a drain: sends the next ones away, or ends it. Looks again by itself while it runs. */
export const advanceDrain: JobDefinition<z.ZodObject<{ drain_id: z.ZodString }>> = defineJob({
  name: 'nodes.advance_drain',
  payload: z.object({ drain_id: z.string() }),
  run: ({ drain_id: id }) => runtime().databases.asSystem('job', async (db) => {
    await db.$executeRaw`SELECT 1 FROM node_drain WHERE id = ${id} FOR UPDATE`
    const drain = await db.nodeDrain.findUnique({ where: { id } })
    if (drain?.state !== 'running') return
    const all = await instancesOn(db, drain.nodeId)
    const movable = all.filter((i) => !i.pinned)
    if (movable.length === 0) return finish(db, drain)
    const late = Date.now() - drain.deadlineAt.getTime()
    if (late > (drain.atDeadline === 'force' ? FORCE_MS : 0)) return giveUp(db, drain, movable)
    await mark(db, late > 0 ? movable.filter((i) => i.desired === 'running').map((i) => i.id) : nextToLeave(all, drain.batch), late > 0 ? 'forced' : 'moving')
    await wakeApps(db, movable)
    await enqueue(db, advanceDrain, { drain_id: id }, { key: `drain-node:${id}`, runAt: new Date(Date.now() + LOOK_MS) })
  }),
})

const mark = async (db: SystemDb, ids: string[], leaving: 'moving' | 'forced' | null): Promise<void> => {
  if (ids.length > 0) await db.instance.updateMany({ where: { id: { in: ids }, desired: 'running' }, data: { leaving } })
}

const wakeApps = async (db: SystemDb, instances: readonly Drained[]): Promise<void> => {
  for (const appId of new Set(instances.map((i) => i.appId))) await enqueue(db, advanceApp, { subject_id: appId, org_id: null }, { key: `move:${appId}` })
}

const finish = async (db: SystemDb, drain: NodeDrain): Promise<void> => {
  if (drain.finish !== 'removed') return end(db, drain, { state: 'done', duty: drain.finish })
  try {
    const { hostname } = await lockNodeRow(db, drain.nodeId)
    await end(db, drain, { state: 'done', duty: 'cordoned' })
    await eraseNode(db, drain.nodeId)
    await tell(db, drain, 'node.removed', { hostname })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    await end(db, drain, { state: 'failed', duty: 'cordoned', detail: error.message })
  }
}

const giveUp = async (db: SystemDb, drain: NodeDrain, movable: readonly Drained[]): Promise<void> => {
  const staying = movable.filter((i) => i.desired === 'running')
  await mark(db, staying.map((i) => i.id), null)
  await wakeApps(db, staying)
  const names = [...new Set(movable.map((i) => i.appName))].slice(0, 5).join(', ')
  const detail = `The deadline passed with ${movable.length} of ${drain.total} left (${names}); they run on.${drain.detail ? ` ${drain.detail}` : ''}`
  await end(db, drain, { state: 'failed', duty: 'cordoned', detail })
}

/** Stops a running drain: what has not moved stays. */
export const abandonDrain = async (db: SystemDb, drain: NodeDrain): Promise<void> => {
  const staying = (await instancesOn(db, drain.nodeId)).filter((i) => i.leaving !== null && i.desired === 'running')
  await mark(db, staying.map((i) => i.id), null)
  await wakeApps(db, staying)
  await end(db, drain, { state: 'cancelled', duty: 'cordoned', detail: null })
}

interface Ending { state: 'done' | 'failed' | 'cancelled'; duty: string; detail?: string | null }

const end = async (db: SystemDb, drain: NodeDrain, { state, duty, detail }: Ending): Promise<void> => {
  await db.nodeDrain.update({ where: { id: drain.id }, data: { state, detail: detail ?? null, finishedAt: new Date() } })
  await db.node.updateMany({ where: { id: drain.nodeId, duty: 'draining' }, data: { duty, version: { increment: 1 } } })
  if (state !== 'cancelled') await tell(db, drain, state === 'done' ? 'node.drained' : 'node.drain_failed', { drain_id: drain.id })
}

const tell = (db: SystemDb, drain: NodeDrain, type: string, data: Record<string, string>): Promise<void> =>
  recordEvent(db, { orgId: null, type, subject: { type: 'node', id: drain.nodeId }, actor: { type: 'job', name: 'nodes.advance_drain' }, requestId: null, data })
