import { runCommand } from './run-command.ts'

export { connectLine } from './lines.ts'
export { endForgottenSessions } from './record-end.ts'
export { runCommand }
export const operations = []
export const composites = [runCommand]
