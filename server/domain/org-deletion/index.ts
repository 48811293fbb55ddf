import { deleteOrganization } from './delete-organization.ts'
import { finishDeletions } from './finish-deletions.ts'
import { restoreOrganization } from './restore-organization.ts'

export { deleteDueOrganizations, nextDeletionAt } from './finish-deletions.ts'
export { deleteOrganization, restoreOrganization }
export const operations = [deleteOrganization, restoreOrganization]
export const jobs = [finishDeletions]
/** Lines for the queue's crontab. */
export const crontab = ['* * * * * org-deletion.finish']
