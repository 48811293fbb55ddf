import type { SystemDb } from '../../../core/db.ts'
import { DomainError } from '../../../core/error.ts'
import { recordEvent, type EventInput } from '../../../core/event.ts'
import { log } from '../../../core/log.ts'
import type { Volume } from '../../../../prisma/generated/client.ts'
import { backupName, takeBackup } from './back-up-volume.ts'

/** What cannot be now, because the bucket is gone or all is full, is tried again at the next step. */
export const backUpByClock = async (db: SystemDb, volume: Volume, expiresAt: Date, now: Date): Promise<void> => {
  const emit = (type: string, subject: EventInput['subject'], data?: NonNullable<EventInput['data']>): Promise<void> =>
    recordEvent(db, { orgId: volume.orgId, type, subject, actor: { type: 'job', name: 'volumes.sweep' }, requestId: null, ...(data ? { data } : {}) })
  try {
    // The volume's own rows alone are touched: the row was locked for it.
    await takeBackup({ db, emit, now, userId: null }, volume, { name: backupName(volume, now), kind: 'scheduled', snapshotId: null, expiresAt })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    log.warn({ volume: volume.id, reason: error.message }, 'a scheduled backup was not begun')
  }
}
