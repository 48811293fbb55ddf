import { spawn } from 'node:child_process'
import { checkout } from '../host/files.ts'

/** Runs a command that talks to the terminal itself; resolves to its exit code. */
export function interactive(argv: readonly [string, ...string[]], env: Record<string, string> = {}): Promise<number> {
  const [file, ...args] = argv
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: checkout, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } })
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}
