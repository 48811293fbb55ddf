import type { TenantDb } from '../../core/db.ts'
import { DomainError } from '../../core/error.ts'
import { recordEvent, type EventInput } from '../../core/event.ts'
import { newId } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import { setReplicas } from '../apps/index.ts'
import { withinQuotas } from '../quotas/index.ts'
import type { Candidate } from './read-candidates.ts'
import type { Decision } from './rules/decide.ts'

const ACTOR = { type: 'job', name: 'autoscaling.evaluate' } as const
/** What was refused is tried again after so long, or when it is about fewer instances. */
const RETRY_MS = 60_000

interface Acting { db: TenantDb; supportEmail: string; emit: (type: string, data: EventInput['data']) => Promise<void> }

const inOrg = async <T>({ orgId, appId }: Candidate, act: (acting: Acting) => Promise<T>): Promise<T> => {
  const org = await runtime().databases.asSystem('job', (db) => db.organization.findUniqueOrThrow({
    where: { id: orgId }, select: { brandId: true, brand: { select: { supportEmail: true } } },
  }))
  return runtime().databases.inTenant({ orgId, brandId: org.brandId, appIds: null }, (db) => act({
    db, supportEmail: org.brand.supportEmail,
    emit: (type, data = {}) => recordEvent(db, { orgId, type, subject: { type: 'app', id: appId }, data, actor: ACTOR, requestId: null }),
  }))
}

export const waitsForRetry = ({ situation, limitedTried }: Candidate, { replicas }: Decision, now: Date): boolean =>
  replicas > situation.replicas && limitedTried !== null && now.getTime() - limitedTried.getTime() < RETRY_MS

/** Sets the number, as far as the organization may: of what is refused the most that is not. */
export const scaleTo = async (one: Candidate, decision: Decision, now: Date): Promise<void> => {
  const { replicas: from } = one.situation
  const refusal = await tryTo(one, decision, decision.replicas, now)
  if (refusal === null) return
  let [allowed, refused, why] = [from, decision.replicas, refusal]
  while (refused - allowed > 1) {
    const middle = Math.floor((allowed + refused) / 2)
    const again = await wouldRefuse(one, middle)
    if (again === null) allowed = middle
    else [refused, why] = [middle, again]
  }
  if (allowed > from) await tryTo(one, decision, allowed, now)
  await noteLimit(one, decision, why, now)
}

class Undone extends Error {}

/** Makes the change and takes it back. */
const wouldRefuse = async (one: Candidate, replicas: number): Promise<DomainError | null> => {
  try {
    await inOrg(one, async (acting) => {
      await change(acting, one, replicas)
      throw new Undone()
    })
  } catch (error) {
    if (error instanceof DomainError) return error
    if (!(error instanceof Undone)) throw error
  }
  return null
}

const change = ({ db, supportEmail, emit }: Acting, one: Candidate, replicas: number, why = {}): Promise<boolean> =>
  withinQuotas({ db, orgId: one.orgId, brand: { supportEmail } }, async () => {
    // What was decided was decided of this number, this policy and an app that runs; else the next look decides anew.
    await db.$executeRaw`SELECT 1 FROM app WHERE id = ${one.appId} FOR UPDATE`
    const app = await db.app.findFirst({
      where: { id: one.appId, deletedAt: null, desired: 'running', replicas: one.situation.replicas, autoscaling: { enabled: true, version: one.version } },
    })
    if (!app) return false
    await setReplicas({ db, emit: (type, _, data) => emit(type, data) }, app, replicas, { by: 'autoscaling', ...why })
    return true
  })

/** Null: done, or no longer to be done. */
const tryTo = async (one: Candidate, decision: Decision, to: number, now: Date): Promise<DomainError | null> => {
  const { replicas: from } = one.situation
  try {
    await inOrg(one, async (acting) => {
      const { cause, reason, wanted } = decision
      if (!(await change(acting, one, to, { metric: cause, wanted, reason }))) return
      const kind = to > from ? 'up' : 'down'
      await acting.db.scalingDecision.create({ data: { id: newId('scalingDecision'), orgId: one.orgId, appId: one.appId, at: now, kind, fromReplicas: from, toReplicas: to, wanted, cause, reason } })
      await acting.db.appAutoscaling.update({ where: { appId: one.appId }, data: kind === 'up' ? { scaledUpAt: now } : { scaledDownAt: now } })
    })
    return null
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
}

/** Said once for as long as it lasts. */
const noteLimit = (one: Candidate, { wanted, cause }: Decision, why: DomainError, now: Date): Promise<void> => inOrg(one, async ({ db, emit }) => {
  await db.$executeRaw`SELECT 1 FROM app_autoscaling WHERE app_id = ${one.appId} FOR UPDATE`
  const row = await db.appAutoscaling.findFirst({
    where: { appId: one.appId, enabled: true, version: one.version }, include: { app: { select: { replicas: true } } },
  })
  if (!row) return
  const reason = `${why.message.charAt(0).toUpperCase()}${why.message.slice(1)}`
  await db.appAutoscaling.update({ where: { appId: one.appId }, data: { limitedSince: row.limitedSince ?? now, limitedReason: reason, limitedTried: now } })
  if (row.limitedSince) return
  const { replicas } = row.app
  await db.scalingDecision.create({ data: { id: newId('scalingDecision'), orgId: one.orgId, appId: one.appId, at: now, kind: 'limited', fromReplicas: replicas, toReplicas: replicas, wanted, cause, reason } })
  await emit('app.autoscaling_limited', { replicas, wanted, code: why.code, reason })
})
