import { newId } from '../../server/core/id.ts'
import { runtime } from '../../server/core/runtime.ts'
import { getUsage } from '../../server/domain/billing/index.ts'
import { makeCustomer, setPlainMail } from '../../server/domain/billing/testing/books.ts'
import { addMeters } from '../../server/domain/metering/events/testing.ts'
import { rebuildRollups } from '../../server/domain/metering/index.ts'
import { withCore } from './core.ts'
import { quantile, type Figure } from './report.ts'

/** `SHELLWEGO_BENCH_EVENTS=10000000` for the size the issue names. */
const EVENTS = Number(process.env.SHELLWEGO_BENCH_EVENTS ?? 200_000)
const APPS = 50
const MONTH = { from: '2031-05-01', to: '2031-06-01' }
const QUERIES = 200
const CALLERS = 4
const WARM = 10

const insertApps = async (orgId: string): Promise<string[]> => {
  const ids = Array.from({ length: APPS }, () => newId('app'))
  await runtime().databases.asSystem('job', (db) => db.app.createMany({
    data: ids.map((id, i) => ({ id, orgId, name: `app-${i}`, image: 'builtin/hello:v1', command: [], vcpu: 1, memoryMib: 128, diskMib: 512, replicas: 1, health: {} })),
  }))
  return ids
}

/** Spread over the month, its apps and two meters. */
const insertEvents = async (orgId: string, apps: readonly string[]): Promise<void> => {
  const { systemPool } = runtime().databases
  await systemPool.query('SELECT ensure_usage_partition(\'2031-05-01\')')
  for (let from = 0; from < EVENTS; from += 500_000) {
    await systemPool.query(`INSERT INTO usage_event (org_id, at, source, event_id, meter, subject, app_id, value, data, received_at)
      SELECT $1, '2031-05-01'::timestamptz + (n::float8 / $3) * interval '31 days', 'bench', n::text, (ARRAY['bench_calls', 'bench_peak'])[1 + n % 2], app, app, n % 100, '{}', now()
      FROM generate_series($4::bigint, $5::bigint) n, LATERAL (SELECT ($2::text[])[1 + (n / 2) % $6] AS app) a`,
    [orgId, apps, EVENTS, from, Math.min(from + 500_000, EVENTS) - 1, APPS])
  }
  await systemPool.query('ANALYZE usage_event').catch(() => undefined)
}

const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await act()
  return performance.now() - begun
}

interface Asked { ms: number[]; cpuMs: number }

/** So many questions by so many callers, each asking again as soon as it is answered; processor time is that of the portal's process, per question. */
const ask = async (question: () => Promise<unknown>, callers = 1): Promise<Asked> => {
  for (let i = 0; i < WARM; i++) await question()
  const ms: number[] = []
  const before = process.cpuUsage()
  await Promise.all(Array.from({ length: callers }, async () => {
    for (let i = 0; i < QUERIES / callers; i++) ms.push(await timed(question))
  }))
  const { user, system } = process.cpuUsage(before)
  return { ms, cpuMs: (user + system) / 1000 / ms.length }
}

/** A month by app, as the usage page asks for it, beside the same sum over the raw events. */
export async function measureUsageQuery(): Promise<Figure[]> {
  return withCore(8, async () => {
    setPlainMail()
    const owner = await makeCustomer({ joinedAt: new Date('2031-05-01T00:00:00Z') })
    const orgId = owner.organization.id
    await addMeters(owner.brand.id, { bench_calls: { aggregation: 'sum' }, bench_peak: { aggregation: 'max' } })
    await insertEvents(orgId, await insertApps(orgId))
    const rebuild = await timed(() => rebuildRollups(orgId)) / 1000
    const raw = await timed(() => runtime().databases.systemPool.query(
      `SELECT app_id, meter, at::date, sum(value), max(value) FROM usage_event WHERE org_id = $1 AND at >= '2031-05-01' AND at < '2031-06-01' GROUP BY 1, 2, 3`, [orgId]))
    const byDay = await ask(() => owner.call(getUsage, MONTH))
    const wide = await ask(() => owner.call(getUsage, { ...MONTH, granularity: 'month' }))
    const crowd = await ask(() => owner.call(getUsage, MONTH), CALLERS)
    const report = await owner.call(getUsage, { ...MONTH, group_by: 'meter', granularity: 'month' })
    if (report.rows.length !== 2 * APPS) throw new Error(`${report.rows.length} rows`)
    return [
      { what: `sums of ${EVENTS} events made anew`, value: EVENTS / rebuild, unit: 'events/s' },
      { what: `a month by app and day over ${EVENTS} events, p99`, value: quantile(byDay.ms, 0.99), unit: 'ms', reference: { what: 'one such sum over the raw events', value: raw }, target: '<= 500' },
      { what: 'the same, median', value: quantile(byDay.ms, 0.5), unit: 'ms' },
      { what: 'the same, processor time of a question in the portal', value: byDay.cpuMs, unit: 'ms' },
      { what: `the same, ${CALLERS} callers at once, p99`, value: quantile(crowd.ms, 0.99), unit: 'ms' },
      { what: 'a month by app, p99', value: quantile(wide.ms, 0.99), unit: 'ms', target: '<= 500' },
      { what: 'the same, median', value: quantile(wide.ms, 0.5), unit: 'ms' },
      { what: 'the same, processor time of a question in the portal', value: wide.cpuMs, unit: 'ms' },
    ]
  })
}
