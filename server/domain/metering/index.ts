import { ingestUsageEvents } from './events/ingest-events.ts'
import { makePartitions } from './events/partitions.ts'
import { followUsageTimezone, rebuildRollups, rebuildUsage, rebuildUsageOf } from './events/rebuild.ts'
import { pruneMetricSamples } from './prune-samples.ts'

export { recordUsage } from './record-usage.ts'
export { subscribeMetering } from './subscriptions.ts'
export { ingestUsageEvents, pruneMetricSamples, rebuildRollups, rebuildUsageOf }
export const operations = [ingestUsageEvents, rebuildUsageOf]
export const jobs = [pruneMetricSamples, makePartitions, rebuildUsage, followUsageTimezone]
export const crontab = ['9 * * * * metering.prune_samples', '13 3 * * * metering.make_partitions']
