import { spawn } from 'node:child_process'
import path from 'node:path'
import { newId } from '../../server/core/id.ts'
import { runtime } from '../../server/core/runtime.ts'
import { addMeters } from '../../server/domain/metering/events/testing.ts'
import { ingestUsageEvents } from '../../server/domain/metering/index.ts'
import { makeOwner } from '../../server/testing/actors.ts'
import { withCore } from './core.ts'
import type { Figure } from './report.ts'

const CONNECTIONS = 8
const BATCH = 100
/** In each of three ways; single ones are a tenth. */
const EVENTS = Number(process.env.SHELLWEGO_BENCH_EVENTS ?? 20_000)
const SUBJECTS = 50
const KILLS = 6
/** A sender is killed so long after it began to send, and so much later each time. */
const KILL_STEP_MS = 150

type Owner = Awaited<ReturnType<typeof makeOwner>>
interface Event { id: string; source: string; type: string; subject: string; time: string; data: { value: string } }

/** Of one day, for some fifty subjects. */
const makeEvents = (count: number): Event[] => {
  const now = runtime().clock.now().getTime()
  return Array.from({ length: count }, (_, i) => ({
    id: newId('event'), source: 'bench', type: 'bench_calls', subject: `s${i % SUBJECTS}`, data: { value: '1' },
    time: new Date(now - (i * 7_919) % 86_400_000).toISOString(),
  }))
}
const inBatches = (events: readonly Event[]): Event[][] =>
  Array.from({ length: Math.ceil(events.length / BATCH) }, (_, i) => events.slice(i * BATCH, (i + 1) * BATCH))

/** How many pieces per second, so many at once. */
async function rate<T>(pieces: readonly T[], act: (piece: T) => Promise<unknown>): Promise<number> {
  const waiting = [...pieces]
  const begun = performance.now()
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    for (let piece = waiting.pop(); piece !== undefined; piece = waiting.pop()) await act(piece)
  }))
  return pieces.length / ((performance.now() - begun) / 1000)
}

const insertBare = (orgId: string, events: readonly Event[]): Promise<unknown> => runtime().databases.systemPool.query({
  name: 'bench-bare',
  text: `INSERT INTO bench.event (org_id, at, source, event_id, meter, subject, app_id, value, data, received_at)
    SELECT $1, "time", source, id, type, subject, '', (data->>'value')::numeric, data, now()
    FROM jsonb_to_recordset($2::jsonb) AS e (id text, source text, type text, subject text, "time" timestamptz, data jsonb)`,
  values: [orgId, JSON.stringify(events)],
})

/** Sends from a process of its own; `ms` after it began to send it is killed, however long it took to begin. Whether it was done by then. */
const sendApart = (owner: Owner, batches: readonly Event[][], ms: number): Promise<boolean> => new Promise((resolve, reject) => {
  const { DATABASE_URL_APP: app, DATABASE_URL_SYSTEM: system } = runtime().env
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'ingest-sender.ts')], { stdio: ['pipe', 'pipe', 'inherit'] })
  let timer: NodeJS.Timeout | undefined
  child.stdout.once('data', () => { timer = setTimeout(() => child.kill('SIGKILL'), ms) })
  child.on('error', reject)
  child.on('exit', (code) => {
    clearTimeout(timer)
    resolve(code === 0)
  })
  child.stdin.end(JSON.stringify({ app, system, actor: owner.actor, brand: owner.brand, batches }))
})

/** The sender is killed again and again, at another point each time, and then let finish. */
async function withKills(owner: Owner, events: readonly Event[]): Promise<number> {
  const batches = inBatches(events)
  let kills = 0
  for (; kills < KILLS && !await sendApart(owner, batches, (kills + 1) * KILL_STEP_MS); kills++);
  if (!await sendApart(owner, batches, 600_000)) throw new Error('the sender failed')
  return kills
}

const counted = async (orgId: string): Promise<number> => {
  const { rows } = await runtime().databases.systemPool.query<{ n: string }>('SELECT sum(events) AS n FROM usage_rollup WHERE org_id = $1 AND grain = \'minute\'', [orgId])
  return Number(rows[0]?.n)
}

/** Taking usage events in: judged, deduplicated, kept and summed, beside an INSERT of the same rows into a table of the same form. */
export async function measureIngest(): Promise<Figure[]> {
  return withCore(CONNECTIONS, async () => {
    const owner = await makeOwner()
    const orgId = owner.organization.id
    await addMeters(owner.brand.id, { bench_calls: { aggregation: 'sum' } })
    await runtime().databases.systemPool.query('CREATE SCHEMA bench')
    await runtime().databases.systemPool.query('CREATE TABLE bench.event (LIKE usage_event INCLUDING DEFAULTS INCLUDING INDEXES)')
    for (const one of makeEvents(200)) await owner.call(ingestUsageEvents, { ...one })
    const [single, batched, killed] = [makeEvents(Math.ceil(EVENTS / 10)), makeEvents(EVENTS), makeEvents(EVENTS)]
    const bareSingle = await rate(single, (one) => insertBare(orgId, [one]))
    const ownSingle = await rate(single, (one) => owner.call(ingestUsageEvents, { ...one }))
    const bareBatch = await rate(inBatches(batched), (batch) => insertBare(orgId, batch)) * BATCH
    const ownBatch = await rate(inBatches(batched), (batch) => owner.call(ingestUsageEvents, { events: batch })) * BATCH
    const replayed = await rate(inBatches(batched), (batch) => owner.call(ingestUsageEvents, { events: batch })) * BATCH
    const kills = await withKills(owner, killed)
    const sent = 200 + single.length + batched.length + killed.length
    return [
      { what: `single events, ${CONNECTIONS} at once`, value: ownSingle, unit: 'events/s', reference: { what: 'INSERT of one such row', value: bareSingle } },
      { what: `batches of ${BATCH}, ${CONNECTIONS} at once`, value: ownBatch, unit: 'events/s', reference: { what: `INSERT of ${BATCH} such rows`, value: bareBatch } },
      { what: 'the same batches again', value: replayed, unit: 'events/s' },
      { what: `missing or double after the sender was killed ${kills} times`, value: await counted(orgId) - sent, unit: 'events', target: '0' },
    ]
  })
}
