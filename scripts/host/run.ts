import { spawn, type SpawnOptions } from 'node:child_process'

export class CommandError extends Error {
  readonly output: string
  constructor(argv: readonly string[], status: string, output: string) {
    super(`${argv.join(' ')}: ${status}\n${output}`.trim())
    this.output = output
  }
}

export interface RunOptions extends Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'> {
  /** Also show the output while the command runs. */
  show?: boolean
  /** Runs to its end even when this process is told to stop. */
  uninterrupted?: boolean
}

const interruptible = new Set<number>()

/** Ends what `run` has under way, with all it started. */
export function interruptCommands(): void {
  for (const pid of interruptible) {
    try {
      process.kill(-pid, 'SIGTERM')
    } catch {
      interruptible.delete(pid)
    }
  }
}

/** Runs an argument list to its end; rejects with its output unless it exits 0. */
export function run(argv: readonly [string, ...string[]], options: RunOptions = {}): Promise<string> {
  const { show = false, uninterrupted = false, ...spawnOptions } = options
  const [file, ...args] = argv
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...spawnOptions, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const { pid } = child
    if (pid !== undefined && !uninterrupted) interruptible.add(pid)
    const chunks: Buffer[] = []
    const collect = (chunk: Buffer): void => {
      chunks.push(chunk)
      if (show) process.stdout.write(chunk)
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (pid !== undefined) interruptible.delete(pid)
      const output = Buffer.concat(chunks).toString()
      if (code === 0) resolve(output)
      else reject(new CommandError(argv, signal ?? `exit code ${code}`, output))
    })
  })
}
