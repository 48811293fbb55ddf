/** Runs a program by argv, never through a shell, and collects its output. */
import { spawn } from 'node:child_process'

export interface CommandOptions {
  cwd?: string
  env?: NodeJS.ProcessEnv
  detached?: boolean
}

export interface CommandResult { code: number | null; stdout: string; stderr: string }

export class CommandError extends Error {
  readonly result: CommandResult
  constructor(argv: readonly string[], result: CommandResult) {
    super(`${argv[0] ?? ''} failed (${result.code ?? 'killed'}): ${result.stderr.trim().slice(0, 2000)}`)
    this.result = result
  }
}

export function runCommand(argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const [file = '', ...args] = argv
    const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text })
    child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/** Like {@link runCommand}, but anything except exit code 0 rejects with {@link CommandError}. */
export async function mustRun(argv: readonly string[], options: CommandOptions = {}): Promise<string> {
  const result = await runCommand(argv, options)
  if (result.code !== 0) throw new CommandError(argv, result)
  return result.stdout
}
