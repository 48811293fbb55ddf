import { beforeAll, expect, test } from 'vitest'
import { USER_CODE_LETTERS } from '../../contract/device.ts'
import type { RequestMeta } from '../../core/context.ts'
import { runtime } from '../../core/runtime.ts'
import { as, brandContext, makeOwner, makeUser, type Caller } from '../../testing/actors.ts'
import { tokenOf, withApi } from '../../testing/api.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { createBrand } from '../branding/index.ts'
import { resolveToken } from '../tokens/index.ts'
import { newUserCode } from './codes.ts'
import { approveDevice, denyDevice, getDevice, pollDevice, revokePresented, startDevice } from './index.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_400, PORT: 21_401 })
const api = withApi()
let program: Caller
beforeAll(async () => { program = as({ type: 'anonymous' }, await brandContext()) })

let addresses = 0
const from = (): Partial<RequestMeta> => {
  addresses += 1
  return { ip: `192.0.2.${addresses}`, userAgent: 'shellwego/0.1.0' }
}
const sql = (text: string, values: unknown[] = []) => runtime().databases.systemPool.query<Record<string, unknown>>(text, values)
const start = (scopes: 'apps:read'[] = []) => program.call(startDevice, { client_name: 'shellwego on laptop', scopes }, from())
/** As after a pause that is long enough. */
const pause = () => sql('UPDATE device_authorization SET polled_at = NULL')
const poll = async (deviceCode: string) => program.call(pollDevice, { device_code: deviceCode }, from())
const codeOf = (asked: Promise<unknown>): Promise<string> => asked.then(() => 'ok', (error: { code: string }) => error.code)

test('a program gets a token of the person who approved it, with the scopes it asked for, once', async () => {
  const owner = await makeOwner()
  const asked = await start(['apps:read'])
  expect(asked).toMatchObject({ verification_uri: 'https://console.localhost/device', expires_in: 600, interval: 5 })
  expect(asked.verification_uri_complete).toBe(`https://console.localhost/device?code=${asked.user_code}`)
  expect(await codeOf(poll(asked.device_code))).toBe('authorization_pending')
  expect(await owner.call(getDevice, { user_code: asked.user_code.toLowerCase().replace('-', ' ') }, from())).toMatchObject({
    client_name: 'shellwego on laptop', ip: `192.0.2.${addresses - 2}`, user_agent: 'shellwego/0.1.0', scopes: ['apps:read'], token_days: 90,
  })
  await owner.call(approveDevice, { user_code: asked.user_code }, from())
  await pause()
  const token = await poll(asked.device_code)
  expect(token).toMatchObject({ kind: 'personal', name: 'shellwego on laptop', scopes: ['apps:read'], created_by: owner.actor.userId })
  expect(await resolveToken(token.token, owner.brand.id, null)).toMatchObject({ userId: owner.actor.userId, token: { scopes: ['apps:read'] } })
  await pause()
  expect(await codeOf(poll(asked.device_code))).toBe('expired_token')
  const { rows } = await sql('SELECT type, data FROM event WHERE actor->>\'id\' = $1 OR data->>\'device\' IS NOT NULL ORDER BY seq', [owner.actor.userId])
  expect(rows.map((r) => r.type)).toEqual(expect.arrayContaining(['device.approved', 'token.created']))
})

test('whoever asks too often is told to slow down, and must then wait longer', async () => {
  const asked = await start()
  const outcomes = [await codeOf(poll(asked.device_code)), await codeOf(poll(asked.device_code)), await codeOf(poll(asked.device_code))]
  expect(outcomes).toEqual(['authorization_pending', 'slow_down', 'slow_down'])
  const { rows } = await sql('SELECT interval_s FROM device_authorization ORDER BY created_at DESC LIMIT 1')
  expect(rows[0]?.interval_s).toBe(15)
})

test('refused is refused, for both sides', async () => {
  const [person, asked] = [await makeUser(), await start()]
  await person.call(denyDevice, { user_code: asked.user_code }, from())
  expect(await codeOf(poll(asked.device_code))).toBe('access_denied')
  expect(await codeOf(person.call(approveDevice, { user_code: asked.user_code }, from()))).toBe('not_found')
})

test('after ten minutes neither code is good', async () => {
  const [person, asked] = [await makeUser(), await start()]
  await sql('UPDATE device_authorization SET expires_at = now() - interval \'1 second\'')
  expect(await codeOf(person.call(getDevice, { user_code: asked.user_code }, from()))).toBe('not_found')
  expect(await codeOf(person.call(approveDevice, { user_code: asked.user_code }, from()))).toBe('not_found')
  expect(await codeOf(poll(asked.device_code))).toBe('expired_token')
  expect(await codeOf(poll('device_unknown'))).toBe('expired_token')
})

test('an approval that ran out before the program came is worth nothing', async () => {
  const [person, asked] = [await makeUser(), await start()]
  await person.call(approveDevice, { user_code: asked.user_code }, from())
  await sql('UPDATE device_authorization SET expires_at = now() - interval \'1 second\'')
  expect(await codeOf(poll(asked.device_code))).toBe('expired_token')
})

test('five questions at the same moment get one token', async () => {
  const [person, asked] = [await makeUser(), await start()]
  await person.call(approveDevice, { user_code: asked.user_code }, from())
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => codeOf(poll(asked.device_code))))
  expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1)
  const { rows } = await sql('SELECT 1 FROM api_token WHERE user_id = $1', [person.actor.userId])
  expect(rows).toHaveLength(1)
})

test('two people approve one code at the same moment: the first counts', async () => {
  const [first, second, asked] = [await makeUser(), await makeUser(), await start()]
  const outcomes = await Promise.all([first, second].map((person) => codeOf(person.call(approveDevice, { user_code: asked.user_code }, from()))))
  expect(outcomes.sort()).toEqual(['not_found', 'ok'])
})

test('the codes of one console open nothing in another', async () => {
  const staff = await makeUser({ staff: true })
  const { id } = await staff.call(createBrand, { name: 'Other', hostname: 'other.example.com', support_email: 'help@other.example.com', legal_name: 'Other', invoice_prefix: 'OTH' })
  const stranger = await makeUser({ brandId: id })
  const asked = await start()
  expect(await codeOf(stranger.call(approveDevice, { user_code: asked.user_code }, from()))).toBe('not_found')
  const elsewhere = as({ type: 'anonymous' }, await brandContext(id))
  expect(await codeOf(elsewhere.call(pollDevice, { device_code: asked.device_code }, from()))).toBe('expired_token')
})

test('only a person at the console approves, who proved lately who they are', async () => {
  const [person, asked] = [await makeUser(), await start()]
  const longAgo = as({ ...person.actor, provenAt: new Date(Date.now() - 3_600_000) }, person.brand)
  expect(await codeOf(longAgo.call(approveDevice, { user_code: asked.user_code }, from()))).toBe('reauthentication_required')
  const token = { tokenId: 'tok_x', kind: 'pat' as const, scopes: [], appIds: [], orgId: null }
  const machine = as({ ...person.actor, token }, person.brand)
  const input = { user_code: asked.user_code }
  for (const refused of [machine.call(approveDevice, input, from()), machine.call(denyDevice, input, from()), machine.call(getDevice, input, from())]) {
    expect(await codeOf(refused)).toBe('session_required')
  }
})

test('nobody finds a code by trying', async () => {
  const person = await makeUser()
  const outcomes: string[] = []
  for (let n = 0; n < 31; n += 1) outcomes.push(await codeOf(person.call(getDevice, { user_code: newUserCode() }, from())))
  expect(new Set(outcomes.slice(0, 30))).toEqual(new Set(['not_found']))
  expect(outcomes.at(-1)).toBe('rate_limited')
})

test('neither code rests in clear, and what is old is swept away', async () => {
  const asked = await start()
  await sql('UPDATE device_authorization SET expires_at = now() - interval \'2 days\' WHERE state <> \'pending\'')
  await start()
  const { rows } = await sql('SELECT to_json(d) AS a FROM device_authorization d')
  for (const secret of [asked.device_code, asked.user_code, asked.user_code.replace('-', '')]) expect(JSON.stringify(rows)).not.toContain(secret)
  expect((await sql('SELECT 1 FROM device_authorization WHERE state <> \'pending\'')).rows).toEqual([])
})

test('codes use every letter there is and no other', () => {
  const letters = new Set(Array.from({ length: 500 }, newUserCode).join(''))
  expect([...letters].sort().join('')).toBe(USER_CODE_LETTERS)
  expect(USER_CODE_LETTERS).not.toMatch(/[AEIOUY0-9]/)
})

test('a code that cannot be one is a fault of the field', async () => {
  const person = await makeUser()
  for (const written of ['', 'ABCD-EFGH', 'BCDF-GHJ', 'BCDFGHJKL', 'ＢＣＤＦ-GHJK']) {
    await expect(person.call(getDevice, { user_code: written }, from())).rejects.toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/user_code' }] })
  }
})

test('whoever holds a token ends it, limited or not; an unknown one is no fault, one of another console is not ours', async () => {
  const owner = await makeOwner()
  const ends = async (token: string) => {
    expect((await api.ask('GET', '/v1/apps', { token })).status).toBe(200)
    expect(await program.call(revokePresented, { token }, from())).toEqual({ ok: true })
    return (await api.ask('GET', '/v1/apps', { token })).status
  }
  const asked = await start(['apps:read'])
  await owner.call(approveDevice, { user_code: asked.user_code }, from())
  expect(await ends((await poll(asked.device_code)).token)).toBe(401)
  expect(await ends(await tokenOf(owner.actor))).toBe(401)
  expect(await program.call(revokePresented, { token: 'pat_shellwego_unknown' }, from())).toEqual({ ok: true })
  const kept = await tokenOf(owner.actor)
  const { rows } = await sql('SELECT id FROM brand WHERE id <> $1 LIMIT 1', [owner.brand.id])
  await as({ type: 'anonymous' }, await brandContext(String(rows[0]?.id))).call(revokePresented, { token: kept }, from())
  expect((await api.ask('GET', '/v1/apps', { token: kept })).status).toBe(200)
})

test('over HTTP the answers are problems with the codes of RFC 8628', async () => {
  const asked = await api.ask('POST', '/v1/auth/device', { body: { client_name: 'curl' } })
  expect([asked.status, asked.body.user_code]).toEqual([201, expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)])
  const pending = await api.ask('POST', '/v1/auth/device/token', { body: { device_code: asked.body.device_code } })
  expect([pending.status, pending.body.code]).toEqual([400, 'authorization_pending'])
})
