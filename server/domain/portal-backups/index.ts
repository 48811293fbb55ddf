import { createPortalBackup, getPortalBackup, listPortalBackups, verifyPortalBackup } from './backups.ts'
import { getPlan, setPlan, testPlan } from './plan.ts'
import { adoptStray, getRecovery, removeStray, resume } from './recovery.ts'
import { proveBackup, runBackup } from './run-backup.ts'
import { tickBackups } from './tick.ts'

export { setPortalArchives } from './ports.ts'
export { adoptStray, createPortalBackup, getPlan, getPortalBackup, getRecovery, listPortalBackups, removeStray, resume, setPlan, testPlan, verifyPortalBackup }
export const operations = [
  listPortalBackups, getPortalBackup, createPortalBackup, verifyPortalBackup, getPlan, setPlan, getRecovery, resume, adoptStray, removeStray,
]
export const composites = [testPlan]
export const jobs = [runBackup, proveBackup, tickBackups]
export const crontab = ['*/10 * * * * portal_backups.tick']
