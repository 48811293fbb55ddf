import { z } from 'zod'
import type { SystemDb } from '../../core/db.ts'
import { notFound, ruleViolated } from '../../core/error.ts'
import { etagOf, versionOf } from '../../core/etag.ts'
import { command, query } from '../../core/operation.ts'
import { DunningPolicy, dunningFields } from '../../contract/dunning.ts'
import { policyOf, type Policy } from './policy.ts'

const BrandId = z.string().max(60)

const read = async (db: SystemDb, brandId: string): Promise<DunningPolicy> => {
  const brand = await db.brand.findUnique({ where: { id: brandId }, select: { dunningPolicy: true } })
  if (!brand) throw notFound('brand')
  const policy = policyOf(brand.dunningPolicy)
  const own = {
    brand_id: brandId, reminder_days: [...policy.reminderDays], retry_days: [...policy.retryDays], grace_days: policy.graceDays,
    retention_days: policy.retentionDays, last_notice_days: policy.lastNoticeDays, hour: policy.hour,
  }
  return { ...own, etag: versionOf(own) }
}

export const getDunningPolicy = query({
  name: 'admin.dunning_policy', summary: 'When a brand reminds, tries again, suspends and deletes', scope: 'staff',
  input: z.strictObject({ brand_id: BrandId }), output: DunningPolicy, rest: { method: 'GET', path: '/admin/dunning-policies/{brand_id}', tag: 'Dunning' }, etag: etagOf,
  run: ({ db }, { brand_id: brandId }) => read(db, brandId),
})

const twice = (days: readonly number[]): number => days.findIndex((day, index) => days.indexOf(day) < index)

const refuse = ({ reminderDays, retryDays, graceDays, retentionDays, lastNoticeDays }: Policy): void => {
  for (const [field, days] of [['reminder_days', reminderDays], ['retry_days', retryDays]] as const) {
    const again = twice(days)
    if (again >= 0) throw ruleViolated(`/${field}/${again}`, 'duplicate', 'Name each day once.')
  }
  const late = reminderDays.findIndex((day) => day > graceDays)
  if (late >= 0) throw ruleViolated(`/reminder_days/${late}`, 'after_grace', 'By then apps are stopped. Remind before the grace period ends.')
  if (lastNoticeDays > retentionDays) throw ruleViolated('/last_notice_days', 'before_suspension', 'The last notice cannot leave before the suspension.')
}

export const setDunningPolicy = command({
  name: 'admin.set_dunning_policy', summary: 'Change when a brand reminds, tries again, suspends and deletes; steps already taken stay', scope: 'staff',
  input: z.strictObject({ brand_id: BrandId, ...dunningFields }), output: DunningPolicy, rest: { method: 'PUT', path: '/admin/dunning-policies/{brand_id}', tag: 'Dunning' }, ifMatch: true, etag: etagOf,
  run: async (ctx, { brand_id: brandId, ...input }) => {
    await ctx.db.$queryRaw`SELECT id FROM brand WHERE id = ${brandId} FOR UPDATE`
    ctx.expectVersion((await read(ctx.db, brandId)).etag)
    const data = {
      reminderDays: input.reminder_days, retryDays: input.retry_days, graceDays: input.grace_days, retentionDays: input.retention_days,
      lastNoticeDays: input.last_notice_days, hour: input.hour,
    }
    refuse(data)
    await ctx.db.dunningPolicy.upsert({ where: { brandId }, create: { brandId, ...data }, update: data })
    // Every plan of the brand is made anew by the next sweep.
    await ctx.db.dunningCase.updateMany({ where: { brandId }, data: { seen: 'policy' } })
    await ctx.emit('dunning_policy.changed', { type: 'brand', id: brandId }, { grace_days: input.grace_days, retention_days: input.retention_days })
    return read(ctx.db, brandId)
  },
})
