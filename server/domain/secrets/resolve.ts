import type { SystemDb, TenantDb } from '../../core/db.ts'

type Db = SystemDb | TenantDb
/** As an app's environment names a secret; plain settings have a value instead. */
type EnvWithSecrets = Record<string, { value?: string; from?: string }>

export interface Delivery { name: string; secretId: string; version: number }
export interface AppWithEnv { id: string; env: unknown }
interface Live { id: string; appId: string | null; name: string; version: number }

const fromOf = (env: unknown): [string, string][] =>
  Object.entries(env as EnvWithSecrets).flatMap(([name, { from }]) => (from === undefined ? [] : [[name, from] as [string, string]]))

/** The rule: every secret of the app under its own name; a reference takes the app's secret of that name, else the organization's. */
export const deliveriesOf = (app: AppWithEnv, secrets: readonly Live[]): Delivery[] => {
  const own = new Map(secrets.filter((s) => s.appId === app.id).map((s) => [s.name, s]))
  const shared = new Map(secrets.filter((s) => s.appId === null).map((s) => [s.name, s]))
  const found = new Map<string, Live>()
  for (const [name, from] of fromOf(app.env)) {
    const secret = own.get(from) ?? shared.get(from)
    if (secret) found.set(name, secret)
  }
  for (const [name, secret] of own) found.set(name, secret)
  return [...found].map(([name, { id, version }]) => ({ name, secretId: id, version })).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** What each app would get if it were deployed now. */
export const resolveDeliveries = async (db: Db, orgId: string, apps: readonly AppWithEnv[]): Promise<Map<string, Delivery[]>> => {
  const names = [...new Set(apps.flatMap((a) => fromOf(a.env).map(([, from]) => from)))]
  const live = await db.secret.findMany({
    where: { orgId, deletedAt: null, OR: [{ appId: { in: apps.map((a) => a.id) } }, { appId: null, name: { in: names } }] },
    select: { id: true, appId: true, name: true, version: true },
  })
  return new Map(apps.map((app) => [app.id, deliveriesOf(app, live)]))
}

/** Names that an environment refers to and that no secret answers to. */
export const missingSecrets = async (db: Db, orgId: string, app: AppWithEnv): Promise<{ name: string; from: string }[]> => {
  const references = fromOf(app.env)
  if (references.length === 0) return []
  const known = new Set((await db.secret.findMany({
    where: { orgId, deletedAt: null, name: { in: references.map(([, from]) => from) }, OR: [{ appId: app.id }, { appId: null }] }, select: { name: true },
  })).map((s) => s.name))
  return references.filter(([, from]) => !known.has(from)).map(([name, from]) => ({ name, from }))
}
