import { z } from 'zod'
import { Recovery, type StrayView } from '../../contract/portal-backup.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import type { SystemDb } from '../../core/db.ts'
import { DomainError, notFound } from '../../core/error.ts'
import { wake } from '../../core/event.ts'
import { command, query } from '../../core/operation.ts'
import { endRecovery } from '../../core/recovery.ts'
import type { Stray } from '../../../prisma/generated/client.ts'
import { removeUnknown } from '../nodes/index.ts'
import { adopt, specOf, whyNot } from './adopt.ts'

const SHOWN = 500
const None = z.strictObject({})
const StrayId = z.strictObject({ node_id: z.string().max(60), stray_id: z.string().max(60) })
const subject = { type: 'operator', id: 'recovery' }

const toStray = async (db: SystemDb, stray: Stray & { node: { hostname: string } }): Promise<z.input<typeof StrayView>> => {
  const spec = specOf(stray)
  const reason = stray.decision === null ? await whyNot(db, stray) : null
  const org = spec ? await db.organization.findUnique({ where: { id: spec.org_id }, select: { name: true } }) : null
  return {
    node_id: stray.nodeId, node: stray.node.hostname, kind: stray.kind as 'vm', id: stray.id, phase: stray.phase, app: spec?.app_name ?? null, organization: org?.name ?? spec?.org_id ?? null,
    image: spec?.image ?? null, decision: stray.decision as 'adopted' | null, adoptable: stray.decision === null && reason === null, why_not: reason, seen_at: toInstant(stray.seenAt),
  }
}

const view = async (db: SystemDb): Promise<z.input<typeof Recovery>> => {
  const epoch = await db.controlEpoch.findUniqueOrThrow({ where: { id: 1 } })
  const since = epoch.recoveringSince
  const nodes = since === null ? [] : await db.node.findMany({ select: { id: true, hostname: true, lastSeenAt: true }, orderBy: { hostname: 'asc' } })
  const strays = since === null ? [] : await db.stray.findMany({
    include: { node: { select: { hostname: true } } }, orderBy: [{ kind: 'desc' }, { nodeId: 'asc' }, { id: 'asc' }], take: SHOWN,
  })
  const seen: z.input<typeof StrayView>[] = []
  for (const stray of strays) seen.push(await toStray(db, stray))
  return {
    active: since !== null && epoch.resumedAt === null, since: toInstantOrNull(since), backup_taken_at: toInstantOrNull(epoch.backupTakenAt),
    resumed_at: toInstantOrNull(epoch.resumedAt),
    nodes: nodes.map(({ id, hostname, lastSeenAt }) => ({ id, hostname, heard: since !== null && lastSeenAt > since })), strays: seen,
  }
}

export const getRecovery = query({
  name: 'recovery.get', summary: 'After a restore: which nodes were heard, and what they run that the backup does not know', scope: 'staff', input: None, output: Recovery,
  rest: { method: 'GET', path: '/admin/recovery', tag: 'Staff' }, run: (ctx) => view(ctx.db),
})

export const resume = command({
  name: 'recovery.resume', summary: 'End the recovery after a restore: nodes are told the restored state, and jobs go on', scope: 'staff', sensitive: true,
  input: z.strictObject({
    unheard: z.boolean().default(false).describe('Also while nodes were not heard since the restore'),
    strays: z.enum(['decide', 'stop']).default('decide').describe('`stop`: machines nobody decided about are stopped, and kept for 24 hours'),
  }), output: Recovery,
  rest: { method: 'POST', path: '/admin/recovery/resume', status: 200, tag: 'Staff' },
  run: async (ctx, { unheard, strays }) => {
    const before = await view(ctx.db)
    if (!before.active) throw new DomainError('state_conflict', 'There is nothing to resume: the installation is not recovering from a restore.')
    const silent = before.nodes.filter((node) => !node.heard)
    if (silent.length > 0 && !unheard) throw new DomainError('state_conflict', `Not heard since the restore: ${silent.map((n) => n.hostname).join(', ').slice(0, 300)}. Wait for them, or resume without them.`)
    const open = before.strays.filter((stray) => stray.kind === 'vm' && stray.decision === null)
    if (open.length > 0 && strays === 'decide') throw new DomainError('state_conflict', `${open.length} machines are unknown to the backup. Adopt or remove each, or have them stopped.`)
    await endRecovery(ctx.db)
    await ctx.emit('operator.recovery_ended', subject, { strays: open.length, unheard: silent.length })
    for (const node of before.nodes) await wake(ctx.db, `node:${node.id}`)
    return view(ctx.db)
  },
})

const decide = async (db: SystemDb, { node_id: nodeId, stray_id: id }: z.output<typeof StrayId>, decision: 'adopted' | 'removed'): Promise<Stray> => {
  await db.$executeRaw`SELECT 1 FROM stray WHERE node_id = ${nodeId} AND id = ${id} FOR UPDATE`
  const stray = await db.stray.findFirst({ where: { nodeId, id } })
  if (!stray) throw notFound('machine')
  if (stray.decision !== null) throw new DomainError('state_conflict', `It was ${stray.decision} already.`)
  if (stray.kind !== 'vm') throw new DomainError('state_conflict', 'Volumes stay on their node as they are; nothing deletes them.')
  await db.stray.update({ where: { nodeId_kind_id: { nodeId, kind: stray.kind, id } }, data: { decision, decidedAt: new Date() } })
  return stray
}

export const adoptStray = command({
  name: 'recovery.adopt', summary: 'Take a machine the backup does not know into the books again, as it runs', scope: 'staff', sensitive: true, input: StrayId, output: Recovery,
  rest: { method: 'POST', path: '/admin/recovery/{node_id}/{stray_id}/adopt', status: 200, tag: 'Staff' },
  run: async (ctx, input) => {
    await adopt(ctx.db, await decide(ctx.db, input, 'adopted'))
    await ctx.emit('operator.machine_adopted', { type: 'instance', id: input.stray_id }, { node_id: input.node_id })
    return view(ctx.db)
  },
})

export const removeStray = command({
  name: 'recovery.remove', summary: 'Have a machine the backup does not know deleted when the recovery ends', scope: 'staff', sensitive: true, input: StrayId, output: Recovery,
  rest: { method: 'POST', path: '/admin/recovery/{node_id}/{stray_id}/remove', status: 200, tag: 'Staff' },
  run: async (ctx, input) => {
    const stray = await decide(ctx.db, input, 'removed')
    await removeUnknown(ctx.db, stray.nodeId, stray.id, stray.generation)
    await ctx.emit('operator.machine_removed', { type: 'instance', id: input.stray_id }, { node_id: input.node_id })
    return view(ctx.db)
  },
})
