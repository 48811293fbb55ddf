import { sha256 } from '../core/crypto.ts'
import { newId } from '../core/id.ts'
import { runtime } from '../core/runtime.ts'
import { issueJoinToken } from '../domain/nodes/index.ts'

/** An upgrade of the fleet that is over, since only one is open at a time, a machine that is about to join, and a backup of the installation. */
export const makeFleetWork = (nodeId: string, marker: string): Promise<Record<'upgrade_id' | 'join_id' | 'portal_backup_id', string>> => runtime().databases.asSystem('job', async (db) => {
  const { token } = await issueJoinToken(db, { region: 'local', zone: '', labels: { marker } })
  const id = newId('fleetUpgrade')
  await db.fleetUpgrade.create({ data: {
    id, version: '0.1.0', manifest: 'ab'.repeat(32), state: 'cancelled', detail: marker, finishedAt: new Date(), nodes: { create: [{ nodeId, hostname: marker, position: 0, state: 'failed', detail: marker }] },
  } })
  const portalBackupId = newId('portalBackup')
  await db.portalBackup.create({ data: { id: portalBackupId, name: `${marker}-${portalBackupId}`, kind: 'manual', state: 'failed', place: marker, takenAt: new Date() } })
  return { upgrade_id: id, join_id: sha256(token).slice(0, 32), portal_backup_id: portalBackupId }
})
