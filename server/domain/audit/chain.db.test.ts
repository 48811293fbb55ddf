import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { recordEvent } from '../../core/event.ts'
import { newId } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import { isStorable } from '../../core/storable.ts'
import { makeOwner, metaFor, type Caller } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { anchorChains, expireAudit } from './anchors.ts'
import { verifyAudit } from './index.ts'
import { happen, withIntruder } from './testing.ts'

withRuntime()
const intruder = withIntruder()
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows

let owner: Awaited<ReturnType<typeof makeOwner>>
let org = ''
beforeEach(async () => {
  owner = await makeOwner()
  org = owner.organization.id
  for (let n = 2; n <= 6; n += 1) await happen(org, { data: { replicas: n } })
})
const verifyFor = (who: Caller, input: object) => verifyAudit.handle(metaFor(who.actor, who.brand), input)
const verify = (input: { known_seq?: number; known_hash?: string } = {}) => verifyFor(owner, { organization_id: org, ...input })
/** Position of event n of the organization in the table of events. */
const seqOf = async (n: number): Promise<string> => (await sql<{ s: string }>('SELECT event_seq AS s FROM audit_entry WHERE org_id = $1 AND chain_seq = $2', [org, n]))[0]?.s ?? ''

test('every event of an organization is one entry, in the order of its commits', async () => {
  const answer = await verify()
  expect(answer).toMatchObject({ ok: true, checked: 6, head: { chain_seq: 6 }, broken: null, checkpoint: null })
  const other = await makeOwner()
  expect(await verifyFor(other, { organization_id: other.organization.id })).toMatchObject({ ok: true, checked: 1 })
})

test('a long chain is read in several transactions, and entries that expire meanwhile only make it begin elsewhere', async () => {
  await sql(`INSERT INTO event (id, org_id, type, subject_type, subject_id, actor, data, at)
    SELECT 'evt_' || gen_random_uuid(), $1, 'app.scaled', 'app', 'app_x', '{"type":"system","name":"x"}', '{}', now() FROM generate_series(1, 4500)`, [org])
  const { databases } = runtime()
  const inTenant = databases.inTenant.bind(databases)
  let transactions = 0
  databases.inTenant = (async (...args: Parameters<typeof inTenant>) => {
    transactions += 1
    if (transactions === 4) await sql('SELECT audit_expire($1, now() + interval \'1 day\', 100)', [org])
    return inTenant(...args)
  }) as typeof inTenant
  try {
    expect(await verify()).toMatchObject({ ok: true, checked: 4406, head: { chain_seq: 4506 }, checkpoint: { chain_seq: 100 }, expired: 100 })
    expect(transactions).toBeGreaterThan(8)
  } finally { databases.inTenant = inTenant }
})

test('a transaction that is rolled back leaves no entry and no gap', async () => {
  await runtime().databases.asSystem('job', async (db) => {
    await recordEvent(db, { orgId: org, type: 'app.stopped', subject: { type: 'app', id: 'a' }, actor: { type: 'job', name: 't' }, requestId: null })
    throw new Error('changed my mind')
  }).catch(() => undefined)
  await happen(org)
  expect(await verify()).toMatchObject({ ok: true, head: { chain_seq: 7 } })
})

test('many writers at once, some with both organizations in opposite orders, make two whole chains and no deadlock', async () => {
  const other = (await makeOwner()).organization.id
  const many = 'INSERT INTO event (id, org_id, type, subject_type, subject_id, actor, data) SELECT $1 || n, $2, \'x.y\', \'x\', \'x\', \'{}\', \'{}\' FROM generate_series(1, 20) n'
  const both = (orgs: string[]) => runtime().databases.asSystem('job', async (db) => {
    for (const orgId of orgs) await db.$executeRawUnsafe(many, newId('event'), orgId)
  })
  const results = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => (n % 4 === 0 ? happen(org) : both(n % 2 ? [org, other] : [other, org]))))
  expect(results.filter((r) => r.status === 'rejected')).toEqual([])
  expect(await verify()).toMatchObject({ ok: true, head: { chain_seq: 6 + 10 + 30 * 20 } })
})

test('whatever text an event holds, the database and this code hash the same', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter(isStorable)
  await fc.assert(fc.asyncProperty(
    fc.record({ type: text, id: text, data: fc.dictionary(text.filter((k) => k !== '__proto__'), fc.oneof(text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)), { maxKeys: 5 }),
      ip: fc.option(text), agent: fc.option(text) }),
    async ({ type, id, data, ip, agent }) => happen(org, { type, subject: { type, id }, data, from: { ip, userAgent: agent } }),
  ), { numRuns: 60 })
  expect(await verify()).toMatchObject({ ok: true, head: { chain_seq: 66 } })
})

const EDITS = ['data = \'{"replicas": 9}\'', 'actor = \'{"type": "user", "id": "user_x"}\'', 'at = at + interval \'1 ms\'', 'type = \'app.deleted\'', 'subject_id = \'app_2\'',
  'ip = \'192.0.2.1\'', 'user_agent = \'\'', 'request_id = \'req_1\'', 'id = \'evt_x\'']
test.each(EDITS)('an edited event is found: %s', async (edit) => {
  await intruder(`UPDATE event SET ${edit} WHERE seq = $1`, [await seqOf(4)])
  expect(await verify()).toMatchObject({ ok: false, checked: 3, broken: { chain_seq: 4, fault: 'edited' } })
})

test('an event moved to another organization is found in its own', async () => {
  await intruder('UPDATE event SET org_id = $2 WHERE seq = $1', [await seqOf(4), (await makeOwner()).organization.id])
  expect((await verify()).broken).toMatchObject({ chain_seq: 4 })
})

test('a deleted event, a deleted entry and both deleted are found', async () => {
  await intruder('DELETE FROM event WHERE seq = $1', [await seqOf(5)])
  expect((await verify()).broken).toMatchObject({ chain_seq: 5, fault: 'deleted' })
  await intruder('DELETE FROM audit_entry WHERE org_id = $1 AND chain_seq = 3', [org])
  expect((await verify()).broken).toMatchObject({ chain_seq: 3, fault: 'missing' })
  await intruder('DELETE FROM event WHERE seq = (SELECT event_seq FROM audit_entry WHERE org_id = $1 AND chain_seq = 2)', [org])
  await intruder('DELETE FROM audit_entry WHERE org_id = $1 AND chain_seq = 2', [org])
  expect((await verify()).broken).toMatchObject({ chain_seq: 2, fault: 'missing' })
})

test('two entries that changed places are found', async () => {
  await intruder('UPDATE audit_entry SET chain_seq = 99 WHERE org_id = $1 AND chain_seq = 3', [org])
  await intruder('UPDATE audit_entry SET chain_seq = 3 WHERE org_id = $1 AND chain_seq = 4', [org])
  await intruder('UPDATE audit_entry SET chain_seq = 4 WHERE org_id = $1 AND chain_seq = 99', [org])
  expect((await verify()).broken).toMatchObject({ chain_seq: 3, fault: 'reordered' })
})

test('an inserted event is found, with and without an entry of its own', async () => {
  const insert = 'INSERT INTO event (id, org_id, type, subject_type, subject_id, actor, data) VALUES ($1, $2, \'app.deleted\', \'app\', \'app_1\', \'{"type":"job"}\', \'{}\') RETURNING seq'
  const [row] = await intruder<{ seq: string }>(insert, [`evt_${org}`, org])
  expect((await verify()).broken).toMatchObject({ event_id: `evt_${org}`, fault: 'inserted' })
  await intruder('INSERT INTO audit_entry SELECT org_id, 7, $2, hash, repeat(\'a\', 64) FROM audit_head WHERE org_id = $1', [org, row?.seq])
  await intruder('UPDATE audit_head SET chain_seq = 7, hash = repeat(\'a\', 64) WHERE org_id = $1', [org])
  expect((await verify()).broken).toMatchObject({ chain_seq: 7, fault: 'edited' })
})

const cutTail = async () => {
  await intruder('DELETE FROM event WHERE seq IN (SELECT event_seq FROM audit_entry WHERE org_id = $1 AND chain_seq > 4)', [org])
  await intruder('DELETE FROM audit_entry WHERE org_id = $1 AND chain_seq > 4', [org])
}
const pullBackHead = () => intruder('UPDATE audit_head h SET chain_seq = 4, hash = a.hash FROM audit_entry a WHERE a.org_id = $1 AND a.chain_seq = 4 AND h.org_id = $1', [org])

test('a cut tail is found by the head', async () => {
  await cutTail()
  expect((await verify()).broken).toMatchObject({ chain_seq: 5, fault: 'truncated' })
})

test('a tail cut together with its head is found by a hash somebody noted, and by the signed anchor', async () => {
  const noted = (await verify()).head
  await cutTail()
  await pullBackHead()
  expect((await verify()).ok).toBe(true)
  expect((await verify({ known_seq: noted.chain_seq, known_hash: noted.hash })).broken).toMatchObject({ chain_seq: 6, fault: 'truncated' })
})

test('the signed anchor finds a cut tail, a chain rewritten as a whole, and an anchor forged to fit it', async () => {
  await anchorChains.run({})
  expect(await verify()).toMatchObject({ ok: true, anchor: { chain_seq: 6 } })
  const rewrite = async () => {
    await intruder('UPDATE event SET data = \'{"replicas": 1}\' WHERE seq = $1', [await seqOf(4)])
    for (const n of [4, 5, 6]) {
      await intruder(`UPDATE audit_entry a SET prev_hash = p.hash, hash = audit_hash($2, p.hash, e) FROM audit_entry p, event e
        WHERE a.org_id = $1 AND a.chain_seq = $2 AND p.org_id = $1 AND p.chain_seq = $2::bigint - 1 AND e.seq = a.event_seq`, [org, n])
    }
    await intruder('UPDATE audit_head h SET hash = a.hash FROM audit_entry a WHERE a.org_id = $1 AND a.chain_seq = 6 AND h.org_id = $1', [org])
  }
  await rewrite()
  expect((await verify()).broken).toMatchObject({ chain_seq: 6, fault: 'rewritten' })
  await intruder('UPDATE audit_anchor a SET hash = h.hash FROM audit_head h WHERE a.org_id = $1 AND h.org_id = $1', [org])
  expect((await verify()).broken).toMatchObject({ chain_seq: 6, fault: 'rewritten' })
  await cutTail()
  await pullBackHead()
  expect((await verify()).broken).toMatchObject({ chain_seq: 6, fault: 'truncated' })
})

const failure = (run: Promise<unknown>): Promise<string> => run.then(() => 'no error', (error: unknown) => String(error))

test('neither the tenants\' role nor the system role can write the chain', async () => {
  for (const table of ['audit_entry', 'audit_head', 'audit_checkpoint']) {
    expect(await failure(sql(`DELETE FROM ${table} WHERE org_id = $1`, [org])), table).toContain('permission denied')
    expect(await failure(sql(`UPDATE ${table} SET hash = hash`)), table).toContain('permission denied')
    expect(await failure(runtime().databases.inTenant({ orgId: org, brandId: owner.brand.id, appIds: null }, (db) => db.$executeRawUnsafe(`UPDATE ${table} SET hash = hash`))), table).toContain('permission denied')
  }
  expect(await failure(sql('DELETE FROM event WHERE org_id = $1', [org]))).toContain('append-only')
  expect(await failure(sql('SELECT audit_lock_heads($1)', [org]))).toContain('permission denied')
})

test('entries past their retention go behind a checkpoint, from which the rest still verifies', async () => {
  await sql('UPDATE organization SET audit_retention_days = 30 WHERE id = $1', [org])
  for (const n of [1, 2, 3]) await intruder('UPDATE event SET at = at - interval \'31 days\' WHERE seq = $1', [await seqOf(n)])
  await intruder(`DO $$ DECLARE n int; BEGIN FOR n IN 1..6 LOOP
      UPDATE audit_entry a SET prev_hash = coalesce(p.hash, repeat('0', 64)), hash = audit_hash(n, coalesce(p.hash, repeat('0', 64)), e)
        FROM event e LEFT JOIN audit_entry p ON p.org_id = '${org}' AND p.chain_seq = n - 1 WHERE a.org_id = '${org}' AND a.chain_seq = n AND e.seq = a.event_seq;
    END LOOP; UPDATE audit_head SET hash = (SELECT hash FROM audit_entry WHERE org_id = '${org}' AND chain_seq = 6) WHERE org_id = '${org}'; END $$`)
  expect((await verify()).ok).toBe(true)
  const noted = (await verify()).head
  await expireAudit.run({})
  expect(await verify()).toMatchObject({ ok: true, checked: 3, expired: 3, checkpoint: { chain_seq: 3 }, head: noted })
  expect(await sql('SELECT 1 FROM event WHERE org_id = $1', [org])).toHaveLength(3)
  await expireAudit.run({})
  expect(await verify({ known_seq: noted.chain_seq, known_hash: noted.hash })).toMatchObject({ ok: true, expired: 3 })
  await intruder('DELETE FROM event WHERE seq = $1', [await seqOf(4)])
  expect((await verify()).broken).toMatchObject({ chain_seq: 4, fault: 'deleted' })
})
