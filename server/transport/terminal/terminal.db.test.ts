import { afterEach, beforeAll, expect, test } from 'vitest'
import type WebSocket from 'ws'
import type { TerminalTicket } from '../../contract/exec.ts'
import { SESSION_WINDOW } from '../../contract/session-wire.ts'
import { runtime } from '../../core/runtime.ts'
import { removeMember } from '../../domain/orgs/index.ts'
import { SESSION_LIMITS } from '../../domain/exec/session-timers.ts'
import { makeOwner } from '../../testing/actors.ts'
import { tokenOf, withApi } from '../../testing/api.ts'
import { makeMember } from '../../testing/estate.ts'
import { until, withSessionNode } from '../../testing/node-sessions.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { dial, testTerminal } from '../../testing/terminal-client.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 25_420, PORT: 25_421 })
const api = withApi()
const node = withSessionNode(api)
const usual = { ...SESSION_LIMITS }
let owner: Awaited<ReturnType<typeof makeOwner>>
let app: Awaited<ReturnType<typeof node.runningApp>>
let token: string

beforeAll(async () => {
  owner = await makeOwner()
  app = await node.runningApp(owner.organization.id)
  token = await tokenOf(owner.actor)
}, 60_000)
afterEach(() => { Object.assign(SESSION_LIMITS, usual) })

const ask = async (body: object = {}, who = token): Promise<TerminalTicket> =>
  (await api.ask('POST', `/v1/apps/${app.appId}/terminals`, { token: who, body })).body as unknown as TerminalTicket
const again = (id: string, who = token) => api.ask('POST', `/v1/terminals/${id}/tickets`, { token: who, body: {} })
const open = async (body: object = {}) => {
  const ticket = await ask(body)
  const terminal = testTerminal(api.url())
  const socket = await terminal.connect(ticket)
  return { ticket, terminal, socket }
}
const row = async (id: string) => (await runtime().databases.systemPool.query<Record<string, unknown>>('SELECT * FROM exec_session WHERE id = $1', [id])).rows[0]
const ended = (id: string) => until(async () => (await row(id))?.ended_at != null, 'the end in the audit')
const closed = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.on('close', resolve))
const type = (text: string): Uint8Array => Buffer.from(text)

test('a terminal has the size of its viewer, echoes, is resized and ends with its code', async () => {
  const { ticket, terminal, socket } = await open()
  const closing = closed(socket)
  await terminal.says('$ 90x20')
  terminal.client.resize({ columns: 120, rows: 40 })
  await terminal.says('120x40')
  terminal.client.write(type('hello'))
  await terminal.says('hello')
  terminal.client.write(type('exit'))
  expect([await terminal.over(), await closing]).toEqual([{ reason: 'exited', code: 0 }, 4000])
  await ended(ticket.id)
  expect(await row(ticket.id)).toMatchObject({ kind: 'terminal', program: '/bin/bash', end_reason: 'exited', exit_code: 0, bytes_in: '9', actor_id: owner.actor.userId })
})

test('a ticket opens once, soon, its own terminal, and for no foreign page', async () => {
  const ticket = await ask()
  const other = await ask()
  const [twisted, foreign] = [{ ...ticket, path: other.path }, await ask()]
  expect(await dial(api.url(), twisted)).toBe(401)
  expect(await dial(api.url(), ticket)).toBe(401)
  expect(await dial(api.url(), foreign, { origin: 'https://evil.example' })).toBe(403)
  const socket = await dial(api.url(), foreign, { origin: api.url() })
  expect(typeof socket).toBe('object')
  expect(await dial(api.url(), foreign)).toBe(401)
  expect(await dial(api.url(), { path: `/v1/terminals/${ticket.id}/other`, ticket: 'x' })).toBe(404)
  if (typeof socket !== 'number') socket.close()
  for (const { id } of [ticket, other, foreign]) expect((await api.ask('DELETE', `/v1/terminals/${id}`, { token })).status).toBe(204)
})

test('pipes keep stderr apart and end with the end of input', async () => {
  const { terminal } = await open({ command: ['cat', '3'], tty: false })
  terminal.client.write(type('through '))
  terminal.client.endInput()
  expect(await terminal.over()).toEqual({ reason: 'exited', code: 3 })
  expect(terminal.text()).toBe('through cat 3')
})

test('whoever lost the connection comes back to the byte, and nothing typed runs twice', async () => {
  const { ticket, terminal, socket } = await open()
  await terminal.says('$ ')
  const before = closed(socket)
  socket.terminate()
  await before
  terminal.client.write(type('typed while away;'))
  const renewed = (await again(ticket.id)).body as unknown as TerminalTicket
  await terminal.connect(renewed)
  await terminal.says('typed while away;')
  terminal.client.write(type('exit'))
  await terminal.over()
  expect(terminal.text().match(/typed while away/g)).toHaveLength(1)
})

test('a second connection takes the terminal from the first', async () => {
  const { ticket, terminal, socket } = await open()
  await terminal.says('$ ')
  const first = closed(socket)
  const second = testTerminal(api.url())
  await second.connect((await again(ticket.id)).body as unknown as TerminalTicket)
  expect(await first).toBe(4001)
  await second.says('$ 90x20')
  second.client.write(type('exit'))
  await second.over()
})

test('what nobody reads stops at the window, and goes on when somebody does', async () => {
  const size = 3 << 20
  const ticket = await ask({ command: ['flood', String(size)], tty: false })
  const terminal = testTerminal(api.url())
  const socket = await terminal.connect(ticket, { reads: false })
  terminal.client.endInput()
  await until(() => terminal.text().length === SESSION_WINDOW, 'a full window')
  await new Promise((resolve) => { setTimeout(resolve, 300) })
  expect(terminal.text()).toHaveLength(SESSION_WINDOW)
  socket.terminate()
  const rest = testTerminal(api.url())
  await rest.connect((await again(ticket.id)).body as unknown as TerminalTicket)
  expect(await rest.over()).toMatchObject({ reason: 'exited' })
  expect(rest.text().replace(/^x+|x+$/g, '')).toBe('')
  expect(rest.text()).toHaveLength(size)
})

test('limits end it: nobody there, nothing done, too long', async () => {
  for (const [limits, reason] of [[{ returnMs: 200 }, 'lost'], [{ idleMs: 300 }, 'idle'], [{ totalMs: 300 }, 'too_long']] as const) {
    Object.assign(SESSION_LIMITS, usual, limits)
    const { ticket, terminal, socket } = await open()
    if (reason === 'lost') socket.terminate()
    else expect((await terminal.over()).reason).toBe(reason)
    await ended(ticket.id)
    expect((await row(ticket.id))?.end_reason).toBe(reason)
  }
  await until(() => node.sessions() === 0, 'the agent to have none left')
})

test('the line to the agent breaks and nothing is lost; an agent that was restarted ends it', async () => {
  const { terminal } = await open()
  await terminal.says('$ ')
  node.breakLine()
  terminal.client.write(type('meanwhile'))
  await terminal.says('meanwhile')
  node.crash()
  node.dial()
  expect(await terminal.over()).toEqual({ reason: 'agent_restarted', code: null })
})

test('the session that opened it ends: so does the terminal, within seconds', async () => {
  const own = await tokenOf(owner.actor)
  const ticket = await ask({}, own)
  const terminal = testTerminal(api.url())
  await terminal.connect(ticket)
  await terminal.says('$ ')
  const from = performance.now()
  await runtime().databases.systemPool.query('DELETE FROM session WHERE id IN (SELECT id FROM session WHERE user_id = $1 ORDER BY created_at DESC LIMIT 1)', [owner.actor.userId])
  expect((await terminal.over()).reason).toBe('revoked')
  expect(performance.now() - from).toBeLessThan(5_000)
})

test('a member who is removed loses the terminal, and tickets are of whoever opened it', async () => {
  const member = await makeMember(owner.organization.id, 'developer')
  const own = await tokenOf(member.actor)
  const ticket = await ask({}, own)
  const terminal = testTerminal(api.url())
  await terminal.connect(ticket)
  await terminal.says('$ ')
  expect((await again(ticket.id)).status).toBe(404)
  const from = performance.now()
  await owner.call(removeMember, { user_id: member.actor.type === 'user' ? member.actor.userId : '' })
  expect((await terminal.over()).reason).toBe('revoked')
  expect(performance.now() - from).toBeLessThan(5_000)
  expect((await api.ask('POST', `/v1/terminals/${ticket.id}/tickets`, { token: own, body: {}, headers: { 'shellwego-organization': owner.organization.id } })).status).toBe(404)
})

test('sessions are listed for the organization and for the operator', async () => {
  const list = await api.ask('GET', '/v1/terminals?filter[kind]=terminal&limit=2', { token })
  expect(list.body).toMatchObject({ data: [{ kind: 'terminal', app_id: app.appId, actor_name: expect.any(String) }, {}], pagination: { has_more: true } })
  const developer = await tokenOf((await makeMember(owner.organization.id, 'developer')).actor)
  expect((await api.ask('GET', '/v1/terminals', { token: developer })).status).toBe(403)
})
