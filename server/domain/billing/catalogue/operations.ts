import { archiveMeter, createMeter, getMeter, listMeters, restoreMeter } from './meter-operations.ts'
import { migrateSubscription, migrateSubscriptions, previewMigration } from './migrate-subscriptions.ts'
import { listOfferedPlans } from './offered-plans.ts'
import { archivePlan, createPlan, getPlan, listPlans, publishPrice, restorePlan, updatePlan } from './plan-operations.ts'

export {
  archiveMeter, archivePlan, createMeter, createPlan, getMeter, getPlan, listMeters, listOfferedPlans, listPlans, migrateSubscriptions, previewMigration,
  publishPrice, restoreMeter,
  restorePlan, updatePlan,
}
export const catalogueOperations = [
  listMeters, getMeter, createMeter, archiveMeter, restoreMeter, listPlans, getPlan, createPlan, updatePlan, archivePlan, restorePlan, publishPrice,
  previewMigration,
  migrateSubscriptions, listOfferedPlans,
]
export const catalogueJobs = [migrateSubscription]
