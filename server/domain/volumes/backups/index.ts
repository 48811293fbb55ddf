import { advanceSets } from './advance-set.ts'
import { backUpVolume } from './back-up-volume.ts'
import { deleteBackup } from './delete-backup.ts'
import { drillBackup, setDrills } from './drills.ts'
import { getPlatformTarget, removePlatformTarget, setPlatformTarget } from './platform-target.ts'
import { getBackup, listBackups, listDrills } from './read-backups.ts'
import { restoreBackup } from './restore-backup.ts'
import { sweepBackups } from './sweep-backups.ts'
import { createTarget, listTargets, removeTarget, replaceTargetKeys } from './targets.ts'
import { testPlatformTarget, testTarget } from './test-target.ts'

export {
  backUpVolume, createTarget, deleteBackup, drillBackup, getBackup, getPlatformTarget, listBackups, listDrills, listTargets, removePlatformTarget, removeTarget,
  replaceTargetKeys, restoreBackup, setDrills, setPlatformTarget, testTarget,
}
export const backupOperations = [
  listTargets, createTarget, replaceTargetKeys, removeTarget, getPlatformTarget, setPlatformTarget, removePlatformTarget, backUpVolume, listBackups, getBackup,
  deleteBackup, restoreBackup, drillBackup, setDrills, listDrills,
]
export const backupComposites = [testTarget, testPlatformTarget]
export const backupJobs = [advanceSets, sweepBackups]
