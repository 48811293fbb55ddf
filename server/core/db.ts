import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { Prisma, PrismaClient } from '../../prisma/generated/client.ts'
import { forgetAccess } from './access-cache.ts'
import { DomainError } from './error.ts'
import { scopeArguments } from './tenant-scope.ts'

/** A piece of a statement, with its values. */
export const sqlPart = Prisma.sql
export type SqlPart = Prisma.Sql

/** Why a piece of code may see every tenant. The list is closed; add a name only with its reason. */
export type SystemPurpose =
  | 'identity' // sign-in by e-mail, sessions, invitations: no organization is known yet
  | 'node-api' // agents report on instances of every organization
  | 'webhook-intake' // a provider event names a payment, not an organization
  | 'job' // background work loads its organization from its payload
  | 'staff' // the operator's own pages
  | 'brand' // host name to brand, before anybody signed in

const tenant = new AsyncLocalStorage<TenantScope>()

/** Its transactions begin with the settings that the policies read, in the same message; without a tenant none begins. */
class TenantClient extends pg.Client {
  override query(...args: [never]): never {
    const [question] = args as readonly [unknown]
    if ((question as { text?: string }).text !== 'BEGIN') return super.query(...args)
    return super.query({ ...(question as object), text: `BEGIN; ${settingsOf(tenant.getStore())}` } as never)
  }
}

const openPool = (connectionString: string, max: number, Client: typeof pg.Client = pg.Client): pg.Pool => {
  const pool = new pg.Pool({ connectionString, max, idleTimeoutMillis: 30_000, connectionTimeoutMillis: 5_000, Client })
  // A lost connection fails its own query and is replaced by the next one; it must not end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => { client.on('error', () => {}) })
  return pool
}

/** Names of prepared statements, so that a server plans each once per connection. Lists of any length make ever new texts: those go unnamed. */
const statementNames = new Map<string, string>()
const MAX_STATEMENTS = 1_000

const statementName = (sql: string): string | undefined => {
  const known = statementNames.get(sql)
  if (known !== undefined || statementNames.size >= MAX_STATEMENTS || sql === 'BEGIN') return known
  const name = `prisma_${statementNames.size}`
  statementNames.set(sql, name)
  return name
}

const open = (connectionString: string, max: number, Client?: typeof pg.Client): { client: PrismaClient; pool: pg.Pool } => {
  const pool = openPool(connectionString, max, Client)
  const adapter = new PrismaPg(pool, { statementNameGenerator: ({ sql }) => statementName(sql) as string })
  return { client: new PrismaClient({ adapter }), pool }
}

const scoped = (client: PrismaClient) =>
  client.$extends({
    query: {
      $allModels: {
        $allOperations({ model, operation, args, query }) {
          const scope = tenant.getStore()
          if (!scope) throw new Error(`query on ${model} outside a tenant transaction`)
          return query(scopeArguments(model, operation, args, scope.orgId))
        },
      },
    },
  })

export type SystemDb = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$extends' | '$transaction'>
export type TenantDb = SystemDb

/** `appIds`: the only apps to be seen; null = every app of the organization. */
export interface TenantScope { orgId: string; brandId: string; appIds: readonly string[] | null }

/** How the policies read it; never set means no app at all. */
const appsSetting = (appIds: readonly string[] | null): string => (appIds === null ? '*' : appIds.join(','))

const settingsOf = (scope: TenantScope | undefined): string => {
  if (!scope) throw new Error('a transaction outside a tenant')
  const settings = { 'app.org_id': scope.orgId, 'app.brand_id': scope.brandId, 'app.app_ids': appsSetting(scope.appIds) }
  return `SELECT ${Object.entries(settings).map(([name, value]) => `set_config('${name}', ${pg.escapeLiteral(value)}, true)`).join(', ')}`
}

/** Takes the restriction to some apps away for `run`, within the same transaction and organization. */
export const acrossApps = async <T>(db: TenantDb, appIds: readonly string[] | null, run: () => Promise<T>): Promise<T> => {
  if (appIds === null) return run()
  const show = (value: string) => db.$executeRaw`SELECT set_config('app.app_ids', ${value}, true)`
  await show('*')
  try {
    const result = await run()
    await show(appsSetting(appIds))
    return result
  } catch (error) {
    // A failed statement has ended the transaction; then there is nothing left to restrict, and its own error is the one to tell.
    await show(appsSetting(appIds)).catch(() => undefined)
    throw error
  }
}

/** No connection in time, no end in time, or a deadlock that cost this one its turn. */
const BUSY = new Set(['P2024', 'P2028', 'P2034'])
/** As pg says it: none came free in time, or the new one was not there in time. */
const NO_CONNECTION = new Set(['timeout exceeded when trying to connect', 'Connection terminated due to connection timeout'])
const DEADLOCK = /Code: `40(P01|001)`/
const isBusy = (error: unknown): boolean => (error instanceof Prisma.PrismaClientKnownRequestError && (BUSY.has(error.code) || DEADLOCK.test(error.message)))
  || (error instanceof Error && NO_CONNECTION.has(error.message))

/** Nothing of it happened: the same call may work in a moment, and whoever made it is told so. */
const orBusy = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    if (!isBusy(error)) throw error
    throw new DomainError('unavailable', 'Too much is going on at once. Nothing was changed: try again in a moment.', { cause: error, headers: { 'retry-after': '2' } })
  }
}

export interface Databases {
  /** One transaction as the app role, seeing only that organization: by rewritten arguments and again by row-level security. */
  inTenant<T>(scope: TenantScope, run: (db: TenantDb) => Promise<T>): Promise<T>
  /** One transaction as the system role; `patienceMs` where half a minute is not enough, as for reading whole tables. */
  asSystem<T>(purpose: SystemPurpose, run: (db: SystemDb) => Promise<T>, patienceMs?: number): Promise<T>
  /** Batched raw SQL of the system role: heartbeats, usage, logs. */
  systemPool: pg.Pool
  close(): Promise<void>
}

export const openDatabases = (urls: { app: string; system: string; max?: number }): Databases => {
  const app = open(urls.app, urls.max ?? 10, TenantClient)
  const system = open(urls.system, urls.max ?? 10)
  const statements = openPool(urls.system, urls.max ?? 10) // apart: a transaction that waits for one must never hold the last connection
  const tenantClient = scoped(app.client)
  const limits = { maxWait: 10_000, timeout: 30_000 }
  return {
    inTenant: (scope, run) =>
      // The client in a transaction has the same methods; the extension only rewrites arguments.
      tenant.run(scope, () => orBusy(tenantClient.$transaction((tx) => run(tx as unknown as TenantDb), limits))),
    asSystem: async (purpose, run, patienceMs = limits.timeout) => {
      try {
        return await orBusy(system.client.$transaction((tx) => run(tx as unknown as SystemDb), { ...limits, timeout: patienceMs }))
      } finally {
        if (purpose === 'job') forgetAccess()
      }
    },
    systemPool: statements,
    close: async () => {
      await Promise.all([app.client.$disconnect(), system.client.$disconnect()])
      await Promise.all([app.pool.end(), system.pool.end(), statements.end()])
    },
  }
}

/** The constraint a unique violation hit, or null for any other error. */
export const violatedUnique = (error: unknown): string | null => {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') return null
  return JSON.stringify(error.meta ?? {})
}

/** Row-level security refused to write a row. */
export const violatesPolicy = (error: unknown): boolean => error instanceof Error && error.message.includes('row-level security')
