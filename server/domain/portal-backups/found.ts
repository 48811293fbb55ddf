import { newId } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import type { PortalBackupPlan } from '../../../prisma/generated/client.ts'
import { takenAtOf } from './name.ts'
import { addressOf, currentLock, lockKind, placeName } from './plan-row.ts'
import { portalArchives } from './ports.ts'

/**
 * A restored database does not know the backups made after its own; they lie there all the same. And a row whose file is gone is no backup.
 */
export const compareWithPlace = async (plan: PortalBackupPlan): Promise<void> => {
  const there = (await portalArchives().open(addressOf(plan)).list()).filter(({ name }) => takenAtOf(name) !== null)
  const place = placeName(plan)
  await runtime().databases.asSystem('job', async (db) => {
    const known = await db.portalBackup.findMany({ where: { place }, select: { id: true, name: true, state: true } })
    const names = new Set(known.map((row) => row.name))
    for (const { name, bytes } of there.filter((one) => !names.has(one.name))) {
      const takenAt = takenAtOf(name) as Date
      await db.portalBackup.createMany({
        data: [{ id: newId('portalBackup'), name, kind: 'found', state: 'ready', place, progress: 1, bytes, lock: lockKind(currentLock()), takenAt, finishedAt: takenAt }], skipDuplicates: true,
      })
    }
    const lying = new Set(there.map(({ name }) => name))
    const gone = known.filter((row) => row.state === 'ready' && !lying.has(row.name)).map(({ id }) => id)
    const data = { state: 'failed', code: 'missing', reason: 'It is no longer where it was put: somebody removed it, or the place was emptied.' }
    await db.portalBackup.updateMany({ where: { id: { in: gone } }, data })
    // A disk that was not mounted is mounted again.
    await db.portalBackup.updateMany({ where: { state: 'failed', code: 'missing', name: { in: [...lying] } }, data: { state: 'ready', code: null, reason: null } })
  })
}

