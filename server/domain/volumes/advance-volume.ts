import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { writeDesired } from './desired-volume.ts'
import { writeSegments } from './write-segments.ts'

/** Tells the node of a volume what is wished now. Woken by every change of a volume or a snapshot of it; safe to run at any time. */
export const advanceVolume = defineJob({
  name: 'volumes.advance',
  payload: z.object({ subject_id: z.string(), org_id: z.string().nullable() }),
  run: ({ subject_id: subject }) => runtime().databases.asSystem('job', async (db) => {
    const snapshot = subject.startsWith('snap_') ? await db.volumeSnapshot.findUnique({ where: { id: subject }, select: { volumeId: true } }) : null
    const id = snapshot?.volumeId ?? subject
    await db.$executeRaw`SELECT 1 FROM volume WHERE id = ${id} FOR UPDATE`
    const now = runtime().clock.now()
    await writeDesired(db, id, now)
    await writeSegments(db, id, now)
  }),
})
