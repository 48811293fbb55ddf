import { spawn } from 'node:child_process'
import { existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { makeFolder, type Owner } from '../host/files.ts'
import { run } from '../host/run.ts'
import type { Binaries } from './binaries.ts'

/** Longest path of a UNIX socket that Linux accepts, less the name PostgreSQL gives it. */
const SOCKET_FOLDER_LIMIT = 107 - '/.s.PGSQL.32767.lock'.length
const POLL_MS = 25

export interface Cluster {
  binaries: Binaries
  /** Holds `cluster/` (the data) and `run/` (the UNIX socket). */
  folder: string
  port: number
  superuserPassword: string
  /** PostgreSQL refuses to run as root; undefined when we are not root. */
  owner?: Owner
  /** Test servers trade durability for speed. */
  durable: boolean
}

export function databaseUrl(user: string, password: string, port: number, database: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`
}

export function superuserUrl(cluster: Cluster, database = 'postgres'): string {
  return databaseUrl('postgres', cluster.superuserPassword, cluster.port, database)
}

/** Creates the cluster files on the first call. */
export async function initialise(cluster: Cluster): Promise<void> {
  const data = path.join(cluster.folder, 'cluster')
  makeFolder(cluster.folder, 0o700, cluster.owner)
  makeFolder(path.join(cluster.folder, 'run'), 0o700, cluster.owner)
  if (existsSync(path.join(data, 'PG_VERSION')) && existsSync(path.join(data, 'initialised'))) return
  rmSync(data, { recursive: true, force: true })
  makeFolder(data, 0o700, cluster.owner)
  const passwordFile = path.join(makeFolder(`${cluster.folder}/first`, 0o755), 'password')
  try {
    writeFileSync(passwordFile, cluster.superuserPassword, { mode: 0o600 })
    if (cluster.owner) await run(['chown', String(cluster.owner.uid), passwordFile])
    await run([
      cluster.binaries.initdb, '-D', data, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`,
      '--encoding=UTF8', '--locale=C.UTF-8', ...(cluster.durable ? [] : ['--no-sync']),
    ], { cwd: '/', ...cluster.owner })
  } finally {
    rmSync(`${cluster.folder}/first`, { recursive: true, force: true })
  }
  writeFileSync(path.join(data, 'initialised'), '')
}

export function serverArguments(cluster: Cluster): [string, ...string[]] {
  const socketFolder = path.join(cluster.folder, 'run')
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(cluster.port),
    unix_socket_directories: socketFolder.length <= SOCKET_FOLDER_LIMIT ? socketFolder : '',
    password_encryption: 'scram-sha-256',
    max_connections: '200',
    shared_preload_libraries: 'pg_stat_statements',
    ...(cluster.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return [cluster.binaries.postgres, '-D', path.join(cluster.folder, 'cluster'), ...options]
}

/** Resolves when the server takes connections. */
export async function untilReady(cluster: Cluster, signal: AbortSignal): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: superuserUrl(cluster), connectionTimeoutMillis: 1000 })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (signal.aborted) throw error
      await sleep(POLL_MS)
    }
  }
}

export interface RunningServer {
  pid: number
  stop: () => Promise<void>
}

/** A server of this process, for tests; the product's own is started by the supervisor. */
export async function startServer(cluster: Cluster, logFile: string): Promise<RunningServer> {
  await initialise(cluster)
  const log = openSync(logFile, 'a')
  // The parent-death signal ends the server when a test run is killed.
  const user = cluster.owner ? [`--reuid=${cluster.owner.uid}`, `--regid=${cluster.owner.gid}`, '--clear-groups'] : []
  const child = spawn('setpriv', ['--pdeathsig=INT', ...user, ...serverArguments(cluster)],
    { cwd: '/', detached: true, stdio: ['ignore', log, log] })
  const exited = new AbortController()
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.once('exit', () => exited.abort())
  try {
    await untilReady(cluster, exited.signal)
  } catch (error) {
    throw new Error(`PostgreSQL did not start:\n${readFileSync(logFile, 'utf8').slice(-2000)}`, { cause: error })
  }
  return {
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGINT')
      await gone
    },
  }
}
