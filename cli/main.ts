import path from 'node:path'
import { EXIT } from './exit.ts'
import { run } from './run.ts'
import { leaveQuietlyOnClosedPipe } from './terminal.ts'
import { version } from './version.ts'

const interrupted = new AbortController()
process.on('SIGINT', () => {
  // The second time nobody wants to wait for a tidy end.
  if (interrupted.signal.aborted) process.exit(EXIT.interrupted)
  interrupted.abort()
})
leaveQuietlyOnClosedPipe(process)

// Sources in cli/ and the bundle in dist/ are both one level below the checkout.
const home = path.resolve(import.meta.dirname, '..')
const code = await run(process.argv.slice(2), { io: process, home, version, signal: interrupted.signal })
process.exitCode = code
