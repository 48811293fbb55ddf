/** The one way drivers run other programs: argv only, bounded in time and output. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface CommandResult { code: number; stdout: string; stderr: string }

export class CommandError extends Error {
  readonly result: CommandResult
  constructor(argv: readonly string[], result: CommandResult) {
    super(`${argv.slice(0, 4).join(' ')}: ${result.stderr.trim().slice(0, 500) || `exit ${result.code}`}`)
    this.result = result
  }
}

const OUTPUT_LIMIT = 4 << 20
const ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' } as unknown as NodeJS.ProcessEnv

export function tryCommand(argv: readonly string[], options: { input?: string; timeoutMs?: number } = {}): Promise<CommandResult> {
  return new Promise((resolve) => {
    const [file = '', ...args] = argv
    const child: ChildProcessWithoutNullStreams = spawn(file, args, { env: ENVIRONMENT })
    const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 10_000)
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => { if (stdout.length < OUTPUT_LIMIT) stdout += chunk.toString() })
    child.stderr.on('data', (chunk: Buffer) => { if (stderr.length < OUTPUT_LIMIT) stderr += chunk.toString() })
    const finish = (code: number, extra = ''): void => {
      clearTimeout(timer)
      resolve({ code, stdout, stderr: stderr + extra })
    }
    child.on('error', (error) => finish(127, error.message))
    child.on('close', (code, signal) => finish(code ?? 128, signal ? ` ended by ${signal}` : ''))
    child.stdin.on('error', () => {})
    child.stdin.end(options.input ?? '')
  })
}

export async function runCommand(argv: readonly string[], options: { input?: string; timeoutMs?: number } = {}): Promise<string> {
  const result = await tryCommand(argv, options)
  if (result.code !== 0) throw new CommandError(argv, result)
  return result.stdout
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** `/usr/sbin` is not on everybody's path, and holds what we need. */
export const isInstalled = (name: string, path = process.env['PATH'] ?? ''): boolean =>
  [...path.split(delimiter), '/usr/sbin', '/sbin'].some((folder) => folder !== '' && isExecutable(join(folder, name)))
