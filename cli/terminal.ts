import type { ReadStream, WriteStream } from 'node:tty'

export interface Terminal {
  env: NodeJS.ProcessEnv
  stdin: ReadStream
  stdout: WriteStream
  stderr: WriteStream
  /** Null where stdout is no terminal: nothing is cut then. */
  columns: number | null
  colors: { stdout: boolean; stderr: boolean }
  /** Somebody can be asked. */
  interactive: boolean
}

const isDumb = (env: NodeJS.ProcessEnv): boolean => (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb'

export interface TerminalOptions { color: boolean; input: boolean }

export function terminalOf(io: NodeJS.Process, { color, input }: TerminalOptions): Terminal {
  const colored = color && !isDumb(io.env)
  return {
    env: io.env, stdin: io.stdin, stdout: io.stdout, stderr: io.stderr,
    columns: io.stdout.isTTY ? io.stdout.columns || 80 : null,
    colors: { stdout: colored && io.stdout.isTTY, stderr: colored && io.stderr.isTTY },
    interactive: input && io.stdin.isTTY && io.stderr.isTTY,
  }
}

/** A reader that closes the pipe has what it wanted: nothing to complain about. */
export function leaveQuietlyOnClosedPipe(io: NodeJS.Process): void {
  for (const stream of [io.stdout, io.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') io.exit(0)
      throw error
    })
  }
}

/** Resolves when the text has left for the operating system, so that a slow reader slows us down. */
export function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => error && (error as NodeJS.ErrnoException).code !== 'EPIPE' ? reject(error) : resolve())
  })
}
