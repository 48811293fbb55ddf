import { subscribe } from '../../core/event.ts'
import { downloadAppLogs } from './download-logs.ts'
import { createDrain, deleteDrain, getDrain, listDrains, updateDrain } from './drains/operations.ts'
import { forgetDrains } from './drains/forget-organization.ts'
import { testDrain } from './drains/test-drain.ts'
import { listEvents } from './events.ts'
import { listAppLogs } from './list-app-logs.ts'
import { pruneLogLines } from './prune-logs.ts'
import { compactLogChunks } from './store/compact.ts'

export { eventsBetween, presentEvents, toEventView, type EventView } from './events.ts'
export { recordLogs } from './record-logs.ts'
export { keptSince, requireApp } from './require-app.ts'
export { Moment, momentOf } from './time-input.ts'
export { newestLine, readLines, type LineFilter } from './store/read.ts'
export { startDrains } from './drains/dispatch.ts'
export { createDrain, deleteDrain, getDrain, listDrains, testDrain, updateDrain, listAppLogs, listEvents, pruneLogLines }
export const operations = [listAppLogs, listEvents, listDrains, getDrain, createDrain, updateDrain, deleteDrain]
export const composites = [testDrain]
export const files = [downloadAppLogs]
export const jobs = [pruneLogLines, compactLogChunks, forgetDrains]
export const subscribeLogs = (): void => subscribe('organization.deleted', forgetDrains)
export const crontab = ['7 * * * * logs.prune', '* * * * * logs.compact']
