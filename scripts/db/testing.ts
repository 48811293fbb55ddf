import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { freePort } from '../host/ports.ts'
import { copiedBinaries, isOpenToAll, packagedBinaries } from './binaries.ts'
import { databaseUrl, startServer, superuserUrl, type Cluster } from './embedded.ts'
import { migrate } from './migrate.ts'
import { bootstrapCluster, grantDatabase, type RolePasswords } from './roles.ts'

const NOBODY = { uid: 65_534, gid: 65_534 }
const FIRST_PORT = 20_000
const PORT_SPREAD = 5000
export const TEMPLATE = 'template_shellwego'

/** What a test worker needs to make databases of its own; plain data, so that it can be handed to workers. */
export interface TestServer {
  port: number
  superuserUrl: string
  passwords: RolePasswords
}

export interface TestDatabase {
  ownerUrl: string
  appUrl: string
  systemUrl: string
  drop: () => Promise<void>
}

async function administer(server: TestServer, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.superuserUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

export function urlsOf(server: TestServer, database: string): Omit<TestDatabase, 'drop'> {
  const url = (role: keyof RolePasswords): string => databaseUrl(`shellwego_${role}`, server.passwords[role], server.port, database)
  return { ownerUrl: url('owner'), appUrl: url('app'), systemUrl: url('system') }
}

/** A migrated database of the caller's own, copied from the template in some 30 ms. */
export async function createTestDatabase(server: TestServer): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await administer(server, `create database ${name} template ${TEMPLATE} strategy file_copy owner shellwego_owner`)
  const urls = urlsOf(server, name)
  await grantDatabase(urls.ownerUrl)
  return { ...urls, drop: () => administer(server, `drop database if exists ${name} with (force)`) }
}

async function makeTemplate(server: TestServer): Promise<void> {
  await bootstrapCluster(server.superuserUrl, TEMPLATE, server.passwords)
  const { ownerUrl } = urlsOf(server, TEMPLATE)
  await grantDatabase(ownerUrl)
  await migrate(ownerUrl)
}

/** One server per test run, in a temporary folder, with fsync off. */
export async function startTestDatabase(): Promise<{ server: TestServer; stop: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shellwego-test-'))
  chmodSync(folder, 0o755)
  const isRoot = process.getuid?.() === 0
  const packaged = packagedBinaries()
  const cluster: Cluster = {
    binaries: isRoot && !isOpenToAll(packaged.postgres) ? copiedBinaries(path.join(folder, 'bin')) : packaged,
    folder: path.join(folder, 'pg'),
    port: await freePort(FIRST_PORT + process.pid % PORT_SPREAD),
    superuserPassword: randomBytes(16).toString('hex'),
    durable: false,
    ...(isRoot ? { owner: NOBODY } : {}),
  }
  const running = await startServer(cluster, path.join(folder, 'postgres.log'))
  const password = (): string => randomBytes(16).toString('hex')
  const server: TestServer = {
    port: cluster.port,
    superuserUrl: superuserUrl(cluster),
    passwords: { owner: password(), app: password(), system: password() },
  }
  const stop = async (): Promise<void> => {
    await running.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await makeTemplate(server)
  } catch (error) {
    await stop()
    throw error
  }
  return { server, stop }
}
