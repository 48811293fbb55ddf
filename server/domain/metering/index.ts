import { ingestUsageEvents } from './events/ingest-events.ts'
import { makePartitions } from './events/partitions.ts'
import { followUsageTimezone, rebuildRollups, rebuildUsage, rebuildUsageOf } from './events/rebuild.ts'

export { recordUsage } from './record-usage.ts'
export { subscribeMetering } from './subscriptions.ts'
export { ingestUsageEvents, rebuildRollups, rebuildUsageOf }
export const operations = [ingestUsageEvents, rebuildUsageOf]
export const jobs = [makePartitions, rebuildUsage, followUsageTimezone]
export const crontab = ['13 3 * * * metering.make_partitions']
