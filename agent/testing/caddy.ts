/** A real Caddy for tests, started the way the supervisor does. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DnsServer } from '../dns/server.ts'
import type { CaddyOptions } from '../drivers/route/caddy/config.ts'
import { until } from './world.ts'

/** Where tests let the agent's ask server listen; Caddy itself has the port on 127.0.0.1. */
export const ASK_ADDRESS = '127.0.0.3'

export const caddyPossible = ((): boolean => {
  try {
    execFileSync('caddy', ['version'])
    return true
  } catch {
    return false
  }
})()

/** The edge keeps its connections to the ask server open, so they are ended first. */
export async function endAgentServers({ dns, ask }: { dns: DnsServer; ask: Server }): Promise<void> {
  await dns.close()
  ask.closeAllConnections()
  await new Promise((resolve) => ask.close(resolve))
}

export interface TestCaddy {
  options: CaddyOptions
  root(): Buffer
  start(): Promise<void>
  /** With the last configuration it had, as after a crash. */
  resume(): Promise<void>
  pid(): number
  kill(): Promise<void>
  close(): Promise<void>
}

export function createTestCaddy(ports: { https: number; http: number; dns: number; ask: number; portal: number }): TestCaddy {
  const dir = mkdtempSync(join(tmpdir(), 'caddy-'))
  const options: CaddyOptions = {
    adminSocket: join(dir, 'admin.sock'), storage: join(dir, 'storage'), httpsPort: ports.https, httpPort: ports.http, dnsPort: ports.dns,
    askPort: ports.ask, domain: 'console.localhost', appsDomain: 'apps.localhost', acme: null, askUpstream: `${ASK_ADDRESS}:${ports.ask}`, portalUpstream: `127.0.0.1:${ports.portal}`,
  }
  let child: ChildProcess | null = null
  const kill = async (): Promise<void> => {
    const running = child
    child = null
    if (!running || running.exitCode !== null) return
    await new Promise((resolve) => {
      running.once('exit', resolve)
      running.kill('SIGKILL')
    })
  }
  const run = async (...how: string[]): Promise<void> => {
    const bootstrap = join(dir, 'bootstrap.json')
    writeFileSync(bootstrap, JSON.stringify({ admin: { listen: `unix/${options.adminSocket}` } }))
    rmSync(options.adminSocket, { force: true })
    child = spawn('caddy', ['run', ...how, '--config', bootstrap], {
      stdio: 'ignore', env: { ...process.env, HOME: dir, XDG_CONFIG_HOME: dir, XDG_DATA_HOME: dir },
    })
    await until('caddy listens', () => existsSync(options.adminSocket), 10_000)
  }
  return {
    options,
    root: () => readFileSync(join(options.storage, 'pki/authorities/local/root.crt')),
    start: () => run(),
    resume: () => run('--resume'),
    pid: () => child?.pid ?? 0,
    kill,
    async close() {
      await kill()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
