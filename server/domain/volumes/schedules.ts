import { z } from 'zod'
import { SCHEDULE_MINUTES, ScheduleView, VolumeId } from '../../contract/volume.ts'
import { DomainError, notFound, ruleViolated } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { command } from '../../core/operation.ts'
import { warmKeys } from '../secrets/index.ts'
import { setOf } from './backups/sets.ts'
import { loadVolume } from './load-volume.ts'
import { nextStep } from './rules/schedule.ts'
import { toSchedule } from './wire.ts'

const MOST_KEPT = 400

export const setSchedule = command({
  name: 'volumes.set_schedule', summary: 'Take a snapshot or a backup every so often and keep each for a while', scope: 'org', permission: 'apps:write',
  input: z.strictObject({
    volume_id: VolumeId, what: z.enum(['snapshot', 'backup']).default('snapshot').describe('A snapshot on its node, or a backup in the bucket'), every_minutes: z.literal([...SCHEDULE_MINUTES]).describe('15 minutes, an hour, 6 hours, a day or a week'),
    keep_hours: z.number().int().min(1, 'Keep them for an hour or more.').max(24 * 366), enabled: z.boolean().default(true),
  }),
  output: ScheduleView,
  rest: { method: 'POST', path: '/volumes/{volume_id}/schedules', tag: 'Volumes' }, before: warmKeys,
  run: async (ctx, input) => {
    const volume = await loadVolume(ctx, input.volume_id, { lock: true })
    if (volume.deletedAt) throw new DomainError('state_conflict', 'The volume is deleted.')
    const kept = Math.ceil((input.keep_hours * 60) / input.every_minutes)
    if (kept > MOST_KEPT) throw ruleViolated('/keep_hours', 'too_many', `That would keep ${kept} snapshots at a time; at most ${MOST_KEPT}. Keep them for a shorter time, or take fewer.`)
    const values = { keepHours: input.keep_hours, enabled: input.enabled, nextAt: nextStep(input.every_minutes, ctx.now) }
    if (input.what === 'backup') await setOf(ctx.db, volume, ctx.now)
    const at = { volumeId: volume.id, what: input.what, everyMinutes: input.every_minutes }
    const known = await ctx.db.volumeSchedule.findFirst({ where: at })
    const row = known
      ? await ctx.db.volumeSchedule.update({ where: { id: known.id }, data: { ...values, version: { increment: 1 } } })
      : await ctx.db.volumeSchedule.create({ data: { id: newId('volumeSchedule'), orgId: ctx.orgId, ...at, ...values, createdBy: ctx.userId } })
    await ctx.emit('volume.schedule_changed', { type: 'volume', id: volume.id }, { what: row.what, every_minutes: row.everyMinutes, keep_hours: row.keepHours, enabled: row.enabled })
    return toSchedule(row)
  },
})

export const removeSchedule = command({
  name: 'volumes.remove_schedule', summary: 'Take no more snapshots by this schedule; those it took stay for their time', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ volume_id: VolumeId, schedule_id: z.string().max(60) }), output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path: '/volumes/{volume_id}/schedules/{schedule_id}', status: 204, tag: 'Volumes' },
  run: async (ctx, input) => {
    const volume = await loadVolume(ctx, input.volume_id, { lock: true })
    const row = await ctx.db.volumeSchedule.findFirst({ where: { id: input.schedule_id, volumeId: volume.id } })
    if (!row) throw notFound('schedule')
    await ctx.db.volumeSchedule.delete({ where: { id: row.id } })
    await ctx.emit('volume.schedule_changed', { type: 'volume', id: volume.id }, { every_minutes: row.everyMinutes, removed: true })
    return { ok: true as const }
  },
})
