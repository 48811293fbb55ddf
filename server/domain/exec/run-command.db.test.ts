import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { makeOwner } from '../../testing/actors.ts'
import { tokenOf, withApi } from '../../testing/api.ts'
import { makeMember } from '../../testing/estate.ts'
import { until, withSessionNode } from '../../testing/node-sessions.ts'
import { withRuntime } from '../../testing/runtime.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 25_410, PORT: 25_411 })
const api = withApi()
const node = withSessionNode(api)
let owner: Awaited<ReturnType<typeof makeOwner>>
let app: Awaited<ReturnType<typeof node.runningApp>>
let token: string

beforeAll(async () => {
  owner = await makeOwner()
  app = await node.runningApp(owner.organization.id)
  token = await tokenOf(owner.actor)
}, 60_000)

const exec = (body: object, who = token, appId = app.appId) => api.ask('POST', `/v1/apps/${appId}/exec`, { token: who, body })
const rows = async () => (await runtime().databases.systemPool.query<Record<string, unknown>>('SELECT * FROM exec_session ORDER BY started_at')).rows
const events = async () => (await runtime().databases.systemPool.query<{ type: string; data: Record<string, unknown>; actor: { id: string }; ip: string }>(
  'SELECT type, data, actor, ip FROM event WHERE type LIKE \'exec.%\' ORDER BY seq')).rows

test('a command answers its exit code, both outputs, and gets its input', async () => {
  const answer = await exec({ command: ['cat', '7'], stdin: 'hello' })
  expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({
    outcome: 'exited', exit_code: 7, instance_id: app.instanceId, stdout: { text: 'hello', encoding: 'utf-8', truncated: false },
    stderr: { text: 'cat 7', encoding: 'utf-8', truncated: false },
  })])
})

test('bytes that are no text come as base64, both ways', async () => {
  const bytes = Buffer.from([0xff, 0xfe, 0x41])
  const sent = await exec({ command: ['cat', '0'], stdin: bytes.toString('base64'), stdin_encoding: 'base64' })
  // The fake VM reads its input as text.
  expect(sent.body.stdout).toEqual({ text: bytes.toString(), encoding: 'utf-8', truncated: false })
  expect((await exec({ command: ['cat'], stdin: 'no base64!', stdin_encoding: 'base64' })).body).toMatchObject({ status: 422, errors: [{ pointer: '/stdin', code: 'invalid_base64' }] })
})

test('too much output is cut and says so; the exit code stands', async () => {
  const { body } = await exec({ command: ['flood', String(3 << 20)] })
  expect(body).toMatchObject({ exit_code: 0, stdout: { truncated: true } })
  expect((body.stdout as { text: string }).text).toHaveLength(1 << 20)
})

test('what never ran and what took too long have outcomes of their own', async () => {
  expect((await exec({ command: ['/no/such'] })).body).toMatchObject({ outcome: 'not_found', exit_code: 127 })
  expect((await exec({ command: ['hang'], timeout_s: 1 })).body).toMatchObject({ outcome: 'timed_out', exit_code: 137 })
})

test('a command of a megabyte is refused by name, and so is one of many long words', async () => {
  expect((await exec({ command: ['x'.repeat(1 << 20)] })).body).toMatchObject({ status: 400, code: 'invalid_request' })
  expect((await exec({ command: Array.from({ length: 3 }, () => 'x'.repeat(60_000)) })).body).toMatchObject({ status: 422, errors: [{ pointer: '/command', code: 'argv_too_large' }] })
  expect((await exec({ command: [] })).status).toBe(400)
  expect((await exec({ command: ['a\u0000b'] })).status).toBe(400)
})

test('an instance that does not run is a conflict that says what to do; one that is not there is not found', async () => {
  const idle = await node.runningApp(owner.organization.id)
  await runtime().databases.systemPool.query('UPDATE instance SET phase = \'stopped\' WHERE id = $1', [idle.instanceId])
  expect((await exec({ command: ['true'] }, token, idle.appId)).body).toMatchObject({ status: 409, code: 'instance_stopped', detail: expect.stringContaining('Start the app') })
  expect((await exec({ command: ['true'], instance_id: idle.instanceId })).status).toBe(404)
  // It stopped a moment ago, and the portal has not heard yet.
  const gone = await node.runningApp(owner.organization.id)
  node.stopInstance(gone.instanceId)
  expect((await exec({ command: ['true'] }, token, gone.appId)).body).toMatchObject({ status: 409, code: 'instance_stopped' })
})

test('whoever lacks the permission is told what a stranger is told', async () => {
  const viewer = await tokenOf((await makeMember(owner.organization.id, 'viewer')).actor)
  const developer = await tokenOf((await makeMember(owner.organization.id, 'developer')).actor)
  const stranger = await tokenOf((await makeOwner()).actor)
  const [seen, unknown] = [await exec({ command: ['true'] }, viewer), await exec({ command: ['true'] }, stranger)]
  expect([seen.status, unknown.status, seen.body.detail]).toEqual([404, 404, unknown.body.detail])
  expect((await exec({ command: ['true', '0'] }, developer)).status).toBe(200)
})

test('who ran what is written down with its end; arguments are not', async () => {
  const before = (await rows()).length
  await exec({ command: ['echo', '3', 's3cret'] })
  await until(async () => (await rows()).at(-1)?.ended_at !== null, 'the end')
  const last = (await rows()).at(-1)
  expect(await rows()).toHaveLength(before + 1)
  expect(last).toMatchObject({ kind: 'command', program: 'echo', app_id: app.appId, instance_id: app.instanceId, actor_name: owner.actor.name, end_reason: 'exited', exit_code: 3 })
  const [started, ended] = (await events()).slice(-2)
  expect([started, ended]).toMatchObject([{ type: 'exec.started', data: { session_id: last?.id, program: 'echo' } }, { type: 'exec.ended', data: { reason: 'exited', exit_code: 3 } }])
  expect(JSON.stringify([await rows(), await events()])).not.toContain('s3cret')
})

test('an agent that is away is waited for a moment; one that was restarted cut the command off', async () => {
  const running = exec({ command: ['hang'], timeout_s: 20 })
  await until(() => node.sessions() === 1, 'the command')
  node.crash()
  node.dial()
  expect((await running).body).toMatchObject({ status: 503, detail: expect.stringContaining('agent_restarted') })
  expect((await exec({ command: ['cat', '0'] })).status).toBe(200)
})

test('at most eight at once in one instance', async () => {
  const held = Array.from({ length: 8 }, () => exec({ command: ['hang'], timeout_s: 3 }))
  await until(() => node.sessions() === 8, 'eight commands')
  expect((await exec({ command: ['true'] })).body).toMatchObject({ status: 409, code: 'too_many_sessions' })
  await Promise.all(held)
})
