import { haltApp, startAgain } from '../apps/index.ts'
import type { Acting } from './acting.ts'

const running = ({ db, orgId }: Acting): Promise<{ id: string }[]> => db.$queryRaw<{ id: string }[]>`
  SELECT id FROM app WHERE org_id = ${orgId} AND desired = 'running' AND deleted_at IS NULL ORDER BY id FOR UPDATE`

/** Stops what runs; settings, secrets and names stay. The ids of what ran. */
export const haltApps = async (acting: Acting): Promise<string[]> => {
  const apps = await running(acting)
  for (const { id } of apps) await haltApp(acting, id)
  return apps.map(({ id }) => id)
}

/** An organization that waits for its deletion starts nothing: undoing that starts what is on its list. */
const leftToUndo = async ({ db, orgId }: Acting, ids: readonly string[]): Promise<boolean> => {
  const deletion = await db.organizationDeletion.findFirst({ where: { orgId, undoneAt: null, completedAt: null } })
  if (!deletion) return false
  await db.organizationDeletion.update({ where: { id: deletion.id }, data: { stoppedAppIds: [...new Set([...deletion.stoppedAppIds, ...ids])] } })
  return true
}

/** Starts again what was stopped, but for what somebody deleted or started meanwhile. */
const startApps = async (acting: Acting, ids: readonly string[]): Promise<number> => {
  if (ids.length === 0 || await leftToUndo(acting, ids)) return 0
  const { db, orgId, emit } = acting
  const apps = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM app WHERE org_id = ${orgId} AND id = ANY(${[...ids]}) AND desired = 'stopped' AND deleted_at IS NULL ORDER BY id FOR UPDATE`
  for (const { id } of apps) await startAgain({ db, emit, userId: null }, id)
  return apps.length
}

/** Starts apps that something else had stopped; while the organization is suspended they wait for that to end. */
export const startUnlessSuspended = async (acting: Acting, ids: readonly string[]): Promise<number> => {
  const { db, orgId } = acting
  const { standing } = await db.organization.findUniqueOrThrow({ where: { id: orgId }, select: { standing: true } })
  if (standing !== 'suspended' && standing !== 'terminated') return startApps(acting, ids)
  const own = await db.dunningCase.findUnique({ where: { orgId }, select: { stoppedAppIds: true } })
  if (own) await db.dunningCase.update({ where: { orgId }, data: { stoppedAppIds: [...new Set([...own.stoppedAppIds, ...ids])] } })
  return 0
}

/** The caller holds the organization's row. Suspended once more, it keeps what was stopped the first time. */
export const suspend = async (acting: Acting, cause: string): Promise<number> => {
  const { db, orgId, now, emit } = acting
  const stopped = await haltApps(acting)
  const { stoppedAppIds } = await db.dunningCase.findUniqueOrThrow({ where: { orgId }, select: { stoppedAppIds: true } })
  await db.organization.update({ where: { id: orgId }, data: { standing: 'suspended', suspendedAt: now } })
  await db.dunningCase.update({ where: { orgId }, data: { stoppedAppIds: [...new Set([...stoppedAppIds, ...stopped])] } })
  await emit('organization.suspended', { type: 'organization', id: orgId }, { cause, apps: stopped.length })
  return stopped.length
}

/** Back to work. Apps that the budget would stop at once wait for the budget. */
export const recover = async (acting: Acting, standing: 'good' | 'past_due', cause: string): Promise<number> => {
  const { db, orgId, emit } = acting
  const { stoppedAppIds } = await db.dunningCase.findUniqueOrThrow({ where: { orgId }, select: { stoppedAppIds: true } })
  await db.organization.update({ where: { id: orgId }, data: { standing, suspendedAt: null } })
  await db.dunningCase.update({ where: { orgId }, data: { stoppedAppIds: [], heldAt: null, heldReason: null, heldBy: null } })
  const budget = await db.budget.findUnique({ where: { orgId } })
  const waits = budget?.stopApps === true && budget.reachedIn !== null
  if (waits) await db.budget.update({ where: { orgId }, data: { stoppedAppIds: [...new Set([...budget.stoppedAppIds, ...stoppedAppIds])] } })
  const started = waits ? 0 : await startApps(acting, stoppedAppIds)
  await emit('organization.recovered', { type: 'organization', id: orgId }, { cause, apps: started })
  return started
}
