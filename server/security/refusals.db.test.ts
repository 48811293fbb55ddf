import { beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { composites, files, operations, sandboxComposites, sandboxOperations } from '../compose.ts'
import { can, type Role } from '../contract/permission.ts'
import type { CompositeOperation, FileOperation } from '../core/composite.ts'
import { toProblem } from '../core/error.ts'
import { call, type AnyOperation, type Operation } from '../core/operation.ts'
import { runtime } from '../core/runtime.ts'
import { makeOwner, makeUser, metaFor, type Caller } from '../testing/actors.ts'
import { tokenOf, withApi } from '../testing/api.ts'
import { makeEstate, makeMember, type Estate } from '../testing/estate.ts'
import { withRuntime } from '../testing/runtime.ts'

type Subject = (AnyOperation | CompositeOperation | FileOperation) & { name: string }
const subjects: Subject[] = [...operations, ...sandboxOperations, ...composites, ...sandboxComposites, ...files] as Subject[]

withRuntime({ SHELLWEGO_SANDBOX_PORT: 24_710, PORT: 24_711 })
const api = withApi()

/** A fitting value for each field that is not an id. A required field without one fails the test. */
const SAMPLES: Record<string, unknown> = {
  email: 'someone@example.com', password: 'a long password', name: 'some-name', token: 'verify_x', code: 'aaaaa-aaaaa', image: 'builtin/hello:v1', replicas: 2,
  hostname: 'cloud.example.com', support_email: 'help@example.com', legal_name: 'Cloud Ltd', invoice_prefix: 'CLD', provider: 'stripe', outcome: 'success',
  now: '2030-01-01T00:00:00.000Z', currency: 'USD', tax_id: 'T-1', metric: 'cpu', vcpu: 1, memory_mib: 128,
}

let estate: Estate
let ids: Record<string, string>
let strangersOwn = ''
let people: Record<'stranger' | 'viewer' | 'billing' | 'unverified' | 'owner', Caller>
/** Fresh for each request: some of the operations tried end sessions. */
const bearer = async (who: Caller | null): Promise<{ token?: string }> => (who ? { token: await tokenOf(who.actor) } : {})

beforeAll(async () => {
  estate = await makeEstate()
  const unverified = await makeOwner()
  await runtime().databases.systemPool.query('UPDATE "user" SET email_verified_at = NULL WHERE id = $1', [unverified.actor.userId])
  const stranger = await makeOwner()
  strangersOwn = stranger.organization.id
  people = {
    stranger, viewer: await makeMember(estate.orgId, 'viewer'), billing: await makeMember(estate.orgId, 'billing'),
    unverified: { ...unverified, actor: { ...unverified.actor, verified: false } }, owner: estate.owner,
  }
  await tokenOf(people.owner.actor)
  const session = await runtime().databases.systemPool.query<{ id: string }>('SELECT id FROM session WHERE user_id = $1', [estate.owner.actor.userId])
  ids = { ...estate.ids, session_id: session.rows[0]?.id ?? '' }
}, 60_000)

interface Field { name: string; required: boolean }
const fieldsOf = (op: Subject): Field[] => Object.entries(op.input.shape as Record<string, z.ZodType>)
  .map(([name, schema]) => ({ name, required: !schema.safeParse(undefined).success }))
const isId = (field: string): boolean => field.endsWith('_id') && !(field in SAMPLES)
/** Ids of things that belong to nobody, and whose names are public. */
const PUBLIC_IDS = new Set(['catalog_id'])
const tenantIdsOf = (op: Subject) => fieldsOf(op).filter((f) => isId(f.name) && !PUBLIC_IDS.has(f.name))

const inputFor = (op: Subject): Record<string, unknown> => Object.fromEntries(fieldsOf(op).filter((f) => f.required || isId(f.name)).map(({ name }) => {
  const value = isId(name) ? ids[name] : SAMPLES[name]
  if (value === undefined || value === '') throw new Error(`${op.name}: the tables have no entry for ${name}`)
  return [name, value]
}))

interface Outcome { code: string; text: string }

/** Over HTTP where the operation has a route, else called as tRPC does. */
const attempt = async (op: Subject, who: Caller | null, over: Record<string, unknown> = {}): Promise<Outcome> => {
  const input = { ...inputFor(op), ...over }
  return op.rest ? overHttp(op, who, input) : called(op, who, input)
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const overHttp = async (op: Subject, who: Caller | null, input: Record<string, unknown>): Promise<Outcome> => {
  const { method = 'GET', path = '' } = op.rest ?? {}
  const used = new Set<string>()
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    used.add(name)
    return encodeURIComponent(textOf(input[name] ?? ids[name]))
  })
  const left = Object.entries(input).filter(([name]) => !used.has(name))
  const inQuery = method === 'GET' || method === 'DELETE'
  const search = inQuery && left.length > 0 ? `?${new URLSearchParams(left.map(([k, v]) => [k, textOf(v)]))}` : ''
  const answer = await api.ask(method, `/v1${url}${search}`, { ...(await bearer(who)), ...(inQuery ? {} : { body: Object.fromEntries(left) }) })
  if (answer.status >= 500) throw new Error(`${op.name}: ${answer.text}`)
  return { code: answer.status < 300 ? 'ok' : String(answer.body.code), text: answer.text }
}

const called = async (op: Subject, who: Caller | null, input: Record<string, unknown>): Promise<Outcome> => {
  const meta = metaFor(who?.actor ?? { type: 'anonymous' }, estate.owner.brand)
  try {
    const output = 'handle' in op ? await op.handle(meta, input) : await call(op as unknown as Operation, meta, input)
    return { code: 'ok', text: JSON.stringify(output) }
  } catch (error) {
    const problem = toProblem(error, 'req_test')
    if (problem.code === 'internal') throw error
    return { code: problem.code, text: JSON.stringify(problem) }
  }
}

const REFUSALS = ['unauthenticated', 'forbidden', 'email_not_verified']
const expectOutcome = (op: Subject, actual: Outcome, refusal: string | null): void => {
  if (refusal) expect([op.name, actual.code]).toEqual([op.name, refusal])
  else expect(REFUSALS, `${op.name} answered ${actual.text}`).not.toContain(actual.code)
}
const expectNothingSeen = (op: Subject, actual: Outcome): void => {
  expect(actual.text, op.name).not.toContain(estate.marker)
}

test('every subject has a name of its own and a declared scope; org scope has a permission', () => {
  expect(new Set(subjects.map((s) => s.name)).size).toBe(subjects.length)
  expect(subjects.filter((s) => !['org', 'user', 'staff', 'public'].includes(s.scope)).map((s) => s.name)).toEqual([])
  expect(subjects.filter((s) => s.scope === 'org' && !s.permission).map((s) => s.name)).toEqual([])
  expect(subjects.filter((s) => s.scope !== 'org' && s.permission).map((s) => s.name)).toEqual([])
})

describe.each(subjects.map((s) => [s.name, s] as const))('%s', (_name, op) => {
  test('anonymous', async () => {
    const actual = await attempt(op, null)
    expectOutcome(op, actual, op.scope === 'public' ? null : 'unauthenticated')
    expectNothingSeen(op, actual)
  })

  test('another organization\'s owner with this organization\'s ids', async () => {
    const actual = await attempt(op, people.stranger, op.scope === 'org' ? { organization_id: strangersOwn } : {})
    const required = tenantIdsOf(op).some((f) => f.required)
    if (op.scope === 'staff') expectOutcome(op, actual, 'forbidden')
    else if (required && op.scope !== 'public') expectOutcome(op, actual, 'not_found')
    else expectOutcome(op, actual, null)
    expectNothingSeen(op, actual)
    if (op.scope !== 'org') return
    const named = await attempt(op, people.stranger, { organization_id: estate.orgId })
    expectOutcome(op, named, 'not_found')
    expectNothingSeen(op, named)
  })

  test.each(['viewer', 'billing'] as const satisfies Role[])('%s of the organization', async (role) => {
    const actual = await attempt(op, people[role], op.scope === 'org' ? { organization_id: estate.orgId } : {})
    const denied = op.scope === 'staff' || (op.scope === 'org' && !(op.permission && can(role, op.permission)))
    expectOutcome(op, actual, denied ? 'forbidden' : null)
    if (denied) expectNothingSeen(op, actual)
  })

  test('somebody whose e-mail is not verified', async () => {
    const actual = await attempt(op, people.unverified)
    const open = op.scope === 'public' || ('unverified' in op && op.unverified)
    expectOutcome(op, actual, open ? null : 'email_not_verified')
    expectNothingSeen(op, actual)
  })

  test('the owner, who is no operator', async () => {
    const isRead = op.kind === 'query' || op.kind === 'file'
    if (op.scope === 'staff') expectOutcome(op, await attempt(op, people.owner), 'forbidden')
    else if (op.scope === 'org' && isRead) expect(await attempt(op, people.owner, { organization_id: estate.orgId })).toMatchObject({ code: 'ok' })
  })
})

test('the secret of an app is in no answer, not even its owner\'s', async () => {
  const reads = subjects.filter((s) => s.scope === 'org' && s.kind === 'query')
  const texts = await Promise.all(reads.map((op) => attempt(op, people.owner, { organization_id: estate.orgId })))
  expect(texts.filter((t) => t.text.includes(estate.secret))).toEqual([])
  expect(texts.filter((t) => t.text.includes(estate.marker)).length).toBeGreaterThan(10)
})

test('an operator may read what is the operator\'s', async () => {
  const staff = await makeUser({ staff: true })
  for (const op of subjects.filter((s) => s.scope === 'staff' && s.kind === 'query')) expect([op.name, (await attempt(op, staff)).code]).toEqual([op.name, 'ok'])
})

describe.each(['/v1/events', '/v1/apps/{app_id}/logs'])('the live stream %s', (path) => {
  const open = async (who: Caller | null, organizationId?: string) => {
    const url = path.replace('{app_id}', ids.app_id ?? '')
    return api.ask('GET', `${url}?follow=true${organizationId ? `&organization_id=${organizationId}` : ''}`, { firstBytes: true, ...(await bearer(who)) })
  }
  test('refuses whoever may not read it and shows nothing', async () => {
    const answers = [await open(null), await open(people.unverified), await open(people.stranger, estate.orgId)]
    expect(answers.map((a) => a.status)).toEqual([401, 403, 404])
    expect(answers.filter((a) => a.text.includes(estate.marker))).toEqual([])
    if (path.includes('logs')) expect((await open(people.billing, estate.orgId)).status).toBe(403)
  })
  test('opens for a member', async () => {
    const answer = await open(people.viewer, estate.orgId)
    expect([answer.status, answer.headers['content-type']]).toEqual([200, expect.stringContaining('text/event-stream')])
  })
})
