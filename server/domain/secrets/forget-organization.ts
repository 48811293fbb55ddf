import { z } from 'zod'
import { recordEvent } from '../../core/event.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'

/** Without the key nobody reads what a backup or a log of the database may still hold. Its texts go with it. */
export const destroyKeys = defineJob({
  name: 'secrets.forget_organization',
  payload: z.object({ subject_id: z.string() }).loose(),
  run: async ({ subject_id: orgId }) => {
    const { keys, databases } = runtime()
    const left = await databases.asSystem('job', async (db) => {
      if (!(await db.organization.findFirst({ where: { id: orgId, deletedAt: { not: null } }, select: { id: true } }))) return 0
      await db.releaseSecret.deleteMany({ where: { orgId } })
      await db.secretVersion.deleteMany({ where: { orgId } })
      await db.secret.deleteMany({ where: { orgId } })
      await db.backupTarget.updateMany({ where: { orgId }, data: { sealedSecret: null, keyId: null } })
      const { count } = await db.dataKey.deleteMany({ where: { owner: orgId, objects: { none: {} }, volumes: { none: {} }, backupSets: { none: {} } } })
      const actor = { type: 'job', name: 'secrets.forget_organization' } as const
      if (count > 0) await recordEvent(db, { orgId, type: 'keys.data_key_destroyed', subject: { type: 'organization', id: orgId }, actor, requestId: null, data: { keys: count } })
      return db.dataKey.count({ where: { owner: orgId } })
    })
    keys.forget()
    // The queue tries again: its instances are being taken off their nodes.
    if (left > 0) throw new Error(`${left} data keys of ${orgId} still encrypt what a node is to run`)
  },
})
