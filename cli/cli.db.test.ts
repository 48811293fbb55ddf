import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { runtime } from '../server/core/runtime.ts'
import { withIntruder } from '../server/domain/audit/testing.ts'
import { makeOwner, makeUser } from '../server/testing/actors.ts'
import { tokenOf, withApi } from '../server/testing/api.ts'
import { makeMember } from '../server/testing/estate.ts'
import { withRuntime } from '../server/testing/runtime.ts'
import { withCli } from './testing/run-cli.ts'
import { signedIn } from './testing/signed-in.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_410, PORT: 21_411 })
const api = withApi()
const cli = withCli()
const intruder = withIntruder()
let owner: Awaited<ReturnType<typeof makeOwner>>
let env: Record<string, string>

beforeAll(async () => {
  owner = await makeOwner()
  env = await signedIn(api, owner)
})

const run = (...args: string[]) => cli.call(args, { env })
const json = async (...args: string[]): Promise<Record<string, unknown>> => {
  const { code, stdout, stderr } = await run(...args, '--json')
  if (code !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Record<string, unknown>
}

test('an app is created, listed, shown, changed, scaled and deleted', async () => {
  expect(await run('apps', 'list')).toEqual({ code: 0, stdout: '', stderr: expect.stringContaining('No apps yet') })
  const created = await run('apps', 'create', 'hello', '--image', 'builtin/hello:v1', '--env', 'HELLO_A=b=c', '--replicas', '2')
  expect(created).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('Created hello') })
  const table = await run('apps', 'list')
  expect(table.stdout).toBe([
    'NAME   STATUS     INSTANCES  IMAGE             ADDRESS',
    `hello  deploying        0/2  builtin/hello:v1  ${((await json('apps', 'get', 'hello')).url as string)}`, '',
  ].join('\n'))
  expect(await json('apps', 'get', 'hello')).toMatchObject({ name: 'hello', env: { HELLO_A: { value: 'b=c', secret: false } }, replicas: { desired: 2 } })
  expect(await json('apps', 'update', 'hello', '--memory', '256m', '--unset', 'HELLO_A')).toMatchObject({ resources: { memory: '256m' }, env: {} })
  expect(await json('apps', 'scale', 'hello', '3')).toMatchObject({ replicas: { desired: 3 } })
  expect(await run('apps', 'delete', 'hello', '--yes')).toMatchObject({ code: 0, stdout: '', stderr: 'Deleted hello.\n' })
  expect((await run('apps', 'get', 'hello')).code).toBe(4)
})

test('each format holds the same: a table, JSON and YAML as the API sent it, plain columns for pipes', async () => {
  await run('apps', 'create', 'formats', '--image', 'builtin/hello:v1')
  const [asJson, asYaml, plain] = [await run('apps', 'list', '--json'), await run('apps', 'list', '-o', 'yaml'), await run('apps', 'list', '-o', 'plain')]
  const listed = await api.ask('GET', '/v1/apps', { token: env.SHELLWEGO_TOKEN ?? '' })
  expect(JSON.parse(asJson.stdout)).toEqual(listed.body.data)
  expect(parse(asYaml.stdout)).toEqual(listed.body.data)
  expect(plain.stdout).toMatch(/^formats\tdeploying\t0\/1\tbuiltin\/hello:v1\thttps:\S+\n$/)
  for (const { stderr } of [asJson, asYaml, plain]) expect(stderr).toBe('')
})

test('each kind of failure has its exit code, says what to do on stderr and leaves stdout empty', async () => {
  const viewer = { ...env, SHELLWEGO_TOKEN: await tokenOf((await makeMember(owner.organization.id, 'viewer')).actor) }
  await run('apps', 'create', 'taken', '--image', 'builtin/hello:v1')
  const cases: [number, string, string[], Record<string, string>][] = [
    [2, 'unknown option', ['apps', 'list', '--colour'], env],
    [2, 'Did you mean one of api, apps', ['aps'], env],
    [2, 'missing required argument', ['apps', 'get'], env],
    [2, 'name: ', ['apps', 'create', 'Not A Name', '--image', 'x'], env],
    [2, 'Allowed choices', ['apps', 'list', '-o', 'xml'], env],
    [3, 'auth login', ['apps', 'list'], { SHELLWEGO_URL: api.url() }],
    [3, 'unauthenticated', ['apps', 'list'], { ...env, SHELLWEGO_TOKEN: 'sess_nothing_of_ours' }],
    [3, 'forbidden', ['apps', 'create', 'more', '--image', 'builtin/hello:v1'], viewer],
    [4, 'no app nowhere', ['apps', 'get', 'nowhere'], env],
    [4, 'no organization elsewhere', ['apps', 'list', '--organization', 'elsewhere'], env],
    [5, 'name_taken', ['apps', 'create', 'taken', '--image', 'builtin/hello:v1'], env],
    [1, 'no answer from http://127.0.0.1:1', ['apps', 'list', '--url', 'http://127.0.0.1:1'], env],
    [2, 'in clear', ['apps', 'list', '--url', 'http://console.example.com'], env],
  ]
  const outcomes = await Promise.all(cases.map(([, , args, environment]) => cli.call(args, { env: environment })))
  for (const [index, [code, text, args]] of cases.entries()) {
    expect([args, outcomes[index]]).toEqual([args, { code, stdout: '', stderr: expect.stringContaining(text) }])
  }
})

test('with --json an error is data on stderr, stdout stays empty', async () => {
  const refused = await run('apps', 'get', 'nowhere', '--json')
  expect([refused.code, refused.stdout, JSON.parse(refused.stderr)]).toEqual([4, '', { error: { code: 'not_found', detail: expect.stringContaining('nowhere') } }])
  const invalid = await run('apps', 'create', 'Not A Name', '--image', 'x', '--json')
  expect(JSON.parse(invalid.stderr)).toMatchObject({ error: { code: 'invalid_request', status: 400, request_id: expect.stringMatching(/^req_/), errors: [{ pointer: '/name' }] } })
  expect(JSON.parse((await run('apps', 'lst', '-o', 'json')).stderr)).toMatchObject({ error: { code: 'usage' } })
})

test('where nobody can be asked it fails at once and names the option', async () => {
  await run('apps', 'create', 'kept', '--image', 'builtin/hello:v1')
  expect(await run('apps', 'delete', 'kept')).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining('--yes') })
  expect((await run('apps', 'get', 'kept')).code).toBe(0)
  expect(await run('init')).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining('--email') })
})

test('waiting ends with 7 when it takes too long and with 130 on Ctrl-C; the deployment goes on', async () => {
  await run('apps', 'create', 'waited', '--image', 'builtin/hello:v1')
  const late = await run('apps', 'deploy', 'waited', '--wait', '--timeout', '1s', '--json')
  expect([late.code, late.stdout]).toEqual([7, ''])
  expect(late.stderr).toContain('The deployment goes on')
  const stopped = await cli.call(['apps', 'deploy', 'waited', '--wait'], { env, interruptAt: 'Queued' })
  expect([stopped.code, stopped.stdout]).toEqual([130, ''])
  expect(stopped.stderr).toMatch(/shellwego deployments get dep_\w+/)
})

test('a deployment that fails ends with 1 and its reason, one that succeeds prints it', async () => {
  await run('apps', 'create', 'rolled', '--image', 'builtin/hello:v1')
  const [deployment] = await json('deployments', 'list', 'rolled') as unknown as { id: string }[]
  const ending = async (state: string, error: string | null) => {
    await runtime().databases.systemPool.query('UPDATE deployment SET state = $2, error_code = $3, error_detail = $3, finished_at = now() WHERE id = $1', [deployment?.id, state, error])
    return run('deployments', 'get', deployment?.id ?? '', '--wait')
  }
  expect(await ending('failed', 'crash_loop')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('crash_loop') })
  expect(await ending('succeeded', null)).toMatchObject({ code: 0, stderr: expect.stringContaining('Deployed builtin/hello:v1 as release 1') })
})

test('a release is compared before it is gone back to; a deployment is cancelled; a strategy is given to an app and to one deployment', async () => {
  await run('apps', 'create', 'back', '--image', 'builtin/hello:v1', '--strategy', 'rolling', '--max-surge', '50%')
  await run('apps', 'update', 'back', '--image', 'builtin/hello:v2', '--env', 'MODE=hidden', '--deadline', '5m')
  expect(await json('apps', 'get', 'back')).toMatchObject({ strategy: { type: 'rolling', max_surge: '50%', deadline_seconds: 300 } })
  const { systemPool } = runtime().databases
  await systemPool.query('UPDATE release SET served_at = now() + number * interval \'1 s\' WHERE app_id = (SELECT id FROM app WHERE name = \'back\')')
  await systemPool.query('UPDATE app SET current_release_id = (SELECT id FROM release WHERE app_id = app.id AND number = 2) WHERE name = \'back\'')
  expect((await run('releases', 'list', 'back', '-o', 'plain')).stdout).toMatch(/^2\tserving\tbuiltin\/hello:v2\t.*\n1\tkept\tbuiltin\/hello:v1\t.*\n$/)
  const diff = await run('releases', 'diff', 'back', '1')
  expect(diff.stdout).toMatch(/image +builtin\/hello:v2 +builtin\/hello:v1/)
  expect(diff.stdout).toMatch(/plain MODE +another value +–/)
  expect(diff.stdout).not.toContain('hidden')
  const back = await run('apps', 'rollback', 'back', '--yes', '--strategy', 'immediate', '--json')
  expect(JSON.parse(back.stdout)).toMatchObject({ release: 1, status: 'in_progress' })
  const { deployment_id: id } = JSON.parse(back.stdout) as { deployment_id: string }
  expect(await json('deployments', 'get', id)).toMatchObject({ reason: 'rollback', release: 1, strategy: { type: 'immediate', max_surge: '50%' } })
  expect(await json('deployments', 'cancel', id, '--yes')).toMatchObject({ state: 'cancelled' })
  expect(await run('deployments', 'cancel', id, '--yes')).toMatchObject({ code: 5 })
  expect(await run('apps', 'rollback', 'back', '--release', '7', '--yes')).toMatchObject({ code: 4, stderr: expect.stringContaining('Release 7') })
})

test('secrets come from stdin or a file and are never shown', async () => {
  await run('apps', 'create', 'safe', '--image', 'builtin/hello:v1')
  const set = await cli.call(['secrets', 'set', 'KEY', '--app', 'safe'], { env, input: 'very hidden\n' })
  expect(set).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('KEY is at version 1') })
  const rotated = await cli.call(['secrets', 'rotate', 'KEY', '--app', 'safe', '--json'], { env, input: 'hidden again' })
  expect(JSON.parse(rotated.stdout)).toMatchObject({ name: 'KEY', version: 2 })
  const imported = await cli.call(['secrets', 'import', '-', '--json'], { env, input: 'A=hidden1\nexport B="hidden 2"\n' })
  expect(JSON.parse(imported.stdout)).toEqual({ created: ['A', 'B'], rotated: [] })
  const shared = await cli.call(['secrets', 'set', 'A', '--json'], { env, input: 'hidden3' })
  expect(JSON.parse(shared.stdout)).toMatchObject({ name: 'A', scope: 'organization', version: 2 })
  const listed = await run('secrets', 'list', '-o', 'plain')
  expect(listed.stdout.split('\n').filter(Boolean).map((line) => line.split('\t').slice(0, 3)).sort()).toEqual([['A', 'organization', '2'], ['B', 'organization', '1'], ['KEY', 'safe', '2']])
  for (const { stdout, stderr } of [set, rotated, imported, shared, listed]) expect(stdout + stderr).not.toContain('hidden')
  expect(await run('secrets', 'delete', 'KEY', '--app', 'safe', '--yes')).toMatchObject({ code: 0 })
  expect(await cli.call(['secrets', 'set', 'EMPTY'], { env })).toMatchObject({ code: 2, stderr: expect.stringContaining('stdin') })
})

test('members are invited, given roles and removed', async () => {
  const bob = await makeMember(owner.organization.id, 'viewer')
  expect(await json('members', 'invite', 'ada@example.com', '--role', 'admin')).toMatchObject({ email: 'ada@example.com', role: 'admin' })
  expect(await json('members', 'list', '--invited')).toMatchObject([{ email: 'ada@example.com' }])
  expect(await json('members', 'role', bob.actor.type === 'user' ? bob.actor.email : '', 'developer')).toMatchObject({ role: 'developer' })
  expect(await run('members', 'remove', bob.actor.type === 'user' ? bob.actor.userId : '', '--yes')).toMatchObject({ code: 0 })
  expect(await run('members', 'remove', 'nobody@example.com', '--yes')).toMatchObject({ code: 4 })
})

test('a service account gets a token that works, and does not after it is revoked', async () => {
  await run('tokens', 'create-account', 'ci', '--role', 'viewer')
  const made = await run('tokens', 'create', 'main', '--service', 'ci', '--scope', 'apps:read', '--days', '7')
  expect(made).toEqual({ code: 0, stdout: expect.stringMatching(/^sat_shellwego_\w{36}\n$/), stderr: expect.stringContaining('not shown again') })
  const machine = { ...env, SHELLWEGO_TOKEN: made.stdout }
  expect((await cli.call(['apps', 'list', '--json'], { env: machine })).code).toBe(0)
  expect((await cli.call(['apps', 'create', 'by-machine', '--image', 'builtin/hello:v1'], { env: machine })).code).toBe(3)
  expect(await cli.call(['auth', 'status', '--json'], { env: machine })).toMatchObject({ code: 0, stdout: expect.stringContaining('"service_account"') })
  expect(await cli.call(['status'], { env: machine })).toMatchObject({ code: 0, stdout: expect.stringContaining('a service account') })
  expect(await cli.call(['members', 'list'], { env: machine })).toMatchObject({ code: 2, stderr: expect.stringContaining('--organization org_') })
  const [token] = await json('tokens', 'list', '--service', 'ci') as unknown as { id: string; hint: string }[]
  expect(made.stdout.trim().endsWith(token?.hint ?? '?')).toBe(true)
  expect(await run('tokens', 'revoke', token?.id ?? '', '--service', 'ci', '--yes')).toMatchObject({ code: 0 })
  expect((await cli.call(['apps', 'list'], { env: machine })).code).toBe(3)
})

test('limits are listed for members and set by the operator, with what was seen', async () => {
  const staff = { ...env, SHELLWEGO_TOKEN: await tokenOf((await makeUser({ staff: true })).actor) }
  const orgId = owner.organization.id
  const limits = await json('quotas', 'list') as unknown as { name: string; limit: number; source: string }[]
  expect(limits.find((one) => one.name === 'apps')).toMatchObject({ limit: 100, source: 'plan' })
  const set = await cli.call(['quotas', 'set', orgId, 'apps=7', 'members=3', '--json'], { env: staff })
  expect((JSON.parse(set.stdout) as typeof limits).filter((one) => one.source === 'operator')).toMatchObject([{ name: 'apps', limit: 7 }, { name: 'members', limit: 3 }])
  await cli.call(['quotas', 'set', orgId, 'apps=plan', 'members=plan'], { env: staff })
  expect((await run('quotas', 'list', '-o', 'plain')).stdout).toMatch(/^apps\t\d+\t100\tplan$/m)
  for (const [wrong, code] of [[['quotas', 'set', orgId, 'apps'], 2], [['quotas', 'set', orgId, 'app=7'], 2], [['quotas', 'set', 'org_none', 'apps=7'], 4]] as const) {
    expect([wrong, (await cli.call([...wrong], { env: staff })).code]).toEqual([wrong, code])
  }
  expect((await run('quotas', 'set', orgId, 'apps=7')).code).toBe(3)
})

test('webhooks are made, tried, listed with what was sent, switched off and deleted', async () => {
  const made = await run('webhooks', 'create', 'https://hooks.example.com/in', '--event', 'app.*')
  expect([made.code, made.stdout, made.stderr]).toEqual([0, expect.stringMatching(/^whsec_\S+\n$/), expect.stringMatching(/^Made wh/)])
  const [hook] = await json('webhooks', 'list') as unknown as { id: string; events: string[] }[]
  const id = hook?.id ?? ''
  expect(hook?.events).toEqual(['app.*'])
  const test = await json('webhooks', 'test', id)
  expect((await run('webhooks', 'deliveries', id, '-o', 'plain')).stdout).toContain(String(test.id))
  expect(await json('webhooks', 'redeliver', id, String(test.id))).toMatchObject({ event_type: 'webhook.test' })
  expect(await json('webhooks', 'disable', id)).toMatchObject({ enabled: false })
  expect(await json('webhooks', 'enable', id)).toMatchObject({ enabled: true })
  expect((await json('webhooks', 'get', id)).url).toBe('https://hooks.example.com/in')
  expect((await run('webhooks', 'delete', id)).code).toBe(2)
  expect((await run('webhooks', 'delete', id, '--yes')).code).toBe(0)
  expect((await run('webhooks', 'get', id)).code).toBe(4)
})

test('the audit log is listed, filtered, exported and verified; a changed entry fails', async () => {
  const listed = await json('audit', 'list', '--type', 'organization.created') as unknown as { type: string; subject: { id: string } }[]
  expect(listed.map((one) => one.type)).toEqual(['organization.created'])
  expect(await json('audit', 'list', '--since', '2099-01-01T00:00:00Z')).toEqual([])
  expect(await run('audit', 'verify')).toMatchObject({ code: 0, stdout: '', stderr: expect.stringMatching(/entries are whole/) })
  const csv = await run('audit', 'export', '-', '--format', 'csv', '--type', 'organization.created')
  expect([csv.code, csv.stdout.trim().split('\n').length]).toEqual([0, 2])
  const file = path.join(cli.home(), 'audit.json')
  expect((await run('audit', 'export', file)).code).toBe(0)
  expect(readFileSync(file, 'utf8')).toContain('organization.created')
  await intruder('UPDATE event SET data = \'{"x": 1}\' WHERE org_id = $1 AND type = \'organization.created\'', [owner.organization.id])
  expect(await run('audit', 'verify')).toMatchObject({ code: 1, stderr: expect.stringContaining('is not what it was') })
})

test('any route can be called as it is', async () => {
  expect(await json('api', '/v1/users/me')).toMatchObject({ user: { email: owner.actor.email } })
  expect(await json('api', 'v1/apps', '-F', 'name=raw', '-F', 'image=builtin/hello:v1', '-F', 'resources.memory=256m', '-F', 'replicas=2')).toMatchObject({ name: 'raw', replicas: { desired: 2 }, resources: { memory: '256m' } })
  expect(await json('api', '/v1/apps?limit=1')).toMatchObject({ data: [expect.any(Object)], pagination: { limit: 1 } })
  expect((await run('api', '/v1/apps/raw', '-X', 'DELETE')).stdout).toBe('')
  expect((await run('api', '/v1/nothing')).code).toBe(4)
  expect((await run('api', 'https://elsewhere.example.com/v1/apps')).code).toBe(2)
})

test('what is behind several pages is listed whole, and not beyond the limit', async () => {
  const other = await makeOwner()
  const environment = { ...env, SHELLWEGO_TOKEN: await tokenOf(other.actor) }
  await runtime().databases.systemPool.query(
    `INSERT INTO event (id, org_id, type, subject_type, subject_id, actor, data) SELECT 'evt_page' || n, $1, 'page.turned', 'app', 'app_x', '{"type":"job","name":"test"}', '{}' FROM generate_series(1, 150) n`, [other.organization.id])
  const listed = await cli.call(['events', '--type', 'page.turned', '--limit', '130', '--json'], { env: environment })
  expect(JSON.parse(listed.stdout)).toHaveLength(130)
  expect(JSON.parse((await cli.call(['events', '--type', 'page.turned', '--limit', '999', '--json'], { env: environment })).stdout)).toHaveLength(150)
})
