import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../host/ports.ts'
import { copiedBinaries, packagedBinaries } from './binaries.ts'
import { databaseUrl, startServer, superuserUrl, type Cluster } from './embedded.ts'
import { migrate } from './migrate.ts'
import { ensureWorkingRoles, grantDatabase } from './roles.ts'

const isRoot = process.getuid?.() === 0
const folder = mkdtempSync(path.join(os.tmpdir(), 'shellwego-createrole-'))
let cluster: Cluster
let server: Awaited<ReturnType<typeof startServer>>

const ask = async (url: string, ...statements: string[]): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  let rows: unknown[] = []
  for (const statement of statements) rows = (await client.query(statement)).rows as unknown[]
  await client.end()
  return rows
}

beforeAll(async () => {
  chmodSync(folder, 0o755)
  cluster = {
    binaries: isRoot ? copiedBinaries(path.join(folder, 'bin')) : packagedBinaries(), folder: path.join(folder, 'pg'), port: await freePort(23_900),
    superuserPassword: 'superuser-of-this-test', durable: false, ...(isRoot ? { owner: { uid: 65_534, gid: 65_534 } } : {}),
  }
  server = await startServer(cluster, path.join(folder, 'log'))
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

test('a role with CREATEROLE and a database of its own is all that DATABASE_URL needs, at every start', async () => {
  await ask(superuserUrl(cluster), 'create role acme login createrole password \'acme-password\'', 'create database acme owner acme')
  const owner = databaseUrl('acme', 'acme-password', cluster.port, 'acme')
  const start = async (): Promise<number> => {
    await ensureWorkingRoles(owner, { app: 'app-password', system: 'system-password' })
    await grantDatabase(owner)
    return (await migrate(owner)).length
  }
  expect(await start()).toBeGreaterThan(0)
  expect(await start()).toBe(0)
  for (const name of ['app', 'system']) {
    expect(await ask(databaseUrl(`shellwego_${name}`, `${name}-password`, cluster.port, 'acme'), 'select count(*)::int from app')).toEqual([{ count: 0 }])
  }
})
