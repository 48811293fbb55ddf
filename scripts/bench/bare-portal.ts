import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readEnv } from '../../server/core/env.ts'
import type { Runtime } from '../../server/core/runtime.ts'
import { startCore } from '../../server/start-core.ts'
import { createTestDatabase, startTestDatabase } from '../db/testing.ts'
import { checkout } from '../host/files.ts'
import { freePort } from '../host/ports.ts'

const START_MS = 60_000
const LOOK_MS = 50
const AGAIN_MS = 50

export interface BarePortal {
  api: string
  /** The server's own code in this process, on the same database. */
  runtime: Runtime
  pid: () => number
  superuserUrl: string
  /** Kills it as a power cut would, and starts the next one. */
  replace: () => Promise<void>
  replaceWorker: () => void
}

const answers = (api: string): Promise<boolean> => fetch(`${api}/health`).then(({ ok }) => ok, () => false)

const databaseOf = (url: string, like: string): string => Object.assign(new URL(url), { pathname: new URL(like).pathname }).href

/** Portal and worker as they are installed, without edge, agent and machines: for what a fleet asks of them. */
export async function withPortal<T>(work: (portal: BarePortal) => Promise<T>, more: Record<string, string> = {}): Promise<T> {
  const { server, stop } = await startTestDatabase()
  const data = mkdtempSync(path.join(os.tmpdir(), 'shellwego-bench-'))
  const database = await createTestDatabase(server)
  const [port, sandboxPort] = [await freePort(21_040), await freePort(21_140)]
  const settings = {
    NODE_ENV: 'production' as const, SHELLWEGO_MODE: 'sandbox', DATABASE_URL_APP: database.appUrl, DATABASE_URL_SYSTEM: database.systemUrl, SHELLWEGO_DATA: data,
    SHELLWEGO_AUTH_SECRET: randomBytes(32).toString('hex'), LOG_LEVEL: 'error', PORT: String(port), SHELLWEGO_SANDBOX_PORT: String(sandboxPort),
    SHELLWEGO_KEY_PASSPHRASE: randomBytes(16).toString('hex'),
  }
  const start = (role: string): ChildProcess => spawn('setpriv', ['--pdeathsig=KILL', process.execPath, '--max-semi-space-size=4', path.join(checkout, 'dist/server.js')],
    { cwd: checkout, env: { ...process.env, ...settings, ...more, ROLE: role }, stdio: ['ignore', 'ignore', 'inherit'] })
  const api = `http://127.0.0.1:${port}`
  const running = new Map<'portal' | 'worker', ChildProcess>()
  let stopped = false
  /** Whatever ends it, the next one starts, as under the supervisor. */
  const keep = (role: 'portal' | 'worker'): void => {
    const child = start(role)
    running.set(role, child)
    child.once('exit', () => void (stopped || setTimeout(() => keep(role), AGAIN_MS)))
  }
  keep('portal')
  keep('worker')
  const ready = async (): Promise<void> => {
    for (const end = performance.now() + START_MS; !(await answers(api)); await sleep(LOOK_MS)) {
      if (performance.now() > end) throw new Error('the portal did not start')
    }
  }
  const replace = async (): Promise<void> => {
    const killed = running.get('portal')
    killed?.kill('SIGKILL')
    while (running.get('portal') === killed) await sleep(LOOK_MS)
    await ready()
  }
  const replaceWorker = (): void => void running.get('worker')?.kill('SIGKILL')
  try {
    await ready()
    const core = await startCore(readEnv({ ...settings, ROLE: 'portal' }), { jobs: [], work: false, poolSize: 8 })
    try {
      return await work({
        api, runtime: core.runtime, pid: () => running.get('portal')?.pid ?? 0, superuserUrl: databaseOf(server.superuserUrl, database.systemUrl), replace, replaceWorker,
      })
    } finally {
      await core.stop()
    }
  } finally {
    stopped = true
    for (const child of running.values()) child.kill('SIGKILL')
    await stop()
    rmSync(data, { recursive: true, force: true })
  }
}
