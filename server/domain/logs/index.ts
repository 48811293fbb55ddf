import { listEvents } from './events.ts'
import { getAppMetrics } from './get-app-metrics.ts'
import { listAppLogs } from './list-app-logs.ts'
import { pruneLogLines } from './prune-logs.ts'

export { eventsBetween, presentEvents, toEventView, type EventView } from './events.ts'
export { linesAfter, linesBefore, requireApp, type LineFilter, type LogLineView } from './read-lines.ts'
export { recordLogs } from './record-logs.ts'
export { getAppMetrics, listAppLogs, listEvents, pruneLogLines }
export const operations = [listAppLogs, getAppMetrics, listEvents]
export const jobs = [pruneLogLines]
