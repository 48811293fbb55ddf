import { z } from 'zod'
import { Facts } from '../../../contract/node-api/v1.ts'
import type { AgentOffer, UpgradeReport } from '../../../contract/node-api/upgrade.ts'
import type { SystemDb } from '../../../core/db.ts'
import { recordEvent, wake } from '../../../core/event.ts'
import { defineJob, enqueue, type JobDefinition } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { Prisma, type FleetUpgrade } from '../../../../prisma/generated/client.ts'
import { nextStep, type UpgradeNode, type UpgradeState, type UpgradeStep } from './rule.ts'

const LOOK_MS = 2_000
/** As an agent names its release on disk. */
export const releaseOf = (manifest: string): string => manifest.slice(0, 16)
const orderOf = (upgradeId: string, attempt: number): string => `${upgradeId}.${attempt}`

/** One look at the upgrade that runs. Looks again by itself while it does. */
export const advanceUpgrade: JobDefinition<z.ZodObject<{ upgrade_id: z.ZodString }>> = defineJob({
  name: 'nodes.advance_upgrade',
  payload: z.object({ upgrade_id: z.string() }),
  run: ({ upgrade_id: id }) => runtime().databases.asSystem('job', async (db) => {
    await db.$executeRaw`SELECT 1 FROM fleet_upgrade WHERE id = ${id} FOR UPDATE`
    const upgrade = await db.fleetUpgrade.findUnique({ where: { id } })
    if (upgrade?.state !== 'running') return
    await take(db, upgrade, nextStep(await standing(db, id), releaseOf(upgrade.manifest)))
    await enqueue(db, advanceUpgrade, { upgrade_id: id }, { key: `upgrade:${id}`, runAt: new Date(Date.now() + LOOK_MS) })
  }),
})

/** The one that is open, should the job that looks again have been lost. */
export const wakeUpgrades = async (db: SystemDb): Promise<void> => {
  const open = await db.fleetUpgrade.findMany({ where: { state: 'running' }, select: { id: true } })
  for (const { id } of open) await enqueue(db, advanceUpgrade, { upgrade_id: id }, { key: `upgrade:${id}` })
}

const standing = async (db: SystemDb, upgradeId: string): Promise<UpgradeNode[]> => {
  const rows = await db.nodeUpgrade.findMany({ where: { upgradeId }, orderBy: { position: 'asc' } })
  const nodes = await db.node.findMany({ where: { id: { in: rows.map((r) => r.nodeId) } }, select: { id: true, status: true, facts: true } })
  const known = new Map(nodes.map((n) => [n.id, { status: n.status, release: Facts.parse(n.facts).release ?? null }]))
  return rows.map((r) => ({
    nodeId: r.nodeId, hostname: r.hostname, position: r.position, state: r.state as UpgradeState,
    underWayMs: r.startedAt ? Date.now() - r.startedAt.getTime() : null, node: known.get(r.nodeId) ?? null,
  }))
}

const take = async (db: SystemDb, upgrade: FleetUpgrade, step: UpgradeStep): Promise<void> => {
  switch (step.kind) {
    case 'wait': return
    case 'offer': return offer(db, upgrade, step.nodeId)
    case 'set': return settle(db, upgrade.id, step.nodeId, step.state, step.detail)
    case 'pause': return end(db, upgrade, 'paused', step.detail)
    case 'finish': return end(db, upgrade, 'done', null)
  }
}

const offer = async (db: SystemDb, { id, version, manifest }: FleetUpgrade, nodeId: string): Promise<void> => {
  const row = await db.nodeUpgrade.update({ where: { upgradeId_nodeId: { upgradeId: id, nodeId } }, data: { state: 'offered', startedAt: new Date(), finishedAt: null, detail: null } })
  await setOffer(db, nodeId, { version, manifest, order: orderOf(id, row.attempt) })
}

/** Part of what the agent is told, so the index rises with it. */
const setOffer = async (db: SystemDb, nodeId: string, offered: AgentOffer | null): Promise<void> => {
  await db.node.updateMany({ where: { id: nodeId }, data: { agentOffer: offered ?? Prisma.DbNull, desiredIndex: { increment: 1 } } })
  await wake(db, `node:${nodeId}`)
}

const settle = async (db: SystemDb, upgradeId: string, nodeId: string, state: UpgradeState, detail: string | null): Promise<void> => {
  await db.nodeUpgrade.update({ where: { upgradeId_nodeId: { upgradeId, nodeId } }, data: { state, detail, finishedAt: new Date() } })
  await setOffer(db, nodeId, null)
}

const end = async (db: SystemDb, { id }: FleetUpgrade, state: 'paused' | 'done', detail: string | null): Promise<void> => {
  await db.fleetUpgrade.update({ where: { id }, data: { state, detail, ...(state === 'done' ? { finishedAt: new Date() } : {}) } })
  await recordEvent(db, {
    orgId: null, type: state === 'done' ? 'node.upgraded' : 'node.upgrade_paused', subject: { type: 'fleet_upgrade', id }, actor: { type: 'job', name: 'nodes.advance_upgrade' },
    requestId: null, data: detail === null ? {} : { reason: detail },
  })
}

const FINAL: readonly UpgradeReport['state'][] = ['done', 'failed', 'rolled_back']

/** What an agent says of the order it was given; of an older one nothing is taken. */
export const recordUpgrade = async (db: SystemDb, nodeId: string, { order, state, detail }: UpgradeReport): Promise<void> => {
  const [upgradeId = '', attempt = ''] = order.split('.')
  await db.$executeRaw`SELECT 1 FROM fleet_upgrade WHERE id = ${upgradeId} FOR UPDATE`
  const row = await db.nodeUpgrade.findUnique({ where: { upgradeId_nodeId: { upgradeId, nodeId } } })
  if (!row || String(row.attempt) !== attempt || row.finishedAt !== null || row.state === 'waiting') return
  if (FINAL.includes(state)) {
    await settle(db, upgradeId, nodeId, state, detail)
    await enqueue(db, advanceUpgrade, { upgrade_id: upgradeId }, { key: `upgrade:${upgradeId}` })
  } else if (row.state !== state) await db.nodeUpgrade.update({ where: { upgradeId_nodeId: { upgradeId, nodeId } }, data: { state, detail } })
}

/** Nobody is under way any more; agents that were told to go on hear that they need not. */
export const withdrawOffers = async (db: SystemDb, upgradeId: string): Promise<void> => {
  const rows = await db.nodeUpgrade.findMany({ where: { upgradeId, startedAt: { not: null }, finishedAt: null }, select: { nodeId: true } })
  for (const { nodeId } of rows) await settle(db, upgradeId, nodeId, 'skipped', 'The upgrade was cancelled.')
}
