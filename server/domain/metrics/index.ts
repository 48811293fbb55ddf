import { getAppMetrics } from './get-app-metrics.ts'
import { getNodeMetrics } from './get-node-metrics.ts'
import { pruneMeasures } from './prune-measures.ts'

export { recordHosts, recordTraffic, recordUsed, type UsedSpan } from './record-measures.ts'
export { getAppMetrics, getNodeMetrics }
export const operations = [getAppMetrics, getNodeMetrics]
export const jobs = [pruneMeasures]
export const crontab = ['9 * * * * metrics.prune']
