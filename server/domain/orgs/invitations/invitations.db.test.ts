import { beforeAll, expect, test } from 'vitest'
import type { RequestMeta } from '../../../core/context.ts'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import { as, brandContext, makeOwner, makeUser, type Caller } from '../../../testing/actors.ts'
import { makeMember } from '../../../testing/estate.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { createApp, listApps } from '../../apps/index.ts'
import { actorOfToken } from '../../auth/index.ts'
import { setPlainMail } from '../../billing/testing/books.ts'
import { createBrand } from '../../branding/index.ts'
import { setQuotas } from '../../quotas/index.ts'
import {
  acceptInvitation, createInvitation, getOrganization, listInvitations, listMembers, previewInvitation, resendInvitation, revokeInvitation, signUpByInvitation,
} from '../index.ts'
import { eventTypes, mailedTokens } from '../testing/traces.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_204, PORT: 21_205 })
let visitor: Caller
beforeAll(async () => {
  setPlainMail()
  visitor = as({ type: 'anonymous' }, await brandContext())
})
let addresses = 0
const newMeta = (): Partial<RequestMeta> => {
  addresses += 1
  return { ip: `192.0.2.${addresses}`, cookie: {} }
}
const newEmail = (): string => `${newId('user')}@example.com`
const sql = (text: string, values: unknown[]) => runtime().databases.systemPool.query(text, values)
const idOf = (who: Caller): string => (who.actor.type === 'user' ? who.actor.userId : '')
const invite = async (owner: Caller, over: Record<string, unknown> = {}) => {
  const email = newEmail()
  const invitation = await owner.call(createInvitation, { email, role: 'developer', ...over })
  return { email: invitation.email, invitation, token: (await mailedTokens(invitation.email)).at(-1) ?? '' }
}
const signUp = (token: string, over: Partial<RequestMeta> = newMeta()) => visitor.call(signUpByInvitation, { token, name: 'Grace', password: 'correct horse battery' }, over)
const GONE = { code: 'token_invalid' }

test('signing up by an invitation makes a confirmed account, a session and a member with that role and restriction', async () => {
  const owner = await makeOwner()
  const app = await owner.call(createApp, { name: 'hello', image: 'builtin/hello:v1' })
  await owner.call(createApp, { name: 'other', image: 'builtin/hello:v1' })
  const { email, token, invitation } = await invite(owner, { app_ids: [app.id] })
  expect(JSON.stringify(invitation)).not.toContain(token)
  expect(await visitor.call(previewInvitation, { token }, newMeta())).toMatchObject({
    organization: owner.organization.name, inviter: owner.actor.name, email, role: 'developer', restricted: true, account_exists: false,
  })
  const meta = newMeta()
  expect(await signUp(token, meta)).toEqual({ organization: { id: owner.organization.id, name: owner.organization.name, slug: owner.organization.slug } })
  const actor = await actorOfToken(meta.cookie?.session ?? '', visitor.brand.id)
  expect(actor).toMatchObject({ email, verified: true })
  if (actor) expect((await as(actor, visitor.brand).call(listApps, {})).data.map((a) => a.name)).toEqual(['hello'])
  expect((await owner.call(listMembers, {})).data.at(-1)).toMatchObject({ email, role: 'developer', app_ids: [app.id] })
  expect(await eventTypes(owner.organization.id)).toEqual(expect.arrayContaining(['invitation.created', 'invitation.accepted', 'member.added']))
  await expect(signUp(token)).rejects.toMatchObject(GONE)
  await expect(visitor.call(previewInvitation, { token }, newMeta())).rejects.toMatchObject(GONE)
})

test('an existing account accepts its own invitation, which confirms its address; another account is refused', async () => {
  const [owner, guest, eve] = [await makeOwner(), await makeUser(), await makeUser()]
  await sql('UPDATE "user" SET email_verified_at = NULL WHERE id = $1', [guest.actor.userId])
  const unverified = as({ ...guest.actor, verified: false }, guest.brand)
  const { token } = await invite(owner, { email: guest.actor.email.toUpperCase() })
  expect(await visitor.call(previewInvitation, { token }, newMeta())).toMatchObject({ account_exists: true })
  await expect(eve.call(acceptInvitation, { token })).rejects.toMatchObject({ code: 'wrong_account' })
  await expect(signUp(token)).rejects.toMatchObject({ code: 'email_taken' })
  await unverified.call(acceptInvitation, { token })
  await guest.call(getOrganization, { organization_id: owner.organization.id })
  const { rows } = await sql('SELECT 1 FROM "user" WHERE id = $1 AND email_verified_at IS NOT NULL', [guest.actor.userId])
  expect(rows).toHaveLength(1)
  await expect(guest.call(acceptInvitation, { token })).rejects.toMatchObject(GONE)
})

test('ten acceptances at once of one link make one member', async () => {
  const [owner, guest] = [await makeOwner(), await makeUser()]
  const { token } = await invite(owner, { email: guest.actor.email })
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => guest.call(acceptInvitation, { token })))
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
  expect((await owner.call(listMembers, {})).data).toHaveLength(2)
})

test('a withdrawn, an expired, a replaced and a foreign brand\'s link are all just gone', async () => {
  const owner = await makeOwner()
  const withdrawn = await invite(owner)
  await owner.call(revokeInvitation, { invitation_id: withdrawn.invitation.id })
  const expired = await invite(owner)
  await sql('UPDATE invitation SET expires_at = now() - interval \'1 second\' WHERE id = $1', [expired.invitation.id])
  const replaced = await invite(owner)
  await owner.call(resendInvitation, { invitation_id: replaced.invitation.id })
  const tokens = await mailedTokens(replaced.email)
  const staff = await makeUser({ staff: true })
  const brand = await staff.call(createBrand, { name: 'Cloud', hostname: 'cloud.example.com', support_email: 'help@example.com', legal_name: 'Cloud Ltd', invoice_prefix: 'CLD' })
  const elsewhere = as({ type: 'anonymous' }, await brandContext(brand.id))
  for (const token of [withdrawn.token, expired.token, replaced.token, 'invite_none']) {
    await expect(visitor.call(previewInvitation, { token }, newMeta())).rejects.toMatchObject(GONE)
    await expect(signUp(token)).rejects.toMatchObject(GONE)
  }
  await expect(elsewhere.call(previewInvitation, { token: tokens.at(-1) ?? '' }, newMeta())).rejects.toMatchObject(GONE)
  expect((await owner.call(listInvitations, {})).data.map((i) => [i.email, i.expired])).toEqual([[replaced.email, false], [expired.email, true]])
  await expect(owner.call(revokeInvitation, { invitation_id: withdrawn.invitation.id })).rejects.toMatchObject({ code: 'not_found' })
  await signUp(tokens.at(-1) ?? '')
})

test('a full organization takes nobody: neither a new invitation nor one accepted at the same moment', async () => {
  const [owner, staff] = [await makeOwner(), await makeUser({ staff: true })]
  const guests = await Promise.all([makeUser(), makeUser(), makeUser()])
  const tokens: string[] = []
  for (const guest of guests) tokens.push((await invite(owner, { email: guest.actor.email })).token)
  await staff.call(setQuotas, { organization_id: owner.organization.id, members: 2 })
  const results = await Promise.allSettled(guests.map((guest, i) => guest.call(acceptInvitation, { token: tokens[i] ?? '' })))
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
  expect(results.flatMap((r) => (r.status === 'rejected' ? [(r.reason as { code: string }).code] : []))).toEqual(['quota_exceeded', 'quota_exceeded'])
  await expect(owner.call(createInvitation, { email: newEmail(), role: 'viewer' })).rejects.toMatchObject({ code: 'quota_exceeded', quotas: [{ name: 'members' }] })
})

test.each([
  [{ role: 'owner' }, 'invalid_request', '/role'], [{ role: undefined }, 'rule_violated', '/role'], [{ role: 'viewer', role_id: 'role_x' }, 'rule_violated', '/role_id'],
  [{ app_ids: ['app_none'] }, 'rule_violated', '/app_ids/0'], [{ expires_in: '31d' }, 'rule_violated', '/expires_in'], [{ expires_in: '0d' }, 'invalid_request', '/expires_in'],
  [{ email: 'pаypal@example.com' }, 'invalid_request', '/email'], [{ email: 'a@b.c\r\nBcc: x@y.z' }, 'invalid_request', '/email'], [{ more: 1 }, 'invalid_request', '/more'],
])('an invitation with %j is refused with %s at %s', async (over, code, pointer) => {
  const owner = await makeOwner()
  await expect(owner.call(createInvitation, { email: newEmail(), role: 'viewer', ...over } as never)).rejects.toMatchObject({ code, errors: [{ pointer }] })
})

test('an address is invited once at a time, and a member not at all', async () => {
  const owner = await makeOwner()
  const member = await makeMember(owner.organization.id, 'viewer')
  const { email } = await invite(owner)
  await expect(owner.call(createInvitation, { email, role: 'viewer' })).rejects.toMatchObject({ code: 'state_conflict', errors: [{ pointer: '/email' }] })
  await expect(owner.call(createInvitation, { email: member.actor.type === 'user' ? member.actor.email : '', role: 'viewer' })).rejects.toMatchObject({ code: 'state_conflict' })
  await sql('UPDATE invitation SET expires_at = now() - interval \'1 second\' WHERE email = $1', [email])
  await owner.call(createInvitation, { email, role: 'viewer' })
})

test('an admin cannot send again what only an owner could give, and a viewer sends nothing', async () => {
  const owner = await makeOwner()
  const [admin, viewer] = [await makeMember(owner.organization.id, 'admin'), await makeMember(owner.organization.id, 'viewer')]
  const roleId = newId('role')
  await sql('INSERT INTO custom_role (id, org_id, name, permissions) VALUES ($1, $2, \'Strong\', \'{org:delete}\')', [roleId, owner.organization.id])
  const { invitation } = await invite(owner, { role: undefined, role_id: roleId })
  expect(invitation).toMatchObject({ role: 'custom', role_name: 'Strong' })
  await expect(admin.call(resendInvitation, { invitation_id: invitation.id })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(viewer.call(createInvitation, { email: newEmail(), role: 'viewer' })).rejects.toMatchObject({ code: 'forbidden' })
})

test('mails to one person are limited, whoever asks for them', async () => {
  const owner = await makeOwner()
  const { invitation } = await invite(owner)
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => owner.call(resendInvitation, { invitation_id: invitation.id })))
  expect(results.filter((r) => r.status === 'rejected' && (r.reason as { code: string }).code === 'rate_limited')).toHaveLength(1)
})

test('the mail is in the brand\'s name and leads to its host', async () => {
  const staff = await makeUser({ staff: true })
  const made = await staff.call(createBrand, { name: 'Lagos Cloud', hostname: 'lagos.example.com', support_email: 'help@lagos.example.com', legal_name: 'Lagos Ltd', invoice_prefix: 'LAG' })
  const owner = await makeOwner({ brandId: made.id })
  const email = newEmail()
  await as(owner.actor, { ...owner.brand, origin: 'https://lagos.example.com' }).call(createInvitation, { email, role: 'viewer' })
  await mailedTokens(email)
  const { rows } = await sql('SELECT brand_id, text FROM mail WHERE "to" = $1', [email])
  expect(rows).toMatchObject([{ brand_id: made.id, text: expect.stringContaining('https://lagos.example.com/accept-invitation?token=invite_') }])
  expect(idOf(owner)).not.toBe('')
})
