import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { copiedBinaries, packagedBinaries } from '../db/binaries.ts'
import { databaseUrl, initialise, superuserUrl, untilReady, type Cluster } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { bootstrapCluster, ensureWorkingRoles, grantDatabase } from '../db/roles.ts'
import { readOptional, writeAtomic } from '../host/files.ts'
import { requireWhole } from './whole-database.ts'
import type { Config } from './config.ts'
import type { DatabaseUrls } from './environment.ts'
import { postgresSpec } from './parts.ts'
import type { Setting } from './setting.ts'
import type { Supervisor } from './supervisor.ts'

const DATABASE = 'shellwego'
const START_MS = 60_000

type OwnedUrls = DatabaseUrls & { owner: string }

function withCredentials(url: string, user: string, password: string): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = password
  return changed.href
}

/** A PostgreSQL of the user's own: its owner role makes the working roles, unless their addresses are given too. */
async function openOwn(own: NonNullable<Config['database']>, { secrets }: Setting): Promise<OwnedUrls> {
  const passwords = { app: secrets.read('db-app'), system: secrets.read('db-system') }
  const urls = {
    app: own.app ?? withCredentials(own.owner, 'shellwego_app', passwords.app),
    system: own.system ?? withCredentials(own.owner, 'shellwego_system', passwords.system),
  }
  if (!own.app || !own.system) {
    try {
      await ensureWorkingRoles(own.owner, passwords)
    } catch (error) {
      throw new Error('the role of DATABASE_URL cannot create roles: give it CREATEROLE, or create shellwego_app and shellwego_system '
        + 'and set DATABASE_URL_APP and DATABASE_URL_SYSTEM', { cause: error })
    }
  }
  await grantDatabase(own.owner)
  return { owner: own.owner, ...urls }
}

function clusterOf({ config, ports, secrets, users }: Setting): Cluster {
  const folder = path.join(config.data, 'pg')
  return {
    folder,
    binaries: config.isRoot ? copiedBinaries(path.join(config.data, 'pg-binaries')) : packagedBinaries(),
    port: ports.postgres,
    superuserPassword: secrets.read('db-superuser'),
    durable: true,
    ...(users.db ? { owner: users.db } : {}),
  }
}

async function openEmbedded(setting: Setting, supervisor: Supervisor): Promise<OwnedUrls> {
  const { secrets, ports, config } = setting
  const cluster = clusterOf(setting)
  const stamp = path.join(config.data, 'pg-roles.stamp')
  // A cluster that was taken away took its roles along.
  if (!existsSync(path.join(cluster.folder, 'cluster/PG_VERSION'))) rmSync(stamp, { force: true })
  await initialise(cluster)
  supervisor.start(postgresSpec(cluster))
  await untilReady(cluster, AbortSignal.timeout(START_MS))
  const passwords = { owner: secrets.read('db-owner'), app: secrets.read('db-app'), system: secrets.read('db-system') }
  const url = (role: keyof typeof passwords): string => databaseUrl(`shellwego_${role}`, passwords[role], ports.postgres, DATABASE)
  if (!readOptional(stamp)) {
    await bootstrapCluster(superuserUrl(cluster), DATABASE, passwords)
    await grantDatabase(url('owner'))
    writeAtomic(stamp, DATABASE)
  }
  return { owner: url('owner'), app: url('app'), system: url('system') }
}

/** A database that answers, with its roles; its tables are as they were left. */
export function openDatabase(setting: Setting, supervisor: Supervisor): Promise<OwnedUrls> {
  const { database } = setting.config
  return database ? openOwn(database, setting) : openEmbedded(setting, supervisor)
}

/** A database that answers, with roles and all migrations. */
export async function prepareDatabase(setting: Setting, supervisor: Supervisor): Promise<DatabaseUrls> {
  const { owner, ...urls } = await openDatabase(setting, supervisor)
  await requireWhole(owner)
  const applied = await migrate(owner)
  if (applied.length > 0) console.log(`migrations applied: ${applied.join(', ')}`)
  return urls
}
