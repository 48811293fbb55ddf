import { advanceVolume } from './advance-volume.ts'
import { attachVolume, detachVolume } from './attach-volume.ts'
import { backupComposites, backupJobs, backupOperations } from './backups/index.ts'
import { createSnapshot } from './create-snapshot.ts'
import { createVolume } from './create-volume.ts'
import { deleteSnapshot } from './delete-snapshot.ts'
import { deleteVolume, undeleteVolume } from './delete-volume.ts'
import { fenceOff, rewriteOfNode } from './fencing/fence-off.ts'
import { restoreElsewhere } from './fencing/restore-elsewhere.ts'
import { setVolumeMode } from './fencing/set-mode.ts'
import { getVolume, listSnapshots, listVolumes } from './read-volumes.ts'
import { resizeVolume } from './resize-volume.ts'
import { cloneVolume, restoreVolume } from './restore-volume.ts'
import { removeSchedule, setSchedule } from './schedules.ts'
import { detachOfApp, purgeOfOrganization, retireOfOrganization } from './subscriptions.ts'
import { sweepVolumes } from './sweep.ts'

export {
  backUpVolume, createTarget, deleteBackup, drillBackup, getBackup, getPlatformTarget, listBackups, listDrills, listTargets, removePlatformTarget, removeTarget,
  replaceTargetKeys, restoreBackup, setDrills, setPlatformTarget, testTarget,
} from './backups/index.ts'
export { setBucketProbe } from './backups/ports.ts'
export { holdVolumes, nodeOfVolumes } from './hold-volumes.ts'
export { subscribeVolumes } from './subscriptions.ts'
export {
  attachVolume, cloneVolume, createSnapshot, createVolume, deleteSnapshot, deleteVolume, detachVolume, getVolume, listSnapshots, listVolumes, removeSchedule,
  restoreElsewhere, resizeVolume, restoreVolume, setSchedule, setVolumeMode, undeleteVolume,
}
export const operations = [
  listVolumes, createVolume, getVolume, attachVolume, detachVolume, resizeVolume, deleteVolume, undeleteVolume, listSnapshots, createSnapshot, deleteSnapshot,
  restoreVolume, cloneVolume, setSchedule, removeSchedule, setVolumeMode, restoreElsewhere, ...backupOperations,
]
export const composites = backupComposites
export const jobs = [advanceVolume, fenceOff, rewriteOfNode, sweepVolumes, detachOfApp, purgeOfOrganization, retireOfOrganization, ...backupJobs]
export const crontab = ['* * * * * volumes.sweep', '* * * * * backups.sweep']
