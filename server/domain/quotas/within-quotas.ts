import type { BaseContext, OrgContext } from '../../core/context.ts'
import type { SystemDb, TenantDb } from '../../core/db.ts'
import { DomainError } from '../../core/error.ts'
import { quotaAmount, quotaTitle, type QuotaExcess, type QuotaName, type Quotas } from '../../contract/quota.ts'
import { excessOf, grown } from './limits.ts'
import { lockOrganization, measureUsage, readLimits } from './measure.ts'

/** An {@link OrgContext}, or what a person who is not a member yet brings. */
type QuotaContext = { brand: Pick<BaseContext['brand'], 'supportEmail'> } & { db: SystemDb | TenantDb; orgId: string } & Partial<Pick<OrgContext, 'acrossApps'>>

/** Using more of these costs more. */
const GROWTH = ['apps', 'instances', 'vcpu', 'memory_mib', 'disk_mib', 'volume_mib'] as const satisfies QuotaName[]

export type Admission = QuotaContext & { before: Quotas; after: Quotas }
const admissions: ((admission: Admission) => Promise<void>)[] = []
/** A rule of a domain above: throws to refuse what would use more. Asked under the organization's lock, after the change. */
export const registerAdmission = (rule: (admission: Admission) => Promise<void>): void => {
  if (!admissions.includes(rule)) admissions.push(rule)
}

/**
 * Admission: makes the change, and takes it back by refusing when it led above a limit. Changes of one organization wait for each
 * other, so that two cannot both take the last place. `atLeast`: growth known beforehand, refused without the work when it does not fit.
 */
export const withinQuotas = async <T>(ctx: QuotaContext, change: () => Promise<T>, atLeast: Partial<Quotas> = {}): Promise<T> => {
  const { db, orgId, acrossApps } = ctx
  await lockOrganization(db, orgId)
  const measure = () => (acrossApps ? acrossApps(() => measureUsage(db, orgId)) : measureUsage(db, orgId))
  const { limits } = await readLimits(db, orgId)
  const before = await measure()
  const refuseAbove = (after: Quotas): void => {
    const excess = excessOf(before, after, limits)
    if (excess.length > 0) throw quotaExceeded(excess, ctx.brand.supportEmail)
  }
  refuseAbove(grown(before, atLeast))
  const result = await change()
  const after = await measure()
  refuseAbove(after)
  if (after.instances > before.instances) await refuseUnsubscribed(db, orgId)
  if (GROWTH.some((name) => after[name] > before[name])) for (const admit of admissions) await admit({ ...ctx, before, after })
  return result
}

/** Room for so many more, asked ahead of a change that comes later. */
export const placeFor = async (ctx: QuotaContext, name: QuotaName, more: number): Promise<void> => {
  const { limits } = await readLimits(ctx.db, ctx.orgId)
  const used = (await measureUsage(ctx.db, ctx.orgId))[name]
  const excess = { name, used, requested: used + more, limit: limits[name] }
  if (excess.requested > excess.limit) throw quotaExceeded([excess], ctx.brand.supportEmail)
}

/** What is paused or has ended pays for nothing, so nothing starts. */
const refuseUnsubscribed = async (db: SystemDb | TenantDb, orgId: string): Promise<void> => {
  const subscription = await db.subscription.findUnique({ where: { orgId }, select: { status: true } })
  if (subscription?.status === 'paused') throw new DomainError('state_conflict', 'The subscription is paused. Resume it under Billing, then start apps again.')
  if (subscription?.status === 'cancelled') throw new DomainError('state_conflict', 'The subscription has ended. Resume it under Billing, then start apps again.')
}

const sentence = ({ name, used, requested, limit }: QuotaExcess): string =>
  `${quotaTitle(name)}: ${quotaAmount(name, used)} in use, ${quotaAmount(name, requested)} wanted, ${quotaAmount(name, limit)} allowed`

const quotaExceeded = (excess: QuotaExcess[], supportEmail: string): DomainError =>
  new DomainError('quota_exceeded', `${excess.map(sentence).join('; ')}. Free some of it, or ask ${supportEmail} for more.`, { quotas: excess })
