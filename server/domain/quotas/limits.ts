import { versionOf } from '../../core/etag.ts'
import { QUOTA_NAMES, QuotaOverrides, quotasOfPlan, type QuotaList, type QuotaExcess, type QuotaState, type Quotas } from '../../contract/quota.ts'

export interface Limits { plan: string; limits: Quotas; overrides: QuotaOverrides }

/** The plan's limits with what the operator set for this organization. */
export const limitsOf = (plan: string, stored: unknown): Limits => {
  const overrides = QuotaOverrides.parse(stored)
  const base = quotasOfPlan(plan)
  return { plan, overrides, limits: Object.fromEntries(QUOTA_NAMES.map((name) => [name, overrides[name] ?? base[name]])) as Quotas }
}

export const toQuotaStates = ({ limits, overrides }: Limits, used: Quotas): QuotaState[] =>
  QUOTA_NAMES.map((name) => ({ name, used: used[name], limit: limits[name], source: typeof overrides[name] === 'number' ? 'operator' : 'plan' }))

/** The version is of what the operator set, not of what is in use. */
export const toQuotaList = (limits: Limits, used: Quotas): QuotaList =>
  ({ plan: limits.plan, data: toQuotaStates(limits, used), etag: limitsVersion(limits) })
export const limitsVersion = ({ overrides }: Limits): string => versionOf(QUOTA_NAMES.map((name) => overrides[name] ?? null))

/** What grew and is above its limit. What was above it before, because the limit was lowered, may stay or shrink. */
export const excessOf = (before: Quotas, after: Quotas, limits: Quotas): QuotaExcess[] =>
  QUOTA_NAMES.filter((name) => after[name] > before[name] && after[name] > limits[name])
    .map((name) => ({ name, used: before[name], requested: after[name], limit: limits[name] }))

export const grown = (before: Quotas, by: Partial<Quotas>): Quotas =>
  Object.fromEntries(QUOTA_NAMES.map((name) => [name, before[name] + (by[name] ?? 0)])) as Quotas
