import { closeTerminal, openTerminal, renewTicket } from './open-terminal.ts'
import { listAllTerminals, listTerminals } from './read-terminals.ts'
import { runCommand } from './run-command.ts'
import { wakeApp } from './wake-app.ts'

export { connectLine } from './lines.ts'
export type { LiveSession, Viewer } from './live-session.ts'
export { endAllSessions, endForgottenSessions } from './record-end.ts'
export { useTicket } from './tickets.ts'
export { closeTerminal, listAllTerminals, listTerminals, openTerminal, renewTicket, runCommand, wakeApp }
export const operations = [openTerminal, renewTicket, closeTerminal, listTerminals, listAllTerminals, wakeApp]
export const composites = [runCommand]
