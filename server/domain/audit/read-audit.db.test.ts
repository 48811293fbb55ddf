import { beforeAll, expect, test } from 'vitest'
import { makeOwner, makeUser } from '../../testing/actors.ts'
import { tokenOf, withApi } from '../../testing/api.ts'
import { makeMember } from '../../testing/estate.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { auditFacets, listAudit } from './index.ts'
import { happen } from './testing.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_311, PORT: 21_312 })
const api = withApi()
let owner: Awaited<ReturnType<typeof makeOwner>>
let org = { organization_id: '' }
beforeAll(async () => {
  setPlainMail()
  owner = await makeOwner()
  org = { organization_id: owner.organization.id }
  for (let n = 1; n <= 25; n += 1) {
    await happen(org.organization_id, {
      type: n % 2 ? 'app.scaled' : 'app_secret.rotated', subject: { type: 'app', id: `app_${n}` }, data: { 'replicas.before': n, 'replicas.after': n + 1 },
      actor: owner.actor, from: { ip: `192.0.2.${n}`, userAgent: '=cmd|"/c calc"!A1' }, requestId: `req_${n}`,
    })
  }
})
const list = async (filter: object = {}, more: object = {}) => (await owner.call(listAudit, { ...org, filter, limit: 100, ...more })).data
const codeOf = (run: Promise<unknown>): Promise<string> => run.then(() => 'ok', (error: { code?: string }) => error.code ?? 'unknown')

test('newest first, with who, what, where from and what changed, and the chain beside it', async () => {
  const [first] = await list()
  expect(first).toMatchObject({
    type: 'app.scaled', subject: { type: 'app', id: 'app_25' }, actor: { type: 'user', id: owner.actor.userId, name: owner.actor.name, impersonator: null },
    ip: '192.0.2.25', request_id: 'req_25', data: { 'replicas.before': 25, 'replicas.after': 26 }, chain_seq: 26,
  })
  expect(JSON.stringify(first)).not.toContain(owner.actor.email)
})

test('pages follow each other without gap or repetition while new entries arrive', async () => {
  const seen: number[] = []
  for (let cursor: string | undefined; ;) {
    const page = await owner.call(listAudit, { ...org, limit: 7, filter: { type: 'app.*' }, ...(cursor ? { cursor } : {}) })
    seen.push(...page.data.map((r) => r.chain_seq))
    await happen(org.organization_id, { type: 'noise.made' })
    if (!page.pagination.next_cursor) break
    cursor = page.pagination.next_cursor
  }
  expect(seen).toEqual(Array.from({ length: 13 }, (_, n) => 26 - 2 * n))
  expect(await codeOf(owner.call(listAudit, { ...org, cursor: 'nonsense' }))).toBe('invalid_request')
})

test('each filter keeps what it names, and they add up', async () => {
  const [at5] = await list({ subject_id: 'app_5' })
  expect(await list({ type: 'app.scaled' })).toHaveLength(13)
  expect(await list({ type: 'app.*' })).toHaveLength(13)
  expect(await list({ type: 'app_secret.rotated', ip: '192.0.2.8' })).toHaveLength(1)
  expect(await list({ actor_id: owner.actor.userId, subject_type: 'app' })).toHaveLength(25)
  expect(await list({ q: 'REQ_2' })).toHaveLength(7)
  expect(await list({ q: owner.actor.name.toUpperCase(), type: 'app.scaled' })).toHaveLength(13)
  expect(await list({ q: '"replicas.after": 9' })).toHaveLength(1)
  expect(await list({ q: '192_0' })).toEqual([])
  expect(await list({ q: '%' })).toEqual([])
  expect((await list({ at: { gte: at5?.at } })).at(-1)?.chain_seq).toBeLessThanOrEqual(6)
  expect(await list({ at: { lt: '2001-01-01T00:00:00Z' } })).toEqual([])
  for (const filter of [{ type: 'a%' }, { at: { gte: 'yesterday' } }, { nonsense: 1 }]) expect(await codeOf(owner.call(listAudit, { ...org, filter }))).toBe('invalid_request')
})

test('REST takes the same filters, and a developer reads none of it', async () => {
  const token = await tokenOf(owner.actor)
  const path = `/v1/organizations/${org.organization_id}/audit`
  const answer = await api.ask('GET', `${path}?filter[type]=app.scaled&filter[at][gte]=2020-01-01T00:00:00Z&limit=5`, { token })
  expect([answer.status, (answer.body.data as unknown[]).length]).toEqual([200, 5])
  expect((await api.ask('GET', `${path}/verify`, { token })).body).toMatchObject({ ok: true })
  const developer = await makeMember(org.organization_id, 'developer')
  for (const tail of ['', '/verify', '/export', '/facets']) {
    expect((await api.ask('GET', `${path}${tail}`, { token: await tokenOf(developer.actor) })).status, tail).toBe(403)
    expect((await api.ask('GET', `${path}${tail}`, { token: await tokenOf((await makeUser()).actor) })).status, tail).toBe(404)
  }
  expect((await owner.call(auditFacets, org)).types).toEqual(expect.arrayContaining(['app.scaled', 'organization.created']))
})

test('the export holds what the filter keeps, as CSV no spreadsheet runs and as JSON, and is itself an entry', async () => {
  const token = await tokenOf(owner.actor)
  const path = `/v1/organizations/${org.organization_id}/audit/export?filter[type]=app.scaled`
  const csv = await api.ask('GET', path, { token })
  expect([csv.status, csv.headers['content-type'], csv.headers['content-disposition']]).toEqual([200, 'text/csv; charset=utf-8', expect.stringMatching(/^attachment; filename="audit-org_\w+-[\d-]+\.csv"$/)])
  const lines = csv.text.trim().split('\r\n')
  expect(lines).toHaveLength(14)
  expect(lines[0]).toMatch(/^at,chain_seq,type,/)
  expect(lines[1]).toContain('"\'=cmd|""/c calc""!A1"')
  const json = await api.ask('GET', `${path}&format=json`, { token })
  expect(json.headers['content-type']).toBe('application/json; charset=utf-8')
  expect((json.body.data as { type: string }[]).map((r) => r.type)).toEqual(Array(13).fill('app.scaled'))
  expect((await api.ask('GET', `${path}&format=xml`, { token })).status).toBe(400)
  expect(await list({ type: 'audit.exported' })).toHaveLength(2)
})

test('an export longer than one page is whole', async () => {
  const big = await makeOwner()
  for (let n = 0; n < 30; n += 1) {
    await Promise.all(Array.from({ length: 40 }, () => happen(big.organization.id)))
  }
  const answer = await api.ask('GET', `/v1/organizations/${big.organization.id}/audit/export?format=json`, { token: await tokenOf(big.actor) })
  const seqs = (answer.body.data as { chain_seq: number }[]).map((r) => r.chain_seq)
  expect(seqs).toEqual(Array.from({ length: 1202 }, (_, n) => 1202 - n))
}, 60_000)
