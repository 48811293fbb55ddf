import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createOrganization } from '../domain/orgs/index.ts'
import { createApp } from '../domain/apps/index.ts'
import { makeOwner, makeUser } from '../testing/actors.ts'
import { withRuntime } from '../testing/runtime.ts'
import type { DomainError } from './error.ts'
import { pruneIdempotencyKeys } from './idempotency.ts'
import { runtime } from './runtime.ts'

withRuntime()
const HELLO = { image: 'builtin/hello:v1', port: 8080 }
const appsOf = async (orgId: string): Promise<number> =>
  Number((await runtime().databases.systemPool.query<{ n: string }>('SELECT count(*) AS n FROM app WHERE org_id = $1', [orgId])).rows[0]?.n)

test('calls in flight together under one key have one effect; whoever comes meanwhile is told to come back and then gets the same answer', async () => {
  const owner = await makeOwner()
  const ask = () => owner.call(createApp, { ...HELLO, name: 'once' }, { idempotencyKey: 'same' })
  const outcomes = await Promise.allSettled(Array.from({ length: 6 }, ask))
  const answers = outcomes.flatMap((o) => (o.status === 'fulfilled' ? [o.value.id] : []))
  const refused = outcomes.flatMap((o) => (o.status === 'rejected' ? [o.reason as DomainError] : []))
  expect(new Set(answers).size).toBe(1)
  expect(refused.map((e) => [e.code, e.headers['retry-after']])).toEqual(refused.map(() => ['idempotency_key_in_use', '1']))
  expect([(await ask()).id]).toEqual([answers[0]])
  expect(await appsOf(owner.organization.id)).toBe(1)
})

test('while the first call is under way its key is taken', async () => {
  const owner = await makeOwner()
  const { systemPool } = runtime().databases
  const client = await systemPool.connect()
  const scope = `${owner.organization.id}:${owner.actor.userId}:apps.create`
  await client.query('BEGIN')
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`idempotency:${scope}:slow`])
  await expect(owner.call(createApp, { ...HELLO, name: 'slow' }, { idempotencyKey: 'slow' })).rejects.toMatchObject({ code: 'idempotency_key_in_use', status: 409 })
  await client.query('ROLLBACK')
  client.release()
  expect((await owner.call(createApp, { ...HELLO, name: 'slow' }, { idempotencyKey: 'slow' })).name).toBe('slow')
})

test('keys older than two days are forgotten, younger ones are not', async () => {
  const owner = await makeOwner()
  for (const name of ['old', 'young']) await owner.call(createApp, { ...HELLO, name }, { idempotencyKey: name })
  await runtime().databases.systemPool.query('UPDATE idempotency_key SET created_at = now() - interval \'49 hours\' WHERE key = $1', ['old'])
  await pruneIdempotencyKeys.run({})
  const { rows } = await runtime().databases.systemPool.query('SELECT key FROM idempotency_key WHERE scope LIKE $1', [`${owner.organization.id}:%`])
  expect(rows).toEqual([{ key: 'young' }])
})

test.each(['', 'with space', 'tab\t', 'ünïcode', 'a'.repeat(256)])('the key %j is refused', async (key) => {
  const owner = await makeOwner()
  await expect(owner.call(createApp, { ...HELLO, name: 'refused' }, { idempotencyKey: key })).rejects.toMatchObject({ code: 'invalid_request' })
})

test('whatever the order of keys and bodies, each key acts at most once', async () => {
  const call = fc.record({ key: fc.constantFrom('a', 'b', 'c'), name: fc.constantFrom('one', 'two', 'three') })
  await fc.assert(fc.asyncProperty(fc.array(call, { minLength: 2, maxLength: 6 }), async (calls) => {
    const owner = await makeOwner()
    const first = new Map<string, string>()
    const named = new Set<string>()
    for (const { key, name } of calls) {
      const outcome = await owner.call(createApp, { ...HELLO, name }, { idempotencyKey: key }).then((a) => a.name, (e: { code: string }) => e.code)
      const known = first.get(key)
      if (known !== undefined) expect(outcome).toBe(known === name ? name : 'idempotency_key_reused')
      else if (named.has(name)) expect(outcome).toBe('name_taken')
      else {
        expect(outcome).toBe(name)
        first.set(key, name)
        named.add(name)
      }
    }
    expect(await appsOf(owner.organization.id)).toBe(named.size)
  }), { numRuns: 5 })
})

test('a failed call leaves its key free', async () => {
  const owner = await makeOwner()
  await owner.call(createApp, { ...HELLO, name: 'taken' })
  await expect(owner.call(createApp, { ...HELLO, name: 'taken' }, { idempotencyKey: 'k' })).rejects.toMatchObject({ code: 'name_taken' })
  expect((await owner.call(createApp, { ...HELLO, name: 'free' }, { idempotencyKey: 'k' })).name).toBe('free')
})

test('a key belongs to one person in one organization', async () => {
  const [a, b] = [await makeOwner(), await makeOwner()]
  const made = [await a.call(createApp, { ...HELLO, name: 'mine' }, { idempotencyKey: 'k' }), await b.call(createApp, { ...HELLO, name: 'mine' }, { idempotencyKey: 'k' })]
  expect(made[0]?.id).not.toBe(made[1]?.id)
})

test('people who create organizations of one name at the same moment all get one', async () => {
  const people = await Promise.all(Array.from({ length: 5 }, () => makeUser()))
  const made = await Promise.all(people.map((p) => p.call(createOrganization, { name: 'Same Name' })))
  expect(new Set(made.map((o) => o.slug)).size).toBe(5)
})
