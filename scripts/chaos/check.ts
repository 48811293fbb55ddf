import { readdirSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import type { Product } from '../test/product.ts'
import { faultsOfAudit } from './check-audit.ts'
import { faultsOfUsage } from './check-usage.ts'
import { machines, type Watch } from './machines.ts'
import { faultsOfSpans, spansOf } from './store.ts'
import type { Stranger } from './stranger.ts'
import { ask } from './traffic.ts'
import type { Call, Expected, Workload } from './workload.ts'

/** Rules as `name: what breaks it`; those of rows read the database itself. */
export const OF_ROWS: Readonly<Record<string, string>> = {
  'I3 what was sent is charged once': `SELECT app_id FROM (SELECT app_id, sum(net_tx) AS counted FROM usage_counter GROUP BY app_id) c
    JOIN (SELECT app_id, sum(quantity) AS charged FROM usage_quarter WHERE meter = 'egress_bytes' GROUP BY app_id) q USING (app_id) WHERE counted <> charged`,
  'I8 no instance is paid for twice at one time': `SELECT a.instance_id FROM allocation_segment a JOIN allocation_segment b ON a.instance_id = b.instance_id AND a.id < b.id
    WHERE tstzrange(a.started_at, a.ended_at) && tstzrange(b.started_at, b.ended_at)`,
  'nobody pays for an instance that ended': `SELECT s.instance_id FROM allocation_segment s JOIN instance i ON i.id = s.instance_id WHERE s.ended_at IS NULL AND i.ended_at IS NOT NULL`,
  'I6 every deployment ends': "SELECT id FROM deployment WHERE finished_at IS NULL",
  'every job was done': "SELECT task_identifier FROM graphile_worker.jobs WHERE attempts >= max_attempts",
  'I4 tombstones are confirmed': "SELECT id FROM node_object WHERE desired = 'absent'",
  'as written down while it happened': "SELECT rule || ': ' || what FROM chaos.history",
  'I1 one node is there': "SELECT id FROM node OFFSET 1",
  'I5 lines of an app have no hole': `SELECT app_id, first_id FROM (SELECT app_id, first_id, lag(last_id) OVER (PARTITION BY org_id, app_id ORDER BY last_id) AS before FROM log_chunk) c
    WHERE first_id <> before + 1`,
  'I6 routes lead to what is healthy': "SELECT id, health FROM instance WHERE routed AND (ended_at IS NOT NULL OR desired <> 'running' OR health IS DISTINCT FROM 'ok')",
}

export interface Scene {
  product: Product
  pool: pg.Pool
  call: Call
  organizationId: string
  workload: Workload
  watch: Watch
  stranger: Stranger
  steady: Expected
  /** The app with a volume. */
  store: Expected
  /** The database was once replaced by an older one. */
  setBack: boolean
}

/** Empty when the app is as its owner was told. */
async function faultsOfApp({ product, call }: Scene, app: Expected): Promise<string[]> {
  const { body } = await call('GET', `/apps/${app.id}`)
  const wanted = app.stopped ? 'stopped' : 'running'
  if (body['status'] !== wanted) return [`${app.name} is ${String(body['status'])}, not ${wanted}`]
  if (app.stopped) return []
  const { healthy } = body['replicas'] as { healthy: number }
  if (healthy !== app.replicas) return [`${app.name} has ${healthy} of ${app.replicas} instances`]
  const answer = await ask(product.run(), `${app.name}.${product.run().apps_domain}`)
  return answer.status === 200 && answer.body.includes(app.mark) ? [] : [`${app.name} answers ${answer.status}, not with what was set last`]
}

interface Lines { data: { line: string; instance_id: string }[]; pagination: { next_cursor: string | null } }

async function linesOf({ call }: Scene, app: Expected): Promise<Lines['data']> {
  const lines: Lines['data'] = []
  for (let cursor = ''; ;) {
    const { body } = await call('GET', `/apps/${app.id}/logs?tail=1000&order=oldest${cursor}`)
    const { data, pagination: { next_cursor: next } } = body as unknown as Lines
    lines.push(...data)
    if (!next || data.length === 0) return lines
    cursor = `&cursor=${encodeURIComponent(next)}`
  }
}

/** Of each instance the numbers it told, one after the other, none missing and none twice. What only the lost database knew is gone with it. */
async function faultsOfLog(scene: Scene, app: Expected): Promise<string[]> {
  const told = new Map<string, number>()
  for (const { line, instance_id: instance } of await linesOf(scene, app)) {
    const number = Number(/^tell (\d+)$/.exec(line)?.[1])
    if (Number.isNaN(number)) continue
    const before = told.get(instance)
    if (before !== undefined && number !== before + 1 && number !== 1 && !(scene.setBack && number > before)) return [`${app.name}: line ${number} of ${instance} came after ${before}`]
    told.set(instance, number)
  }
  return []
}

/** By what its starts told: none of them may have found less than was written, and the present one must have written. */
async function faultsOfStore(scene: Scene): Promise<string[]> {
  const spans = spansOf((await linesOf(scene, scene.store)).map(({ line }) => line))
  return spans.some(({ found, wrote }) => wrote > found) ? faultsOfSpans(spans) : ['I4 nothing was ever written to the volume']
}

export async function faultsOfRows(pool: pg.Pool, rules: Readonly<Record<string, string>> = OF_ROWS): Promise<string[]> {
  const found = await Promise.all(Object.entries(rules).map(async ([rule, text]) => {
    const { rows } = await pool.query<Record<string, string>>(text)
    return rows.slice(0, 3).map((row) => `${rule}: ${Object.values(row).join(' ')}`)
  }))
  return found.flat()
}

/** I2: what is on the machine is what the portal wants there, and nothing else. */
async function faultsOfHost({ product, pool }: Scene): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>("SELECT id FROM instance WHERE desired = 'running' AND ended_at IS NULL")
  const wanted = rows.map(({ id }) => id).sort()
  const running = machines(product.data).map(({ instanceId }) => instanceId).sort()
  const folders = readdirSync(path.join(product.data, 'vms')).sort()
  return [
    ...(running.join() === wanted.join() ? [] : [`I2 machines run for ${running.join()}, wanted are ${wanted.join()}`]),
    ...(folders.join() === wanted.join() ? [] : [`I2 folders are there of ${folders.join()}, wanted are ${wanted.join()}`]),
  ]
}

/** The audit trail as a whole, by its own proof. */
export async function faultsOfChain({ call, organizationId }: Pick<Scene, 'call' | 'organizationId'>): Promise<string[]> {
  const { status, body } = await call('GET', `/organizations/${organizationId}/audit/verify`)
  return status === 200 && body['ok'] === true ? [] : [`I10 the chain of the audit trail: ${status} ${JSON.stringify(body).slice(0, 200)}`]
}

/** What does not hold now. Called again until nothing is left or time is up: the product has to come to rest first. */
export async function findFaults(scene: Scene): Promise<string[]> {
  const { workload, watch, steady, store, call } = scene
  const apps = [steady, store, ...workload.apps.values()]
  const { body } = await call('GET', '/apps?limit=100')
  const names = (body['data'] as { name: string }[]).map(({ name }) => name)
  const back = names.filter((name) => workload.deleted.has(name))
  const books = (await call('GET', '/admin/invariants')).body as { findings?: { rule: string }[] }
  return [
    ...[...watch.doubles].map((id) => `I1 ${id} ran twice at one time`),
    ...[...watch.shared].map((file) => `I3 ${path.basename(file)} was open in two machines at one time`),
    ...[...scene.stranger.seen].map((what) => `I5 a stranger saw ${what}`),
    ...back.map((name) => `${name} was deleted and is there`),
    ...(books.findings ?? [{ rule: 'the books could not be read' }]).map(({ rule }) => `books: ${rule}`),
    ...(await Promise.all(apps.map((app) => faultsOfApp(scene, app)))).flat(),
    ...(await Promise.all([...workload.apps.values()].filter((app) => !app.stopped).map((app) => faultsOfLog(scene, app)))).flat(),
    ...await faultsOfStore(scene), ...await faultsOfRows(scene.pool), ...await faultsOfHost(scene), ...await faultsOfUsage(scene.pool, watch),
    ...await faultsOfAudit(scene.pool, workload.history, workload.ids), ...await faultsOfChain(scene),
  ]
}
