import { closeMetrics, getMetricsAccess, openMetrics } from './access.ts'
import { getAppMetrics } from './get-app-metrics.ts'
import { getNodeMetrics } from './get-node-metrics.ts'
import { pruneMeasures } from './prune-measures.ts'

export { mayRead } from './access.ts'
export { platformFamilies } from './platform-figures.ts'
export { readRelease } from './release-traffic.ts'
export { recordHosts, recordTraffic, recordUsed, type UsedSpan } from './record-measures.ts'
export { closeMetrics, getAppMetrics, getMetricsAccess, getNodeMetrics, openMetrics }
export const operations = [getAppMetrics, getNodeMetrics, getMetricsAccess, openMetrics, closeMetrics]
export const jobs = [pruneMeasures]
export const crontab = ['9 * * * * metrics.prune']
