import { expect, test } from 'vitest'
import { makeOwner } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { createApp, deleteApp, getApp, listApps, updateApp } from './index.ts'

withRuntime()
const HELLO = { name: 'hello', image: 'builtin/hello:v1', port: 8080 }

test('an app is created deploying, with a host name of its own', async () => {
  const owner = await makeOwner()
  const app = await owner.call(createApp, HELLO)
  expect(app.status).toBe('deploying')
  expect(app.url).toBe('https://hello.apps.localhost')
  expect((await owner.call(listApps, {})).data.map((a) => a.id)).toEqual([app.id])
})

test('a second organization gets another host name for the same app name', async () => {
  const owner = await makeOwner()
  const app = await owner.call(createApp, HELLO)
  expect(app.url).toBe(`https://hello-${owner.organization.slug}.apps.localhost`)
})

test('a foreign app is not found, by id or by name', async () => {
  const [owner, stranger] = [await makeOwner(), await makeOwner()]
  const app = await owner.call(createApp, { ...HELLO, name: 'private' })
  for (const app_id of [app.id, 'private']) {
    await expect(stranger.call(getApp, { app_id })).rejects.toMatchObject({ code: 'not_found' })
    await expect(stranger.call(deleteApp, { app_id })).rejects.toMatchObject({ code: 'not_found' })
  }
  await expect(stranger.call(getApp, { app_id: app.id, organization_id: owner.organization.id })).rejects.toMatchObject({ code: 'not_found' })
})

test('a taken name is refused and the name is free again after deletion', async () => {
  const owner = await makeOwner()
  const first = await owner.call(createApp, { ...HELLO, name: 'again' })
  await expect(owner.call(createApp, { ...HELLO, name: 'again' })).rejects.toMatchObject({ code: 'name_taken', errors: [{ pointer: '/name' }] })
  await owner.call(deleteApp, { app_id: first.id })
  await owner.call(createApp, { ...HELLO, name: 'again' })
})

test('the value of a secret never comes back', async () => {
  const owner = await makeOwner()
  const app = await owner.call(createApp, { ...HELLO, name: 'secretive', env: { PLAIN: 'p', KEY: { value: 'top secret', secret: true } } })
  expect(app.env).toEqual({ PLAIN: { value: 'p', secret: false }, KEY: { value: null, secret: true } })
  const updated = await owner.call(updateApp, { app_id: app.id, env: { PLAIN: null } })
  expect(updated.env).toEqual({ KEY: { value: null, secret: true } })
  expect(JSON.stringify(updated)).not.toContain('top secret')
})

test.each([
  [{ name: 'A b' }, 'invalid_request', '/name'],
  [{ image: 'https://x/y' }, 'invalid_request', '/image'],
  [{ replicas: 0 }, 'invalid_request', '/replicas'],
  [{ replicas: 1000 }, 'invalid_request', '/replicas'],
  [{ resources: { memory: '64m' } }, 'rule_violated', '/resources/memory'],
  [{ resources: { cpu: '0.5' } }, 'rule_violated', '/resources/cpu'],
  [{ env: { A: 'x'.repeat(1_000_000) } }, 'invalid_request', '/env/A'],
  [{ env: { A: 'a\0b' } }, 'invalid_request', '/env/A'],
  [{ port: 70_000 }, 'invalid_request', '/port'],
  [{ price: 1 }, 'invalid_request', '/price'],
])('bad input %j is refused naming the field', async (bad, code, pointer) => {
  const owner = await makeOwner()
  const error = await owner.call(createApp, { ...HELLO, ...(bad as object) }).catch((e: unknown) => e)
  expect(error).toMatchObject({ code })
  expect((error as { errors: { pointer: string }[] }).errors.map((e) => e.pointer)).toContain(pointer)
})

test('the same Idempotency-Key replays, another body under it is refused', async () => {
  const owner = await makeOwner()
  const [a, b] = [await owner.call(createApp, HELLO, { idempotencyKey: 'k1' }), await owner.call(createApp, HELLO, { idempotencyKey: 'k1' })]
  expect(b.id).toBe(a.id)
  await expect(owner.call(createApp, { ...HELLO, name: 'other' }, { idempotencyKey: 'k1' })).rejects.toMatchObject({ code: 'idempotency_key_reused' })
})
