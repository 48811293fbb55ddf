import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll } from 'vitest'
import { cliBundle } from '../../scripts/build/bundle.ts'

export const BUNDLE = path.resolve('dist/cli.js')

export interface Outcome { code: number | null; stdout: string; stderr: string }
export interface CallOptions {
  env?: Record<string, string>
  input?: string
  /** Sent once stderr or stdout holds this text. */
  interruptAt?: string | RegExp
}

/** The built command, and a home of its own for one test file. */
export const withCli = () => {
  let home = ''
  beforeAll(async () => {
    home = mkdtempSync(path.join(os.tmpdir(), 'shellwego-cli-'))
    await cliBundle.make()
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  // Nothing of whoever runs the tests, but for the tools on their PATH.
  const environment = (env: Record<string, string> = {}): NodeJS.ProcessEnv =>
    ({ NODE_ENV: 'production', PATH: process.env.PATH ?? '', HOME: home, TZ: 'UTC', SHELLWEGO_DATA: path.join(home, 'data'), ...env })
  const start = (args: readonly string[], env?: Record<string, string>): ChildProcessWithoutNullStreams =>
    spawn(process.execPath, [BUNDLE, ...args], { env: environment(env), cwd: home })

  const call = async (args: readonly string[], { env, input = '', interruptAt }: CallOptions = {}): Promise<Outcome> => {
    const child = start(args, env)
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    if (interruptAt) for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => {
      if (new RegExp(interruptAt).test(String(chunk))) child.kill('SIGINT')
    })
    child.stdin.on('error', () => undefined).end(input)
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
    return { code, stdout, stderr }
  }

  /** On a terminal of its own: what it shows, with the keys pressed when the given text appears. */
  const onTerminal = async (
    args: readonly string[], keys: readonly [string, string][], { env, columns = 80 }: { env?: Record<string, string>; columns?: number } = {},
  ): Promise<Outcome> => {
    const command = `stty cols ${columns}; exec ${[process.execPath, BUNDLE, ...args].map((word) => `'${word}'`).join(' ')}`
    const terminal = ['--quiet', '--return', '--echo', 'never', '--command', command, '/dev/null']
    const child = spawn('script', terminal, { env: environment({ TERM: 'xterm', ...env }), cwd: home })
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    let shown = ''
    const waiting = [...keys]
    child.stdout.on('data', (chunk) => {
      shown += String(chunk)
      const [next] = waiting
      if (next && shown.includes(next[0])) child.stdin.write(waiting.shift()?.[1] ?? '')
    })
    const code = await ended
    return { code, stdout: shown.replaceAll('\r\n', '\n'), stderr: '' }
  }
  return { call, start, onTerminal, home: () => home, environment }
}
