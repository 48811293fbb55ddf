import { z } from 'zod'
import { TargetTest } from '../../../contract/backup.ts'
import type { CompositeOperation } from '../../../core/composite.ts'
import { notFound } from '../../../core/error.ts'
import { call, command, query } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import { openTarget } from './bucket.ts'
import { probeBucket } from './ports.ts'
import { loadTarget, TargetId } from './targets.ts'

const GOOD = 'Written, read, listed and removed.'
const None = z.strictObject({})
const Ok = z.object({ ok: z.literal(true) })

const outcomeOf = async (targetId: string | null): Promise<z.output<typeof TargetTest>> => {
  const target = await runtime().databases.asSystem('job', (db) => openTarget(db, targetId))
  try {
    await probeBucket(target)
    return { ok: true, detail: GOOD }
  } catch (error) {
    return { ok: false, detail: (error as Error).message.slice(0, 400) }
  }
}

const describedTest = { scope: 'org', permission: 'org:write' } as const
const findTarget = query({
  ...describedTest, name: 'backup_targets.find', summary: 'The bucket that is to be tried', input: TargetId, output: TargetId,
  run: async (ctx, input) => ({ target_id: (await loadTarget(ctx, input.target_id)).id }),
})
const noteTest = command({
  ...describedTest, name: 'backup_targets.note_test', summary: 'Keep what came of a test', input: z.strictObject({ ...TargetId.shape, ...TargetTest.shape }), output: Ok,
  run: async (ctx, { target_id: id, ok, detail }) => {
    await ctx.db.backupTarget.update({ where: { id }, data: { testedAt: ctx.now, testFault: ok ? null : detail } })
    await ctx.emit('backup_target.tested', { type: 'backup_target', id }, { ok })
    return { ok: true as const }
  },
})

export const testTarget: CompositeOperation<typeof TargetId, typeof TargetTest> = {
  kind: 'composite', ...describedTest, name: 'backup_targets.test', summary: 'Write, read, list and remove a small object in the bucket', input: TargetId, output: TargetTest,
  rest: { method: 'POST', path: '/backup-targets/{target_id}/test', tag: 'Backups' },
  async handle(meta, raw) {
    const { target_id: id } = await call(findTarget, meta, raw)
    const outcome = await outcomeOf(id)
    await call(noteTest, meta, { ...(raw as object), ...outcome })
    return outcome
  },
}

const allowPlatformTest = query({
  name: 'admin.find_backup_target', summary: 'Whether there is a bucket to try', scope: 'staff', input: None, output: Ok,
  run: async (ctx) => {
    if (!(await ctx.db.platformBackupTarget.findFirst())) throw notFound('target')
    return { ok: true as const }
  },
})

export const testPlatformTarget: CompositeOperation<typeof None, typeof TargetTest> = {
  kind: 'composite', scope: 'staff', name: 'admin.test_backup_target', summary: 'Write, read, list and remove a small object in the installation\'s bucket', input: None, output: TargetTest,
  rest: { method: 'POST', path: '/admin/backup-target/test', tag: 'Staff' },
  async handle(meta, raw) {
    await call(allowPlatformTest, meta, raw)
    return outcomeOf(null)
  },
}
