import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import { makeOwner } from '../../../testing/actors.ts'
import { startApart, unfinished } from '../../../testing/apart/start-apart.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { addMeters, sumsOf } from './testing.ts'
import { rebuildRollups } from './rebuild.ts'

withRuntime()

const EVENTS = 6_000
const BATCH = 100
const KILLS = 3
const PATIENCE_MS = 120_000
const METERS = ['calls', 'peak', 'users'] as const

/** Over the last ten days, of a few subjects, so that many batches touch the same sums. */
const makeEvents = (): object[] => Array.from({ length: EVENTS }, (_, n) => ({
  id: newId('event'), source: 'killed', type: METERS[n % 3], subject: `s${n % 7}`, time: new Date(Date.now() - n * 7_919 % 864_000_000).toISOString(),
  data: { value: `${n % 97}.${n % 10}`, user: `u${n % 50}` },
}))

/** Events, sums and highest of a relation of the ledger of usage, in text. */
const told = async (from: string): Promise<string[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ line: string }>(from)
  return rows.map(({ line }) => line)
}

test('usage events sent by processes that are killed in the middle, all sent again: every event is there once, and every sum is that of the raw events', async () => {
  const owner = await makeOwner()
  const orgId = owner.organization.id
  await addMeters(owner.brand.id, { calls: { aggregation: 'sum' }, peak: { aggregation: 'max' }, users: { aggregation: 'unique', field: 'user' } })
  const events = makeEvents()
  const batches = Array.from({ length: EVENTS / BATCH }, (_, n) => events.slice(n * BATCH, (n + 1) * BATCH))
  const order = { actor: owner.actor, brand: owner.brand, batches }
  let cutShort = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const sender = await startApart()
    const end = sender.run('ingest', { ...order, batches: kill % 2 === 0 ? batches : batches.toReversed() })
    while (await unfinished() === 0) await sleep(5)
    await sleep(40 + kill * 60)
    cutShort += await unfinished()
    sender.kill()
    expect(await end).toBeNull()
  }
  expect(cutShort).toBeGreaterThan(0)
  const [first, second] = await Promise.all([startApart(), startApart()])
  expect(await Promise.all([first.run('ingest', order), second.run('ingest', { ...order, batches: batches.toReversed() })])).toEqual([0, 0])

  const of = `WHERE org_id = '${orgId}'`
  expect(await told(`SELECT concat_ws(' ', count(*), count(DISTINCT event_id)) AS line FROM usage_event ${of}`)).toEqual([`${EVENTS} ${EVENTS}`])
  expect(await told(`SELECT count(*)::text AS line FROM usage_event_key ${of}`)).toEqual([String(EVENTS)])
  const raw = await told(`SELECT concat_ws(' ', meter, subject, count(*), trim_scale(sum(coalesce(value, 0))), trim_scale(max(value))) AS line FROM usage_event ${of} GROUP BY meter, subject ORDER BY 1`)
  for (const grain of ['minute', 'hour', 'day', 'month']) {
    expect(await told(`SELECT concat_ws(' ', meter, subject, sum(events), trim_scale(sum(total)), trim_scale(max(highest))) AS line FROM usage_rollup ${of} AND grain = '${grain}' GROUP BY meter, subject ORDER BY 1`)).toEqual(raw)
  }
  const kept = await sumsOf(orgId)
  await rebuildRollups(orgId)
  expect(await sumsOf(orgId)).toEqual(kept)
}, PATIENCE_MS)
