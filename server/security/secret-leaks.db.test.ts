import { beforeAll, expect, test, vi } from 'vitest'
import { log } from '../core/log.ts'
import { runtime } from '../core/runtime.ts'
import { createSecret, rotateSecret, setAppSecret } from '../domain/secrets/index.ts'
import { insertNode } from '../domain/nodes/testing.ts'
import { makeUser } from '../testing/actors.ts'
import { tokenOf, withApi } from '../testing/api.ts'
import { makeEstate, type Estate } from '../testing/estate.ts'
import { person, type Asker } from '../testing/refusals/askers.ts'
import { attempt, subjects, type Subject } from '../testing/refusals/attempt.ts'
import { drainJobs, withRuntime } from '../testing/runtime.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_530, PORT: 21_531 })
const api = withApi()

const PLANTED = ['planted-1-4Kq7-zebra', 'planted-2-9Xw2-zebra', 'planted-3-1Jm5-zebra']
const leaks = (text: string): boolean => text.includes('-zebra') || PLANTED.some((v) => text.includes(Buffer.from(v).toString('base64').slice(0, 20)))

let estate: Estate
let ids: Record<string, string>
let owner: Asker
let staff: Asker
let spied: unknown[][] = []

beforeAll(async () => {
  spied = []
  for (const level of ['debug', 'info', 'warn', 'error', 'fatal'] as const) vi.spyOn(log, level).mockImplementation((...args: unknown[]) => { spied.push(args) })
  estate = await makeEstate()
  const { app_id: appId, secret_id: secretId } = estate.ids
  await estate.owner.call(createSecret, { name: 'SHARED', value: PLANTED[0] ?? '' })
  await estate.owner.call(rotateSecret, { secret_id: secretId, value: PLANTED[1] ?? '' })
  await estate.owner.call(setAppSecret, { app_id: appId, name: 'OWN', value: PLANTED[2] ?? '', redeploy: true }, { idempotencyKey: 'once' })
  await insertNode()
  await drainJobs()
  await tokenOf(estate.owner.actor)
  const session = await runtime().databases.systemPool.query<{ id: string }>('SELECT id FROM session WHERE user_id = $1', [estate.owner.actor.userId])
  ids = { ...estate.ids, session_id: session.rows[0]?.id ?? '' }
  owner = person('the owner', estate.owner)
  staff = person('staff', await makeUser({ staff: true }))
}, 60_000)

const isRead = (op: Subject): boolean => op.kind === 'query' || op.kind === 'file'
const ask = (op: Subject, who: Asker): Promise<string> =>
  attempt(api, op, who, ids, op.scope === 'org' ? { organization_id: estate.orgId } : {}).then((o) => o.text, (error: unknown) => String(error))

test('no answer of any operation holds the value of a secret, be it REST or tRPC, read or write, to its owner or the operator', async () => {
  const found: string[] = []
  const reads = subjects.filter(isRead)
  const writes = subjects.filter((op) => !isRead(op) && !/delete|remove|leave|revoke|transfer|sign_out|suspend|clock/.test(op.name))
  for (const op of [...reads, ...writes]) {
    const text = await ask(op, op.scope === 'staff' ? staff : owner)
    if (leaks(text)) found.push(op.name)
  }
  expect(found).toEqual([])
  expect(reads.length).toBeGreaterThan(40)
  expect(writes.length).toBeGreaterThan(40)
}, 120_000)

test.each([
  ['POST', '/v1/secrets', { name: 'bad name', value: PLANTED[0] }], ['POST', '/v1/secrets', { name: 'SHARED', value: PLANTED[0] }], ['POST', '/v1/secrets', { name: 'K', value: `${PLANTED[0]}\0` }],
  ['POST', '/v1/secrets', { name: 'K', value: [PLANTED[0]] }], ['POST', '/v1/secrets', { name: 'K', value: PLANTED[0]?.repeat(5_000) }], ['POST', '/v1/secrets', { name: 'K', value: PLANTED[0], app_id: 'none' }],
  ['POST', '/v1/secrets/import', { text: `K=${PLANTED[0]}\nbroken ${PLANTED[1]}\nSHELLWEGO_X=${PLANTED[2]}` }], ['POST', '/v1/apps', { name: 'x', image: '', env: { K: { value: PLANTED[0], secret: true } } }],
])('%s %s with something wrong tells what, without the value', async (method, path, body) => {
  const { token } = await owner.question()
  const answer = await api.ask(method, path, { ...(token ? { token } : {}), headers: { 'shellwego-organization': estate.orgId }, body })
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(leaks(answer.text), answer.text).toBe(false)
})

test('and so does no line of our own logs', () => {
  expect(spied.filter((args) => leaks(JSON.stringify(args)))).toEqual([])
})
