import { pruneMetricSamples } from './prune-samples.ts'

export { recordUsage } from './record-usage.ts'
export { pruneMetricSamples }
export const operations = []
export const jobs = [pruneMetricSamples]
