import { listEvents } from './events.ts'
import { listAppLogs } from './list-app-logs.ts'
import { pruneLogLines } from './prune-logs.ts'

export { eventsBetween, presentEvents, toEventView, type EventView } from './events.ts'
export { linesAfter, linesBefore, requireApp, type LineFilter, type LogLineView } from './read-lines.ts'
export { recordLogs } from './record-logs.ts'
export { Moment, momentOf } from './time-input.ts'
export { listAppLogs, listEvents, pruneLogLines }
export const operations = [listAppLogs, listEvents]
export const jobs = [pruneLogLines]
