import { z } from 'zod'
import { Etag } from './etag.ts'

/**
 * What an organization may have at once. `instances`, `vcpu`, memory and disk count apps that run, at the size they asked for;
 * `bandwidth_mbit` is the fastest that one instance may be.
 */
export const QUOTA_NAMES = ['apps', 'instances', 'vcpu', 'memory_mib', 'disk_mib', 'volume_mib', 'databases', 'members', 'bandwidth_mbit'] as const
export type QuotaName = (typeof QUOTA_NAMES)[number]
export type Quotas = Record<QuotaName, number>

const GIB = 1024
const STARTER: Quotas = {
  apps: 100, instances: 200, vcpu: 200, memory_mib: 256 * GIB, disk_mib: 2048 * GIB, volume_mib: 2048 * GIB, databases: 20, members: 100,
  bandwidth_mbit: 1000,
}
/** Defaults of each plan; an operator may set others for one organization. */
const PLAN_QUOTAS: Readonly<Record<string, Quotas>> = { starter: STARTER }

export const quotasOfPlan = (plan: string): Quotas => PLAN_QUOTAS[plan] ?? STARTER

/** One limit as set by the operator; null goes back to the plan's. */
const Limit = z.number().int('Use a whole number.').min(0, 'Use 0 or more.').max(100_000_000).nullable()
export const QuotaOverrides = z.strictObject({
  apps: Limit.optional(), instances: Limit.optional(), vcpu: Limit.optional(), memory_mib: Limit.optional(), disk_mib: Limit.optional(),
  volume_mib: Limit.optional(),
  databases: Limit.optional(), members: Limit.optional(),
  bandwidth_mbit: Limit.optional(),
})
export type QuotaOverrides = z.infer<typeof QuotaOverrides>

export const QuotaState = z.object({
  name: z.enum(QUOTA_NAMES), used: z.number().int(), limit: z.number().int(), source: z.enum(['plan', 'operator']).describe('Who set the limit'),
})
export type QuotaState = z.infer<typeof QuotaState>

/** One limit a change would have broken, in a problem document. */
export const QuotaExcess = z.object({ name: z.enum(QUOTA_NAMES), used: z.number(), requested: z.number(), limit: z.number() })
export type QuotaExcess = z.infer<typeof QuotaExcess>

export const QuotaList = z.object({ plan: z.string(), data: z.array(QuotaState), etag: Etag })
export type QuotaList = z.infer<typeof QuotaList>

const NAMED: Readonly<Record<QuotaName, string>> = {
  apps: 'apps', instances: 'running instances', vcpu: 'vCPUs', memory_mib: 'memory', disk_mib: 'disk', volume_mib: 'volumes', databases: 'databases', members: 'members', bandwidth_mbit: 'speed of an instance',
}
export const quotaTitle = (name: QuotaName): string => NAMED[name]

const SIZES: ReadonlySet<QuotaName> = new Set<QuotaName>(['memory_mib', 'disk_mib', 'volume_mib'])
/** "100", "256 GiB". */
export const quotaAmount = (name: QuotaName, amount: number): string => {
  if (name === 'bandwidth_mbit') return `${amount.toLocaleString('en')} Mbit/s`
  if (!SIZES.has(name)) return amount.toLocaleString('en')
  return amount >= GIB ? `${(amount / GIB).toLocaleString('en', { maximumFractionDigits: 1 })} GiB` : `${amount} MiB`
}
