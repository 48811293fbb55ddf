import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { UserActor } from '../../core/context.ts'
import { forgetAccess } from '../../core/access-cache.ts'
import { runtime } from '../../core/runtime.ts'
import { as, makeOwner, makeUser, metaFor, type Caller } from '../../testing/actors.ts'
import { makeMember } from '../../testing/estate.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { createApp } from '../apps/index.ts'
import { actorOfToken, changePassword, getMe, listSessions, revokeSession, updateProfile } from '../auth/index.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { createOrganization, getOrganization, listOrganizations } from '../orgs/index.ts'
import { removeSso } from '../sso/index.ts'
import { endImpersonation, impersonate, listAudit, openImpersonation, verifyAudit } from './index.ts'

withRuntime()
const reason = 'Ticket 4711: the deployment hangs'
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await runtime().databases.systemPool.query<T>(text, values).finally(forgetAccess)).rows
const codeOf = (run: Promise<unknown>): Promise<string> => run.then(() => 'ok', (error: { code?: string }) => error.code ?? 'unknown')
let staff: Caller & { actor: UserActor }
let owner: Awaited<ReturnType<typeof makeOwner>>
let org = { organization_id: '' }
beforeAll(() => setPlainMail())
beforeEach(async () => {
  staff = await makeUser({ staff: true })
  owner = await makeOwner()
  org = { organization_id: owner.organization.id }
})
const ticketOf = (url: string): string => url.split('#')[1] ?? ''
const visit = async (): Promise<{ inside: Caller; token: string; ticket: string }> => {
  const { url } = await staff.call(impersonate, { ...org, reason })
  const meta = metaFor({ type: 'anonymous' }, owner.brand)
  await as({ type: 'anonymous' }, owner.brand).call(openImpersonation, { ticket: ticketOf(url) }, meta)
  const token = meta.cookie.session ?? ''
  const actor = await actorOfToken(token, owner.brand.id)
  if (!actor) throw new Error('no session was opened')
  return { inside: as(actor, owner.brand), token, ticket: ticketOf(url) }
}

test('the operator works in the owner\'s account, and every event shows both', async () => {
  const { inside } = await visit()
  expect(await inside.call(getMe, {})).toMatchObject({ user: { id: owner.actor.userId }, impersonation: { by: staff.actor.name, reason } })
  await inside.call(createApp, { ...org, name: 'fixed', image: 'builtin/hello:v1' })
  const { data } = await owner.call(listAudit, org)
  expect(data.find((r) => r.type === 'app.created')).toMatchObject({
    actor: { type: 'user', id: owner.actor.userId, name: owner.actor.name, impersonator: { id: staff.actor.userId, name: staff.actor.name } }, ip: '127.0.0.1', user_agent: 'test',
  })
  expect(data.map((r) => r.type)).toEqual(expect.arrayContaining(['impersonation.granted', 'impersonation.started']))
  expect(data.find((r) => r.type === 'impersonation.granted')).toMatchObject({
    actor: { id: staff.actor.userId, name: staff.actor.name, operator: true }, data: { operator: staff.actor.name, reason },
  })
  expect((await owner.call(listAudit, { ...org, filter: { actor_id: staff.actor.userId } })).data.length).toBeGreaterThanOrEqual(3)
  expect(await verifyAudit.handle(metaFor(owner.actor, owner.brand), org)).toMatchObject({ ok: true })
})

test('what concerns security, the person or another organization is out of reach', async () => {
  const other = await owner.call(createOrganization, { name: 'Another one' })
  const { inside } = await visit()
  expect(await codeOf(inside.call(getOrganization, { organization_id: other.id }))).toBe('not_found')
  expect((await inside.call(listOrganizations, {})).data.map((o) => o.id)).toEqual([org.organization_id])
  expect(await codeOf(inside.call(removeSso, org))).toBe('impersonation_refused')
  expect(await codeOf(inside.call(updateProfile, { name: 'Mallory' }))).toBe('impersonation_refused')
  expect(await codeOf(inside.call(changePassword, { password: 'a whole new one' }))).toMatch(/session_required|impersonation_refused/)
  expect(await codeOf(inside.call(createOrganization, { name: 'Third' }))).toBe('impersonation_refused')
})

test('it ends when the operator leaves, when the hour is over and when its owner ends the session', async () => {
  const first = await visit()
  await first.inside.call(endImpersonation, {})
  expect(await actorOfToken(first.token, owner.brand.id)).toBeNull()
  const second = await visit()
  const left = await sql<{ minutes: number }>('SELECT extract(epoch FROM s.expires_at - now()) / 60 AS minutes FROM session s JOIN impersonation i ON i.session_id = s.id')
  expect(Number(left[0]?.minutes)).toBeLessThanOrEqual(60)
  const { data } = await owner.call(listSessions, {})
  await owner.call(revokeSession, { session_id: data[0]?.id ?? '' })
  expect(await actorOfToken(second.token, owner.brand.id)).toBeNull()
  const third = await visit()
  await sql('UPDATE "user" SET staff = false WHERE id = $1', [staff.actor.userId])
  expect(await actorOfToken(third.token, owner.brand.id)).toBeNull()
  expect(await codeOf(owner.call(endImpersonation, {}))).toBe('state_conflict')
})

test('its link works once, soon, and under the customer\'s own brand', async () => {
  const { ticket } = await visit()
  const visitor = as({ type: 'anonymous' }, owner.brand)
  expect(await codeOf(visitor.call(openImpersonation, { ticket }))).toBe('token_invalid')
  const { url } = await staff.call(impersonate, { ...org, reason })
  expect(await codeOf(as({ type: 'anonymous' }, { ...owner.brand, id: 'brand_other' }).call(openImpersonation, { ticket: ticketOf(url) }))).toBe('token_invalid')
  await sql('UPDATE impersonation SET created_at = now() - interval \'6 minutes\'')
  expect(await codeOf(visitor.call(openImpersonation, { ticket: ticketOf(url) }))).toBe('token_invalid')
})

test('only the operator may begin one, freshly proven, with a reason, and never in an operator\'s account', async () => {
  expect(await codeOf(owner.call(impersonate, { ...org, reason }))).toBe('forbidden')
  for (const poor of ['', 'short', `${reason}\u202e`, `${reason}<b>`]) expect(await codeOf(staff.call(impersonate, { ...org, reason: poor }))).toBe('invalid_request')
  const stale = as({ ...staff.actor, provenAt: new Date(Date.now() - 16 * 60_000) }, staff.brand)
  expect(await codeOf(stale.call(impersonate, { ...org, reason }))).toBe('reauthentication_required')
  const colleague = await makeMember(org.organization_id, 'admin')
  const id = colleague.actor.type === 'user' ? colleague.actor.userId : ''
  await sql('UPDATE "user" SET staff = true WHERE id = $1', [id])
  expect(await codeOf(staff.call(impersonate, { ...org, reason, user_id: id }))).toBe('rule_violated')
  expect(await codeOf(staff.call(impersonate, { organization_id: 'org_unknown', reason }))).toBe('not_found')
  await sql('UPDATE organization SET mfa_required = true WHERE id = $1', [org.organization_id])
  expect(await codeOf(staff.call(impersonate, { ...org, reason }))).toBe('mfa_required')
})
