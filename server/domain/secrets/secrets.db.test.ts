import { expect, test } from 'vitest'
import { KEPT_VERSIONS, MAX_SECRETS } from '../../contract/secret.ts'
import { DomainError } from '../../core/error.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner } from '../../testing/actors.ts'
import { makeMember } from '../../testing/estate.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { createApp, deleteApp, getApp, listDeployments, updateApp } from '../apps/index.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { insertNode } from '../nodes/testing.ts'
import {
  createSecret, deleteSecret, getSecret, importSecrets, listAppSecrets, listSecrets, listSecretVersions, rollBackSecret, rotateSecret, setAppSecret,
  updateSecret,
} from './index.ts'
import { pruneSecrets } from './prune-secrets.ts'
import { warnExpiring } from './warn-expiring.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_510, PORT: 21_511 })
const HELLO = { name: 'hello', image: 'builtin/hello:v1', port: 8080 }
const VALUE = 'the value nobody sees'
const setUp = async () => {
  const owner = await makeOwner()
  return { owner, app: await owner.call(createApp, HELLO), orgId: owner.organization.id }
}
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows
const errorOf = (work: Promise<unknown>): Promise<DomainError> => work.then(() => { throw new Error('no error') }, (error: unknown) => { if (error instanceof DomainError) return error; throw error as Error })

test('a secret has versions, and its value never comes back', async () => {
  const { owner } = await setUp()
  const made = await owner.call(createSecret, { name: 'STRIPE_KEY', value: VALUE, scope: 'organization' })
  expect(made).toMatchObject({ name: 'STRIPE_KEY', scope: 'organization', app_id: null, version: 1, status: 'active', last_used: null, used_by: [], created_by: owner.actor.userId })
  const rotated = await owner.call(rotateSecret, { secret_id: made.id, value: `${VALUE} two` })
  expect(rotated).toMatchObject({ id: made.id, version: 2 })
  expect((await owner.call(listSecretVersions, { secret_id: made.id })).data.map((v) => [v.version, v.current])).toEqual([[2, true], [1, false]])
  const seen = [made, rotated, await owner.call(getSecret, { secret_id: made.id }), await owner.call(listSecrets, {})]
  expect(JSON.stringify(seen)).not.toContain('nobody')
})

test('a rollback is a new version with the old value', async () => {
  const { owner, orgId } = await setUp()
  const { id } = await owner.call(createSecret, { name: 'KEY', value: 'first value' })
  await owner.call(rotateSecret, { secret_id: id, value: 'second value' })
  const back = await owner.call(rollBackSecret, { secret_id: id, version: 1 })
  expect(back.version).toBe(3)
  const rows = await sql<{ version: number; ciphertext: string }>('SELECT version, ciphertext FROM secret_version WHERE secret_id = $1 ORDER BY version', [id])
  const open = (version: number) => runtime().keys.open(orgId, rows[version - 1]?.ciphertext ?? '', `secret/${orgId}/-/${id}/KEY/${version}`)
  expect([await open(1), await open(2), await open(3)]).toEqual(['first value', 'second value', 'first value'])
  expect(await errorOf(owner.call(rollBackSecret, { secret_id: id, version: 3 }))).toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/version', code: 'current' }] })
  expect(await errorOf(owner.call(rollBackSecret, { secret_id: id, version: 9 }))).toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/version', code: 'unknown' }] })
})

test(`the newest ${KEPT_VERSIONS} versions are kept, older ones go unless a release runs with them`, async () => {
  const { owner, app } = await setUp()
  const { id } = await owner.call(setAppSecret, { app_id: app.id, name: 'KEY', value: 'v1' })
  await owner.call(updateApp, { app_id: app.id, image: 'builtin/hello:v2' })
  const [release] = await sql<{ id: string }>('SELECT id FROM release WHERE app_id = $1 ORDER BY number DESC LIMIT 1', [app.id])
  await sql('UPDATE app SET current_release_id = $2 WHERE id = $1', [app.id, release?.id])
  for (let n = 2; n <= KEPT_VERSIONS + 3; n++) await owner.call(rotateSecret, { secret_id: id, value: `v${n}` })
  expect((await owner.call(getSecret, { secret_id: id })).versions).toHaveLength(KEPT_VERSIONS)
  await pruneSecrets.run({})
  const kept = (await sql<{ version: number }>('SELECT version FROM secret_version WHERE secret_id = $1 ORDER BY version', [id])).map((r) => r.version)
  expect(kept).toEqual([1, ...Array.from({ length: KEPT_VERSIONS }, (_, i) => i + 4)])
  expect(await errorOf(owner.call(rollBackSecret, { secret_id: id, version: 1 }))).toMatchObject({ code: 'rule_violated' })
})

test('an app\'s own secrets all reach it, the organization\'s only by reference, and its own win', async () => {
  const { owner, app } = await setUp()
  const shared = await owner.call(createSecret, { name: 'DATABASE_URL', value: 'of the organization' })
  expect((await owner.call(listAppSecrets, { app_id: app.id })).data).toEqual([])
  await owner.call(updateApp, { app_id: app.id, env: { DB: { from_secret: 'DATABASE_URL' } } })
  expect((await owner.call(getApp, { app_id: app.id })).env.DB).toEqual({ value: null, secret: true, from_secret: 'DATABASE_URL' })
  expect(await owner.call(getSecret, { secret_id: shared.id })).toMatchObject({ used_by: [{ app_id: app.id, delivered_version: 1, redeploy_needed: false }] })
  const own = await owner.call(setAppSecret, { app_id: app.name, name: 'DATABASE_URL', value: 'of the app' })
  expect(own).toMatchObject({ scope: 'app', app_id: app.id, used_by: [{ delivered_version: null, redeploy_needed: true }] })
  expect((await owner.call(getSecret, { secret_id: shared.id })).used_by).toEqual([])
  const ofApp = await owner.call(listAppSecrets, { app_id: app.id })
  expect([ofApp.data.map((s) => s.id), ofApp.redeploy_needed]).toEqual([[own.id], true])
})

test('a value marked secret in the environment becomes a secret of the app, and null deletes it', async () => {
  const { owner, app } = await setUp()
  await owner.call(updateApp, { app_id: app.id, env: { PLAIN: 'p', TOKEN: { value: 'first', secret: true } } })
  const [token] = (await owner.call(listAppSecrets, { app_id: app.id })).data
  expect(token).toMatchObject({ name: 'TOKEN', version: 1 })
  await owner.call(updateApp, { app_id: app.id, env: { TOKEN: { value: 'second', secret: true } } })
  expect((await owner.call(getSecret, { secret_id: token?.id ?? '' })).version).toBe(2)
  expect(await errorOf(owner.call(updateApp, { app_id: app.id, env: { TOKEN: 'plain' } }))).toMatchObject({ code: 'name_taken', errors: [{ pointer: '/env/TOKEN' }] })
  expect(await errorOf(owner.call(setAppSecret, { app_id: app.id, name: 'PLAIN', value: 'x' }))).toMatchObject({ code: 'name_taken', errors: [{ pointer: '/name' }] })
  const changed = await owner.call(updateApp, { app_id: app.id, env: { TOKEN: null, PLAIN: { value: 'now secret', secret: true } } })
  expect(changed.env).toEqual({ PLAIN: { value: null, secret: true } })
  expect(await errorOf(owner.call(updateApp, { app_id: app.id, env: { X: { from_secret: 'NOWHERE' } } }))).toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/env/X/from_secret', code: 'unknown_secret' }] })
})

test('a rotation shows where to redeploy, and rolls out when it is asked to', async () => {
  await insertNode()
  const { owner, app } = await setUp()
  const { id } = await owner.call(setAppSecret, { app_id: app.id, name: 'KEY', value: 'one', redeploy: true })
  const count = async () => (await owner.call(listDeployments, { app_id: app.id })).data.length
  expect(await count()).toBe(1)
  await drainJobs()
  expect(await count()).toBe(2)
  expect((await owner.call(getSecret, { secret_id: id })).used_by).toMatchObject([{ delivered_version: 1, redeploy_needed: false }])
  expect((await owner.call(rotateSecret, { secret_id: id, value: 'two' })).used_by).toMatchObject([{ delivered_version: 1, redeploy_needed: true }])
  expect((await owner.call(listAppSecrets, { app_id: app.id })).redeploy_needed).toBe(true)
  await owner.call(rotateSecret, { secret_id: id, value: 'three', redeploy: true })
  await drainJobs()
  expect([await count(), (await owner.call(listAppSecrets, { app_id: app.id })).redeploy_needed]).toEqual([3, false])
  await owner.call(deleteSecret, { secret_id: id, redeploy: true })
  await drainJobs()
  expect([await count(), (await owner.call(listAppSecrets, { app_id: app.id })).data]).toEqual([4, []])
})

test('a secret that apps refer to is not deleted under them; one of the app goes with it', async () => {
  const { owner, app } = await setUp()
  const shared = await owner.call(createSecret, { name: 'SHARED', value: VALUE })
  await owner.call(updateApp, { app_id: app.id, env: { SHARED: { from_secret: 'SHARED' } } })
  expect(await errorOf(owner.call(deleteSecret, { secret_id: shared.id }))).toMatchObject({ code: 'state_conflict', message: expect.stringContaining('hello') as string })
  const own = await owner.call(setAppSecret, { app_id: app.id, name: 'OWN', value: VALUE })
  await owner.call(deleteApp, { app_id: app.id })
  expect(await errorOf(owner.call(getSecret, { secret_id: own.id }))).toMatchObject({ code: 'not_found' })
  await owner.call(deleteSecret, { secret_id: shared.id })
  await sql('UPDATE deployment SET state = \'cancelled\' WHERE app_id = $1', [app.id])
  await pruneSecrets.run({})
  expect(await sql('SELECT 1 FROM secret WHERE id = ANY($1)', [[own.id, shared.id]])).toEqual([])
  expect(await sql('SELECT 1 FROM secret_version WHERE secret_id = ANY($1)', [[own.id, shared.id]])).toEqual([])
})

test('a deleted name is free again', async () => {
  const { owner } = await setUp()
  const first = await owner.call(createSecret, { name: 'AGAIN', value: 'one' })
  expect(await errorOf(owner.call(createSecret, { name: 'AGAIN', value: 'two' }))).toMatchObject({ code: 'name_taken', errors: [{ pointer: '/name' }] })
  await owner.call(deleteSecret, { secret_id: first.id })
  expect((await owner.call(createSecret, { name: 'AGAIN', value: 'two' })).id).not.toBe(first.id)
})

test('the lines of a .env file come in together or not at all', async () => {
  const { owner, app } = await setUp()
  await owner.call(setAppSecret, { app_id: app.id, name: 'OLD', value: 'before' })
  const text = '# comment\nexport OLD="after"\nNEW=\'a b\'\nPEM="-----BEGIN\nxyz\n-----END"\n'
  expect(await owner.call(importSecrets, { app_id: app.id, text })).toEqual({ created: ['NEW', 'PEM'], rotated: ['OLD'] })
  const bad = await errorOf(owner.call(importSecrets, { app_id: app.id, text: 'GOOD=1\nnot a line\nEMPTY=\nSHELLWEGO_X=secretly\n' }))
  expect(bad).toMatchObject({ code: 'rule_violated' })
  expect(bad.errors.map((e) => e.message)).toEqual(['Line 2 is not NAME=value.', 'EMPTY: Enter a value.', 'SHELLWEGO_X: Names that begin with SHELLWEGO_ are ours.'])
  expect(JSON.stringify(bad.errors)).not.toContain('secretly')
  expect((await owner.call(listAppSecrets, { app_id: app.id })).data.map((s) => s.name)).toEqual(['NEW', 'OLD', 'PEM'])
})

test.each([
  [{ value: '' }, 'invalid_request', '/value'], [{ value: 'a\0b' }, 'invalid_request', '/value'], [{ value: 'x'.repeat(65_537) }, 'invalid_request', '/value'],
  [{ value: 'é'.repeat(40_000) }, 'invalid_request', '/value'], [{ value: 7 }, 'invalid_request', '/value'], [{ value: 'a\ud800' }, 'invalid_request', '/value'],
  [{ name: '1A' }, 'invalid_request', '/name'], [{ name: 'A-B' }, 'invalid_request', '/name'], [{ name: '' }, 'invalid_request', '/name'], [{ name: '__proto__' }, 'invalid_request', '/name'],
  [{ name: 'A'.repeat(129) }, 'invalid_request', '/name'], [{ name: 'ＫＥＹ' }, 'invalid_request', '/name'], [{ name: 'SHELLWEGO_APP' }, 'invalid_request', '/name'], [{ name: 'A=B' }, 'invalid_request', '/name'],
  [{ expires_at: '2020-01-01T00:00:00Z' }, 'rule_violated', '/expires_at'], [{ expires_at: 'soon' }, 'invalid_request', '/expires_at'],
  [{ scope: 'app' }, 'rule_violated', '/app_id'], [{ scope: 'organization', app_id: 'hello' }, 'rule_violated', '/app_id'], [{ scope: 'galaxy' }, 'invalid_request', '/scope'], [{ colour: 'red' }, 'invalid_request', '/colour'],
])('bad input %# is refused at its field, without the value', async (bad, code, pointer) => {
  const { owner } = await setUp()
  const error = await errorOf(owner.call(createSecret, { name: 'KEY', value: 'never echoed', ...(bad as object) }))
  expect([error.code, error.errors.map((e) => e.pointer)]).toEqual([code, expect.arrayContaining([pointer])])
  expect(JSON.stringify([error.message, error.errors])).not.toMatch(/never echoed|xxxx|éé/)
})

test('a secret may hold 64 KB; all of a scope together no more than the kernel takes', async () => {
  const { owner, app } = await setUp()
  for (let n = 0; n < 8; n++) {
    const set = owner.call(setAppSecret, { app_id: app.id, name: `BIG_${n}`, value: 'x'.repeat(65_536) })
    if (n < 7) await set
    else expect(await errorOf(set)).toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/value', code: 'too_big' }] })
  }
})

test(`at most ${MAX_SECRETS} secrets, however many come at once`, async () => {
  const { owner } = await setUp()
  await owner.call(importSecrets, { text: Array.from({ length: MAX_SECRETS - 2 }, (_, i) => `K${i}=v`).join('\n') })
  const results = await Promise.allSettled(Array.from({ length: 6 }, (_, i) => owner.call(createSecret, { name: `MORE_${i}`, value: 'v' })))
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(2)
  expect(results.flatMap((r) => (r.status === 'rejected' ? [(r.reason as DomainError).code] : []))).toEqual(Array(4).fill('quota_exceeded'))
  expect((await owner.call(setAppSecret, { app_id: 'hello', name: 'OTHER_SCOPE', value: 'v' })).version).toBe(1)
})

test('rotations at once each get a number of their own', async () => {
  const { owner } = await setUp()
  const { id } = await owner.call(createSecret, { name: 'KEY', value: 'v' })
  const versions = await Promise.all(Array.from({ length: 6 }, (_, i) => owner.call(rotateSecret, { secret_id: id, value: `v${i}` }).then((s) => s.version)))
  expect(versions.sort()).toEqual([2, 3, 4, 5, 6, 7])
})

test('secrets of another organization or app are not found; who may only read cannot write', async () => {
  const [{ owner, app, orgId }, stranger] = [await setUp(), await makeOwner()]
  const { id } = await owner.call(setAppSecret, { app_id: app.id, name: 'KEY', value: VALUE })
  for (const work of [
    () => stranger.call(getSecret, { secret_id: id }), () => stranger.call(rotateSecret, { secret_id: id, value: 'x' }), () => stranger.call(deleteSecret, { secret_id: id }),
    () => stranger.call(setAppSecret, { app_id: app.id, name: 'KEY', value: 'x' }), () => stranger.call(listAppSecrets, { app_id: app.id }), () => stranger.call(rollBackSecret, { secret_id: id, version: 1 }),
  ]) expect(await errorOf(work())).toMatchObject({ code: 'not_found' })
  expect((await stranger.call(listSecrets, {})).data).toEqual([])
  const viewer = await makeMember(orgId, 'viewer')
  expect((await viewer.call(listSecrets, {})).data).toHaveLength(1)
  expect(await errorOf(viewer.call(rotateSecret, { secret_id: id, value: 'x' }))).toMatchObject({ code: 'forbidden' })
  expect(await errorOf((await makeMember(orgId, 'billing')).call(listSecrets, {}))).toMatchObject({ code: 'forbidden' })
})

test('who is restricted to one app sets its secrets, but gives it none of the organization\'s, changes none of those and sees none of another app', async () => {
  const { owner, app, orgId } = await setUp()
  const other = await owner.call(createApp, { ...HELLO, name: 'other' })
  const hidden = await owner.call(setAppSecret, { app_id: other.id, name: 'HIDDEN', value: VALUE })
  const shared = await owner.call(createSecret, { name: 'SHARED', value: VALUE })
  const member = await makeMember(orgId, 'developer')
  await sql('UPDATE membership SET app_ids = $2 WHERE user_id = $1', [(member.actor as { userId: string }).userId, [app.id]])
  const own = await member.call(setAppSecret, { app_id: app.id, name: 'OWN', value: VALUE })
  expect((await member.call(listSecrets, {})).data.map((s) => s.name).sort()).toEqual(['OWN', 'SHARED'])
  const refer = { app_id: app.id, env: { SHARED: { from_secret: 'SHARED' } } }
  expect(await errorOf(member.call(updateApp, refer))).toMatchObject({ code: 'forbidden', errors: [{ pointer: '/env/SHARED/from_secret' }] })
  await owner.call(updateApp, refer)
  await member.call(updateApp, { app_id: app.id, env: { ...refer.env, PLAIN: 'x' } })
  expect((await sql<{ name: string }>('SELECT DISTINCT name FROM release_secret WHERE org_id = $1 ORDER BY name', [orgId])).map((r) => r.name)).toEqual(['OWN', 'SHARED'])
  for (const work of [() => member.call(getSecret, { secret_id: hidden.id }), () => member.call(rotateSecret, { secret_id: hidden.id, value: 'x' }), () => member.call(listAppSecrets, { app_id: other.id })]) {
    expect(await errorOf(work())).toMatchObject({ code: 'not_found' })
  }
  for (const work of [
    () => member.call(rotateSecret, { secret_id: shared.id, value: 'x' }), () => member.call(updateSecret, { secret_id: shared.id, expires_at: null }), () => member.call(createSecret, { name: 'MINE', value: 'x' }),
    () => member.call(importSecrets, { text: 'A=b' }), () => member.call(rollBackSecret, { secret_id: shared.id, version: 1 }),
  ]) expect(await errorOf(work().then(() => undefined))).toMatchObject({ code: expect.stringMatching(/forbidden|rule_violated/) as string })
  expect((await owner.call(getSecret, { secret_id: shared.id })).version).toBe(1)
  await member.call(rotateSecret, { secret_id: own.id, value: 'new' })
})

test('every change is told, never with a value', async () => {
  const { owner, app, orgId } = await setUp()
  const { id } = await owner.call(setAppSecret, { app_id: app.id, name: 'KEY', value: VALUE })
  await owner.call(rotateSecret, { secret_id: id, value: `${VALUE} two` })
  await owner.call(rollBackSecret, { secret_id: id, version: 1 })
  await owner.call(updateSecret, { secret_id: id, expires_at: '2999-01-01T00:00:00Z' })
  await owner.call(deleteSecret, { secret_id: id })
  const events = await sql<{ type: string; data: object }>('SELECT type, data FROM event WHERE org_id = $1 AND subject_type = \'secret\' ORDER BY seq', [orgId])
  expect(events.map((e) => e.type)).toEqual(['secret.created', 'secret.rotated', 'secret.rotated', 'secret.rolled_back', 'secret.updated', 'secret.deleted'])
  expect(JSON.stringify(events)).not.toContain('nobody')
})

test('expiry is told a week before and on the day, by mail, event and state; a new expiry begins again, and the secret goes on working', async () => {
  setPlainMail()
  const { owner, app, orgId } = await setUp()
  const days = (n: number) => new Date(runtime().clock.now().getTime() + n * 86_400_000)
  const { id } = await owner.call(setAppSecret, { app_id: app.id, name: 'SOON', value: VALUE, expires_at: days(5).toISOString() })
  await owner.call(createSecret, { name: 'LATER', value: VALUE, expires_at: days(30).toISOString() })
  const viewer = await makeMember(orgId, 'viewer')
  const told = async () => (await sql<{ type: string }>('SELECT type FROM event WHERE org_id = $1 AND type IN (\'secret.expiring\', \'secret.expired\') ORDER BY seq', [orgId])).map((r) => r.type)
  const run = async () => { await warnExpiring.run({}); await warnExpiring.run({}); await drainJobs() }
  await run()
  expect(await told()).toEqual(['secret.expiring'])
  expect((await owner.call(getSecret, { secret_id: id })).status).toBe('expiring')
  await sql('UPDATE secret SET expires_at = $2 WHERE id = $1', [id, days(-1)])
  await run()
  expect(await told()).toEqual(['secret.expiring', 'secret.expired'])
  const mails = await sql<{ to: string; text: string; subject: string }>('SELECT "to", subject, text FROM mail WHERE dedupe_key LIKE $1', [`secret-%${id}%`])
  expect(mails.map((m) => m.to)).toEqual([owner.actor.email, owner.actor.email])
  expect(mails.map((m) => m.to)).not.toContain((viewer.actor as { email: string }).email)
  expect(JSON.stringify(mails)).not.toContain('nobody')
  expect((await owner.call(getSecret, { secret_id: id })).status).toBe('expired')
  await owner.call(rotateSecret, { secret_id: id, value: 'new', expires_at: days(6).toISOString() })
  await run()
  expect(await told()).toEqual(['secret.expiring', 'secret.expired', 'secret.expiring'])
})

test('a list is filtered by name, scope and app, and paged', async () => {
  const { owner, app } = await setUp()
  for (const name of ['ALPHA', 'BETA', 'GAMMA']) await owner.call(createSecret, { name, value: 'v' })
  await owner.call(setAppSecret, { app_id: app.id, name: 'ALPHA', value: 'v' })
  const names = async (input: Parameters<typeof listAll>[0]) => (await listAll(input)).map((s) => `${s.scope} ${s.name}`)
  const listAll = async (filter: { q?: string; scope?: 'organization' | 'app'; app_id?: string }) => (await owner.call(listSecrets, { filter })).data
  expect(await names({ q: 'alp' })).toEqual(['app ALPHA', 'organization ALPHA'])
  expect(await names({ scope: 'organization' })).toEqual(['organization GAMMA', 'organization BETA', 'organization ALPHA'])
  expect(await names({ scope: 'app' })).toEqual(['app ALPHA'])
  expect(await names({ app_id: app.id })).toEqual(['app ALPHA'])
  const first = await owner.call(listSecrets, { limit: 3 })
  const second = await owner.call(listSecrets, { limit: 3, cursor: first.pagination.next_cursor ?? '' })
  expect([first.data.length, second.data.map((s) => s.name), second.pagination.has_more]).toEqual([3, ['ALPHA'], false])
})
