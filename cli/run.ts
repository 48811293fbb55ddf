import { CommanderError } from 'commander'
import type { Installation } from './context.ts'
import { EXIT, exitCodeOf, explain, Interrupted, problemOf, RemoteExit, UsageError, type ExitCode } from './exit.ts'
import { buildProgram } from './program.ts'

/** The format asked for, read even when the command line as a whole makes no sense. */
function wantsData(argv: readonly string[], env: NodeJS.ProcessEnv): boolean {
  const given = argv.flatMap((word, index) => {
    if (word === '--json') return ['json']
    if (word === '-o' || word === '--output') return [argv[index + 1] ?? '']
    return /^--output=(.*)$/.exec(word)?.[1] ?? /^-o(\w+)$/.exec(word)?.[1] ?? []
  }).at(-1) ?? env.SHELLWEGO_OUTPUT
  return given === 'json' || given === 'yaml'
}

/** Commander's own refusals are faults of usage; help and version are none. */
function translated(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return null
    return new UsageError(error.message.replace(/^error: /, '') === '(outputHelp)' ? 'say which command: the list is above' : error.message.replace(/^error: /, ''))
  }
  return signal.aborted && !(error instanceof UsageError) ? new Interrupted('interrupted') : error
}

/** Errors go to stderr, so that stdout holds data or nothing. */
function report(error: unknown, argv: readonly string[], { io }: Installation): ExitCode {
  const code = exitCodeOf(error)
  if (wantsData(argv, io.env)) io.stderr.write(`${JSON.stringify({ error: problemOf(error) })}\n`)
  else io.stderr.write(`${error instanceof Interrupted ? error.message : `error: ${explain(error)}`}\n`)
  return code
}

export async function run(argv: readonly string[], installation: Installation): Promise<number> {
  try {
    await buildProgram(installation).parseAsync([...argv], { from: 'user' })
    // Streams end with Ctrl-C and without a word.
    return installation.signal.aborted ? EXIT.interrupted : EXIT.ok
  } catch (error) {
    if (error instanceof RemoteExit) return error.exitCode
    const fault = translated(error, installation.signal)
    return fault === null ? EXIT.ok : report(fault, argv, installation)
  }
}
