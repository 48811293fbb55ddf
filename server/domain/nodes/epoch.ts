import { randomBytes } from 'node:crypto'
import type { SystemDb } from '../../core/db.ts'

export const currentEpoch = async (db: SystemDb): Promise<string> => (await db.controlEpoch.findUniqueOrThrow({ where: { id: 1 } })).epoch

/**
 * The database is older than what an agent has seen (settled 19): under a new epoch agents re-read everything and delete nothing until
 * the list is confirmed. Compared with the epoch that was read, so that many agents reporting at once make one new epoch.
 */
export const renewEpoch = async (db: SystemDb, seen: string): Promise<void> => {
  await db.controlEpoch.updateMany({ where: { id: 1, epoch: seen }, data: { epoch: randomBytes(16).toString('hex') } })
}
