import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createOrganization } from '../domain/orgs/index.ts'
import { createApp } from '../domain/apps/index.ts'
import { makeOwner, makeUser } from '../testing/actors.ts'
import { withRuntime } from '../testing/runtime.ts'
import { runtime } from './runtime.ts'

withRuntime()
const HELLO = { image: 'builtin/hello:v1', port: 8080 }
const appsOf = async (orgId: string): Promise<number> =>
  Number((await runtime().databases.systemPool.query<{ n: string }>('SELECT count(*) AS n FROM app WHERE org_id = $1', [orgId])).rows[0]?.n)

test('calls in flight together under one key have one effect and one answer', async () => {
  const owner = await makeOwner()
  const answers = await Promise.all(Array.from({ length: 6 }, () => owner.call(createApp, { ...HELLO, name: 'once' }, { idempotencyKey: 'same' })))
  expect(new Set(answers.map((a) => JSON.stringify(a, Object.keys(a).sort()))).size).toBe(1)
  expect(await appsOf(owner.organization.id)).toBe(1)
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

test('a key longer than 255 characters is refused', async () => {
  const owner = await makeOwner()
  await expect(owner.call(createApp, { ...HELLO, name: 'long' }, { idempotencyKey: 'k'.repeat(256) })).rejects.toMatchObject({ code: 'invalid_request' })
})

test('people who create organizations of one name at the same moment all get one', async () => {
  const people = await Promise.all(Array.from({ length: 5 }, () => makeUser()))
  const made = await Promise.all(people.map((p) => p.call(createOrganization, { name: 'Same Name' })))
  expect(new Set(made.map((o) => o.slug)).size).toBe(5)
})
