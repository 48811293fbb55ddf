import { downloadAppLogs } from './download-logs.ts'
import { listEvents } from './events.ts'
import { getAppMetrics } from './get-app-metrics.ts'
import { listAppLogs } from './list-app-logs.ts'
import { pruneLogLines } from './prune-logs.ts'
import { compactLogChunks } from './store/compact.ts'

export { eventsBetween, presentEvents, toEventView, type EventView } from './events.ts'
export { recordLogs } from './record-logs.ts'
export { keptSince, requireApp } from './require-app.ts'
export { Moment, momentOf } from './time-input.ts'
export { newestLine, readLines, type LineFilter } from './store/read.ts'
export { getAppMetrics, listAppLogs, listEvents, pruneLogLines }
export const operations = [listAppLogs, getAppMetrics, listEvents]
export const files = [downloadAppLogs]
export const jobs = [pruneLogLines, compactLogChunks]
export const crontab = ['7 * * * * logs.prune', '* * * * * logs.compact']
