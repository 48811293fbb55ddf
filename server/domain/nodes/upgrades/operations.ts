import { z } from 'zod'
import { Instant, toInstant, toInstantOrNull } from '../../../contract/time.ts'
import { Facts } from '../../../contract/node-api/v1.ts'
import type { SystemDb } from '../../../core/db.ts'
import { DomainError, notFound, ruleViolated } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { enqueue } from '../../../core/job.ts'
import { command, query } from '../../../core/operation.ts'
import { currentDist } from '../install-line.ts'
import { NodeId } from '../wire.ts'
import { advanceUpgrade, releaseOf, withdrawOffers } from './advance.ts'

const UpgradeId = z.string().max(64)
const State = z.enum(['waiting', 'offered', 'fetching', 'testing', 'restarting', 'trial', 'done', 'failed', 'rolled_back', 'skipped'])
const UpgradeView = z.object({
  id: z.string(), version: z.string(), release: z.string(), state: z.enum(['running', 'paused', 'done', 'cancelled']),
  detail: z.string().nullable().describe('Why it is paused'), created_at: Instant, finished_at: Instant.nullable(),
  nodes: z.array(z.object({
    node_id: z.string(), hostname: z.string(), state: State.describe('failed: it was not tried; rolled_back: it was, and the release before runs again'),
    detail: z.string().nullable(), started_at: Instant.nullable(), finished_at: Instant.nullable(),
  })).describe('In the order in which it is their turn'),
})
type UpgradeView = z.infer<typeof UpgradeView>

const Overview = z.object({
  release: z.object({ id: z.string(), version: z.string() }).nullable().describe('What this console brings nodes to; null when it was not built whole'),
  outdated: z.array(z.object({ node_id: z.string(), hostname: z.string(), version: z.string() })).describe('Nodes whose agent is of another release. One that runs beside the console goes with it'),
  upgrade: UpgradeView.nullable().describe('The one that runs, else the last'),
})

const view = async (db: SystemDb, id: string): Promise<UpgradeView> => {
  const upgrade = await db.fleetUpgrade.findUnique({ where: { id }, include: { nodes: { orderBy: { position: 'asc' } } } })
  if (!upgrade) throw notFound('upgrade')
  return {
    id, version: upgrade.version, release: releaseOf(upgrade.manifest), state: UpgradeView.shape.state.parse(upgrade.state), detail: upgrade.detail,
    created_at: toInstant(upgrade.createdAt), finished_at: toInstantOrNull(upgrade.finishedAt),
    nodes: upgrade.nodes.map((n) => ({
      node_id: n.nodeId, hostname: n.hostname, state: State.parse(n.state), detail: n.detail, started_at: toInstantOrNull(n.startedAt),
      finished_at: toInstantOrNull(n.finishedAt),
    })),
  }
}

const installedNodes = async (db: SystemDb): Promise<{ id: string; hostname: string; version: string; release: string }[]> => {
  const nodes = await db.node.findMany({ where: { facts: { path: ['release'], not: '' } }, select: { id: true, hostname: true, agentVersion: true, facts: true }, orderBy: [{ region: 'asc' }, { id: 'asc' }] })
  return nodes.flatMap((n) => {
    const { release } = Facts.parse(n.facts)
    return release ? [{ id: n.id, hostname: n.hostname, version: n.agentVersion, release }] : []
  })
}

const currentRelease = async () => {
  const dist = await currentDist()
  return dist && { id: releaseOf(dist.id), version: dist.version, manifest: dist.id }
}

export const getUpgrades = query({
  name: 'nodes.get_upgrades', summary: 'Which nodes run an older agent, and how the upgrade of the fleet goes', scope: 'staff',
  input: z.strictObject({}), output: Overview,
  rest: { method: 'GET', path: '/nodes/upgrades', tag: 'Nodes' },
  run: async (ctx) => {
    const [release, nodes] = [await currentRelease(), await installedNodes(ctx.db)]
    const last = await ctx.db.fleetUpgrade.findFirst({ orderBy: { createdAt: 'desc' }, select: { id: true } })
    return {
      release: release && { id: release.id, version: release.version },
      outdated: release ? nodes.filter((n) => n.release !== release.id).map((n) => ({ node_id: n.id, hostname: n.hostname, version: n.version })) : [],
      upgrade: last ? await view(ctx.db, last.id) : null,
    }
  },
})

export const startUpgrade = command({
  name: 'nodes.start_upgrade', summary: 'Bring the agents to the release of this console, one node at a time; instances run on. It pauses at the first that fails', scope: 'staff',
  input: z.strictObject({ node_ids: z.array(NodeId).max(1000).default([]).describe('Only these, in this order; empty: all that run another release') }), output: UpgradeView,
  rest: { method: 'POST', path: '/nodes/upgrades', status: 202, tag: 'Nodes' },
  run: async (ctx, { node_ids: wanted }) => {
    await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('fleet upgrade', 0))`
    if (await ctx.db.fleetUpgrade.count({ where: { state: { in: ['running', 'paused'] } } }) > 0) {
      throw new DomainError('state_conflict', 'An upgrade of the fleet is under way or paused already. Go on with it, or cancel it.')
    }
    const release = await currentRelease()
    if (!release) throw new DomainError('state_conflict', 'This console was not built whole: it has no agent to give. Run npm run up there.')
    const known = new Map((await installedNodes(ctx.db)).map((n) => [n.id, n]))
    for (const [at, id] of wanted.entries()) {
      if (!known.has(id)) throw ruleViolated(`/node_ids/${at}`, 'unknown_node', 'There is no node of this id that was installed by the line of the console.')
    }
    const nodes = (wanted.length > 0 ? [...new Set(wanted)] : [...known.keys()]).flatMap((id) => known.get(id) ?? []).filter((n) => n.release !== release.id)
    if (nodes.length === 0) throw new DomainError('state_conflict', 'Every node runs this release already.')
    const id = newId('fleetUpgrade')
    await ctx.db.fleetUpgrade.create({ data: {
      id, version: release.version, manifest: release.manifest, createdBy: ctx.user.userId,
      nodes: { create: nodes.map((n, position) => ({ nodeId: n.id, hostname: n.hostname, position })) },
    } })
    await enqueue(ctx.db, advanceUpgrade, { upgrade_id: id }, { key: `upgrade:${id}` })
    await ctx.emit('node.upgrade_started', { type: 'fleet_upgrade', id }, { version: release.version, nodes: nodes.length })
    return view(ctx.db, id)
  },
})

const lockUpgrade = async (db: SystemDb, id: string): Promise<string> => {
  await db.$executeRaw`SELECT 1 FROM fleet_upgrade WHERE id = ${id} FOR UPDATE`
  const upgrade = await db.fleetUpgrade.findUnique({ where: { id }, select: { state: true } })
  if (!upgrade) throw notFound('upgrade')
  return upgrade.state
}

export const resumeUpgrade = command({
  name: 'nodes.resume_upgrade', summary: 'Go on with a paused upgrade: nodes that failed are tried again, or left out', scope: 'staff',
  input: z.strictObject({ upgrade_id: UpgradeId, failed: z.enum(['retry', 'skip']).default('retry') }), output: UpgradeView,
  rest: { method: 'POST', path: '/nodes/upgrades/{upgrade_id}/resume', status: 200, tag: 'Nodes' },
  run: async (ctx, { upgrade_id: id, failed }) => {
    if (await lockUpgrade(ctx.db, id) !== 'paused') throw new DomainError('state_conflict', 'Only a paused upgrade can go on.')
    const again = failed === 'retry' ? { state: 'waiting', attempt: { increment: 1 }, startedAt: null, finishedAt: null } : { state: 'skipped' }
    await ctx.db.nodeUpgrade.updateMany({ where: { upgradeId: id, state: { in: ['failed', 'rolled_back'] } }, data: again })
    await ctx.db.fleetUpgrade.update({ where: { id }, data: { state: 'running', detail: null } })
    await enqueue(ctx.db, advanceUpgrade, { upgrade_id: id }, { key: `upgrade:${id}` })
    await ctx.emit('node.upgrade_resumed', { type: 'fleet_upgrade', id }, { failed })
    return view(ctx.db, id)
  },
})

export const cancelUpgrade = command({
  name: 'nodes.cancel_upgrade', summary: 'End an upgrade of the fleet: nodes that came to the new release keep it', scope: 'staff',
  input: z.strictObject({ upgrade_id: UpgradeId }), output: UpgradeView,
  rest: { method: 'POST', path: '/nodes/upgrades/{upgrade_id}/cancel', status: 200, tag: 'Nodes' },
  run: async (ctx, { upgrade_id: id }) => {
    if (!['running', 'paused'].includes(await lockUpgrade(ctx.db, id))) throw new DomainError('state_conflict', 'The upgrade has ended already.')
    await withdrawOffers(ctx.db, id)
    await ctx.db.nodeUpgrade.updateMany({ where: { upgradeId: id, state: 'waiting' }, data: { state: 'skipped', detail: 'The upgrade was cancelled.', finishedAt: new Date() } })
    await ctx.db.fleetUpgrade.update({ where: { id }, data: { state: 'cancelled', finishedAt: new Date() } })
    await ctx.emit('node.upgrade_cancelled', { type: 'fleet_upgrade', id })
    return view(ctx.db, id)
  },
})
