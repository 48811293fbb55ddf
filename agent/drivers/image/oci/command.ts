/** Runs one child process by argv, with an abort signal, a deadline and bounded output. */
import { spawn } from 'node:child_process'

export interface CommandResult { code: number | null, stdout: Buffer, stderr: string }
export interface CommandOptions { signal: AbortSignal, timeoutMs: number, env?: NodeJS.ProcessEnv, maxStdout?: number }

export class CommandTimeout extends Error {}

const KILL_AFTER_MS = 2000
const MAX_STDERR = 64 * 1024

const reasonOf = ({ reason }: AbortSignal): Error => (reason instanceof Error ? reason : new DOMException('Aborted', 'AbortError'))

/** Resolves with the exit code; rejects when the program is missing, aborted or past its deadline, and then the child is gone. */
export function runCommand(argv: readonly [string, ...string[]], options: CommandOptions): Promise<CommandResult> {
  const [program, ...args] = argv
  return new Promise((resolve, reject) => {
    options.signal.throwIfAborted()
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: options.env ?? process.env })
    const stdout: Buffer[] = []
    let stdoutBytes = 0
    let stderr = ''
    let failure: Error | null = null
    let killTimer: NodeJS.Timeout | undefined
    const stop = (reason: Error): void => {
      if (failure !== null) return
      failure = reason
      child.kill('SIGTERM')
      killTimer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
    }
    const onAbort = (): void => stop(reasonOf(options.signal))
    const late = new CommandTimeout(`${program} took longer than ${options.timeoutMs / 1000} s`)
    const deadline = setTimeout(() => stop(late), options.timeoutMs)
    options.signal.addEventListener('abort', onAbort, { once: true })
    child.stdout.on('data', (chunk: Buffer) => {
      stdoutBytes += chunk.length
      if (stdoutBytes > (options.maxStdout ?? 16 << 20)) stop(new Error(`${program} printed too much`))
      else stdout.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => { stderr = (stderr + chunk.toString('utf8')).slice(-MAX_STDERR) })
    child.on('error', (error) => { failure ??= error })
    child.on('close', (code) => {
      clearTimeout(deadline)
      clearTimeout(killTimer)
      options.signal.removeEventListener('abort', onAbort)
      if (failure !== null) reject(failure)
      else resolve({ code, stdout: Buffer.concat(stdout), stderr })
    })
  })
}
