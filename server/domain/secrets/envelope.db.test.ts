import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { beforeEach, expect, inject, test } from 'vitest'
import { DomainError } from '../../core/error.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner, makeUser, metaFor } from '../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { memoryProvider } from '../../testing/key-providers.ts'
import { createApp, getDeployment } from '../apps/index.ts'
import { newId } from '../../core/id.ts'
import { listDesired } from '../nodes/index.ts'
import { insertNode, makeInstance } from '../nodes/testing.ts'
import { listAppLogs, recordLogs } from '../logs/index.ts'
import { createSecret, getKeys, openReleaseSecrets, replaceDataKey, retireKey, rollBackSecret, rotateKeys, rotateSecret, setAppSecret } from './index.ts'
import { pruneSecrets } from './prune-secrets.ts'

const provider = memoryProvider()
withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_520, PORT: 21_521 }, { current: provider, all: [provider] })
beforeEach(() => {
  provider.silent = false
  runtime().keys.forget()
})

const VALUE = 'planted-9f3c-in-every-place'
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows
const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'no error', (error: unknown) => (error instanceof DomainError ? error.code : error))
const setUp = async (value = VALUE) => {
  const owner = await makeOwner()
  const app = await owner.call(createApp, { name: `a-${randomBytes(4).toString('hex')}`, image: 'builtin/hello:v1', env: { KEY: { value, secret: true } } })
  const [release] = await sql<{ id: string }>('SELECT id FROM release WHERE app_id = $1', [app.id])
  const [secret] = await sql<{ id: string }>('SELECT id FROM secret WHERE app_id = $1', [app.id])
  return { owner, app, orgId: owner.organization.id, releaseId: release?.id ?? '', secretId: secret?.id ?? '' }
}
const metaOf = async () => {
  const staff = await makeUser({ staff: true })
  const meta = staffMeta(staff)
  return {
    staff, keys: () => getKeys.handle(meta, {}), rotate: () => rotateKeys.handle(meta, {}), retire: (key_id: string) => retireKey.handle(meta, { key_id }),
  }
}
const staffMeta = (staff: Awaited<ReturnType<typeof makeUser>>) => metaFor(staff.actor, staff.brand)

test('a dump of the database holds no value of a secret, in no shape, and what it holds opens with no key in it', async () => {
  const { owner, app, orgId, secretId } = await setUp()
  await insertNode()
  await drainJobs()
  await owner.call(rotateSecret, { secret_id: secretId, value: `${VALUE}-two` }, { idempotencyKey: 'k1' })
  await owner.call(createSecret, { name: 'SHARED', value: `${VALUE}-three` })
  await owner.call(setAppSecret, { app_id: app.id, name: 'OTHER', value: `${VALUE}-four`, redeploy: true })
  await drainJobs()
  const dump = await dumpDatabase()
  for (const shape of [VALUE, Buffer.from(VALUE).toString('base64').slice(0, -4), Buffer.from(VALUE).toString('hex'), encodeURIComponent(VALUE)]) expect(dump.includes(shape), shape).toBe(false)
  expect(dump).toContain('e1.dk_')
  expect(dump).toContain('graphile_worker')
  expect((await sql<{ ciphertext: string }>('SELECT ciphertext FROM secret_version WHERE org_id = $1', [orgId])).length).toBe(4)
})

/** Every row of every table of every schema, as text, with a superuser's eyes: what a thief of the database has. */
const dumpDatabase = async (): Promise<string> => {
  const url = new URL(inject('testServer').superuserUrl)
  url.pathname = new URL(runtime().env.DATABASE_URL_SYSTEM).pathname
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      'SELECT format(\'%I.%I\', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN (\'pg_catalog\', \'information_schema\')')
    const parts: string[] = []
    for (const { name } of tables) parts.push(name, ...(await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)).rows.map((r) => r.row))
    return parts.join('\n')
  } finally {
    await client.end()
  }
}

test('one flipped bit is noticed: the deployment ends with a message that names the secret, and nothing boots without it', async () => {
  const { owner, app, secretId, releaseId, orgId } = await setUp()
  await sql('UPDATE secret_version SET ciphertext = left(ciphertext, -2) || CASE right(ciphertext, 2) WHEN \'AA\' THEN \'BA\' ELSE \'AA\' END WHERE secret_id = $1', [secretId])
  expect(await codeOf(openReleaseSecrets(orgId, releaseId))).toBe('secret_unreadable')
  await insertNode()
  await drainJobs()
  const deployment = await owner.call(getDeployment, { deployment_id: app.deployment_id ?? '' })
  expect(deployment).toMatchObject({ state: 'failed', error_code: 'secret_unreadable', error_detail: expect.stringContaining('KEY') as string })
  expect(await sql('SELECT 1 FROM instance WHERE app_id = $1', [app.id])).toEqual([])
  await owner.call(rotateSecret, { secret_id: secretId, value: 'fresh value' })
  expect(await codeOf(owner.call(rollBackSecret, { secret_id: secretId, version: 1 }))).toBe('secret_unreadable')
})

test('a text moved to another version, secret, app or organization does not open there', async () => {
  const [a, b] = [await setUp('value of a'), await setUp('value of b')]
  await a.owner.call(rotateSecret, { secret_id: a.secretId, value: 'second of a' })
  const sibling = await a.owner.call(createApp, { name: `s-${randomBytes(4).toString('hex')}`, image: 'builtin/hello:v1', env: { KEY: { value: 'of the sibling', secret: true } } })
  const [siblings] = await sql<{ id: string; release: string }>('SELECT s.id, r.release_id AS release FROM secret s JOIN release_secret r ON r.secret_id = s.id WHERE s.app_id = $1', [sibling.id])
  const shared = await a.owner.call(createSecret, { name: 'KEY', value: 'of the organization' })
  const stolen = (secretId: string, version: number) => sql<{ ciphertext: string; key_id: string }>('SELECT ciphertext, key_id FROM secret_version WHERE secret_id = $1 AND version = $2', [secretId, version])
  const [original] = await stolen(a.secretId, 1)
  const sources = [[a.secretId, 2], [siblings?.id ?? '', 1], [shared.id, 1], [b.secretId, 1]] as const
  for (const [secretId, version] of sources) {
    const [text] = await stolen(secretId, version)
    await sql('UPDATE secret_version SET ciphertext = $2, key_id = $3 WHERE secret_id = $1 AND version = 1', [a.secretId, text?.ciphertext, text?.key_id])
    expect(await codeOf(openReleaseSecrets(a.orgId, a.releaseId)), secretId).toBe('secret_unreadable')
  }
  await sql('UPDATE secret_version SET ciphertext = $2, key_id = $3 WHERE secret_id = $1 AND version = 1', [a.secretId, original?.ciphertext, original?.key_id])
  expect(await openReleaseSecrets(a.orgId, a.releaseId)).toEqual({ KEY: 'value of a' })
  expect(await openReleaseSecrets(a.orgId, siblings?.release ?? '')).toEqual({ KEY: 'of the sibling' })
})

test('a data key moved to another organization does not unwrap there', async () => {
  const [a, b] = [await setUp('value of a'), await setUp('value of b')]
  await sql('UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key WHERE owner = $2) WHERE owner = $1', [a.orgId, b.orgId])
  runtime().keys.forget()
  expect(await codeOf(openReleaseSecrets(a.orgId, a.releaseId))).not.toBe('no error')
  expect(await openReleaseSecrets(b.orgId, b.releaseId)).toEqual({ KEY: 'value of b' })
  await sql('DELETE FROM release_secret WHERE org_id = $1', [a.orgId])
  await sql('DELETE FROM secret_version WHERE org_id = $1', [a.orgId])
  await sql('DELETE FROM data_key WHERE owner = $1', [a.orgId])
})

test('the wrapping key rotates under load: no read fails, the counter falls to nothing, and only then the old key may go', async () => {
  const many = await Promise.all(Array.from({ length: 12 }, (_, i) => setUp(`value ${i}`)))
  const operator = await metaOf()
  const before = await operator.keys()
  const load = { stop: false, reads: 0, writes: 0, failures: [] as unknown[] }
  const reading = Array.from({ length: 4 }, async (_, worker) => {
    for (let n = worker; !load.stop; n++) {
      const one = many[n % many.length]
      if (!one) continue
      if (n % 5 === 0) runtime().keys.forget()
      const index = n % many.length
      await openReleaseSecrets(one.orgId, one.releaseId).then((got) => { if (got.KEY === `value ${index}`) load.reads += 1; else load.failures.push(got) }, (e: unknown) => load.failures.push(e))
      if (n % 7 === 0) await one.owner.call(rotateSecret, { secret_id: one.secretId, value: `later ${n}` }).then(() => { load.writes += 1 }, (e: unknown) => load.failures.push(e))
    }
  })
  const started = await operator.rotate()
  expect(started.rewrap).toMatchObject({ state: 'running', remaining: before.data_keys.total, done: 0, total: before.data_keys.total })
  expect(started.current_key_id).not.toBe(before.current_key_id)
  expect(await codeOf(operator.retire(before.current_key_id))).toBe('state_conflict')
  expect(await codeOf(operator.retire(started.current_key_id))).toBe('state_conflict')
  expect(await codeOf(operator.rotate())).toBe('state_conflict')
  await drainJobs()
  const after = await operator.keys()
  load.stop = true
  await Promise.all(reading)
  expect(load.failures).toEqual([])
  expect(load.reads).toBeGreaterThan(20)
  expect(load.writes).toBeGreaterThan(0)
  expect(after.rewrap).toMatchObject({ state: 'finished', remaining: 0, done: before.data_keys.total })
  const retired = await operator.retire(before.current_key_id)
  expect(retired.keys.find((k) => k.id === before.current_key_id)).toMatchObject({ data_keys: 0, retired_at: expect.any(String) as string })
  runtime().keys.forget()
  for (const [i, one] of many.entries()) expect(await openReleaseSecrets(one.orgId, one.releaseId)).toEqual({ KEY: `value ${i}` })
}, 60_000)

test('a data key that the provider refuses stays behind, is counted, and does not stop the others', async () => {
  const [a, b] = [await setUp('value of a'), await setUp('value of b')]
  const [kept] = await sql<{ wrapped: string }>('SELECT wrapped FROM data_key WHERE owner = $1', [a.orgId])
  await sql('UPDATE data_key SET wrapped = left(wrapped, -2) || \'AA\' WHERE owner = $1', [a.orgId])
  const operator = await metaOf()
  await operator.rotate()
  await drainJobs()
  const stuck = await operator.keys()
  expect(stuck.rewrap).toMatchObject({ state: 'running', remaining: 1 })
  expect(await openReleaseSecrets(b.orgId, b.releaseId)).toEqual({ KEY: 'value of b' })
  await sql('UPDATE data_key SET wrapped = $2 WHERE owner = $1', [a.orgId, kept?.wrapped])
  await sql('UPDATE graphile_worker._private_jobs SET run_at = now() WHERE attempts > 0')
  await drainJobs()
  expect((await operator.keys()).rewrap).toMatchObject({ state: 'finished', remaining: 0 })
})

test('an organization gets a new data key: everything is encrypted again, nothing fails, the old key goes', async () => {
  const { app, orgId, releaseId, secretId, owner } = await setUp()
  const nodeId = await insertNode()
  await sql('UPDATE node SET status = \'unreachable\' WHERE id <> $1', [nodeId])
  await drainJobs()
  const [instance] = await sql<{ id: string }>('SELECT id FROM instance WHERE app_id = $1', [app.id])
  const [before] = await sql<{ id: string }>('SELECT id FROM data_key WHERE owner = $1', [orgId])
  const operator = await metaOf()
  await operator.staff.call(replaceDataKey, { organization_id: orgId })
  await drainJobs()
  const using = () => sql('SELECT 1 FROM secret_version WHERE key_id = $1 UNION ALL SELECT 1 FROM node_object WHERE key_id = $1', [before?.id])
  expect(await using()).toEqual([])
  runtime().keys.forget()
  expect(await openReleaseSecrets(orgId, releaseId)).toEqual({ KEY: VALUE })
  expect((await listDesired(nodeId)).objects.find((o) => o.id === instance?.id)?.spec).toMatchObject({ secrets: { KEY: VALUE } })
  await pruneSecrets.run({})
  expect(await sql('SELECT 1 FROM data_key WHERE id = $1', [before?.id])).toHaveLength(1)
  await sql('UPDATE data_key SET replaced_at = now() - interval \'1 hour\' WHERE id = $1', [before?.id])
  await pruneSecrets.run({})
  expect(await sql('SELECT 1 FROM data_key WHERE id = $1', [before?.id])).toEqual([])
  expect((await owner.call(rotateSecret, { secret_id: secretId, value: 'next' })).version).toBe(2)
})

test('while the provider is silent, known keys work on for a while; unknown ones make writes wait, never go in clear', async () => {
  const { owner, orgId, releaseId, secretId } = await setUp()
  provider.silent = true
  const unwraps = provider.unwraps
  expect(await openReleaseSecrets(orgId, releaseId)).toEqual({ KEY: VALUE })
  expect(provider.unwraps).toBe(unwraps)
  runtime().keys.forget()
  expect(await codeOf(openReleaseSecrets(orgId, releaseId))).toBe('unavailable')
  expect(await codeOf(owner.call(rotateSecret, { secret_id: secretId, value: 'x' }))).toBe('unavailable')
  provider.silent = false
  expect(await openReleaseSecrets(orgId, releaseId)).toEqual({ KEY: VALUE })
})

test('an instance gets its secrets by its node\'s list alone; stored they are encrypted, and a damaged list is not delivered', async () => {
  const { app, secretId } = await setUp()
  const nodeId = await insertNode()
  await sql('UPDATE node SET status = \'unreachable\' WHERE id <> $1', [nodeId])
  await drainJobs()
  const [instance] = await sql<{ id: string }>('SELECT id FROM instance WHERE app_id = $1', [app.id])
  expect((await listDesired(nodeId)).objects.find((o) => o.id === instance?.id)?.spec).toMatchObject({ secrets: { KEY: VALUE } })
  const rows = await sql<{ spec: object; sealed_secrets: string }>('SELECT spec, sealed_secrets FROM node_object WHERE id = $1', [instance?.id])
  expect(JSON.stringify(rows)).not.toContain('planted')
  expect(rows[0]?.sealed_secrets).toMatch(/^e1\.dk_/)
  const [secret] = await sql<{ last_used_at: Date | null }>('SELECT last_used_at FROM secret WHERE id = $1', [secretId])
  expect(secret?.last_used_at).not.toBeNull()
  await sql('UPDATE node_object SET sealed_secrets = left(sealed_secrets, -2) || CASE right(sealed_secrets, 2) WHEN \'AA\' THEN \'BA\' ELSE \'AA\' END WHERE id = $1', [instance?.id])
  expect(await codeOf(listDesired(nodeId))).toBe('not_found')
})

test('what an app writes about its secrets is masked before it is stored, for late lines and former releases too', async () => {
  const owner = await makeOwner()
  const app = await owner.call(createApp, { name: 'chatty', image: 'builtin/hello:v1', env: { LONG: { value: 'open&sesame now', secret: true }, SHORT: { value: 'abc', secret: true }, PEM: { value: '-----BEGIN-----\nMIIEvQIBADANBg\n-----END-----', secret: true } } })
  const nodeId = await insertNode()
  await sql('UPDATE node SET status = \'unreachable\' WHERE id <> $1', [nodeId])
  await drainJobs()
  const [instance] = await sql<{ id: string }>('SELECT id FROM instance WHERE app_id = $1', [app.id])
  const write = (lines: string[], start: string) => recordLogs(nodeId, lines.map((line, i) => ({ w: instance?.id ?? '', start, seq: i + 1, t: Date.now(), s: 'stdout' as const, line })))
  const [secret] = await sql<{ id: string }>('SELECT id FROM secret WHERE app_id = $1 AND name = \'LONG\'', [app.id])
  await owner.call(rotateSecret, { secret_id: secret?.id ?? '', value: 'a later value' })
  await write(['password=open&sesame now!', 'GET /?p=open%26sesame%20now', '{"p":"open&sesame now"}', 'key MIIEvQIBADANBg', 'abc is short', 'a later value is not mine'], 's1')
  const lines = (await owner.call(listAppLogs, { app_id: app.id })).data.map((one) => one.line)
  expect(lines).toEqual(['password=•••!', 'GET /?p=•••', '{"p":"•••"}', 'key •••', 'abc is short', 'a later value is not mine'])
})

test('lines wait while the secrets of their app cannot be opened, and hold up nobody else\'s', async () => {
  const { owner, app, releaseId, orgId } = await setUp('hidden-password')
  const nodeId = await insertNode()
  const [quiet, own] = [await makeInstance(orgId, nodeId), newId('instance')]
  await sql(`INSERT INTO instance (id, org_id, app_id, release_id, node_id, address, desired, reason)
    VALUES ($1, $2, $3, $4, $5, '10.127.254.9', 'running', 'test')`, [own, orgId, app.id, releaseId, nodeId])
  const [appId, of] = [app.id, { [app.id]: own, [quiet.appId]: quiet.instanceId }]
  const write = async (lines: [start: string, seq: number, line: string][]) => Object.keys((await recordLogs(nodeId, lines.map(([start, seq, line]) =>
    ({ w: of[start] ?? '', start, seq, t: Date.now(), s: 'stdout' as const, line })))).acked)
  provider.silent = true
  runtime().keys.forget()
  expect(await write([[appId, 1, 'hidden-password'], [quiet.appId, 1, 'plain']])).toEqual([quiet.appId])
  await expect(write([[appId, 1, 'hidden-password']])).rejects.toThrow()
  provider.silent = false
  expect((await write([[appId, 1, 'hidden-password'], [appId, 2, 'second'], [quiet.appId, 1, 'plain'], [quiet.appId, 2, 'more']])).sort()).toEqual([appId, quiet.appId].sort())
  const lines = async (app_id: string) => (await owner.call(listAppLogs, { app_id })).data.map((one) => one.line)
  expect([await lines(appId), await lines(quiet.appId)]).toEqual([['•••', 'second'], ['plain', 'more']])
})
