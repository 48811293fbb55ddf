import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { makeUser, type Caller } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import {
  cancelEmailChange, changePassword, confirmEmailChange, createUser, getMe, getSecurity, listSessions, reauthenticate, reauthenticationOptions,
  removeTotp, requestEmailChange, requestPasswordReset, resetPassword, revokeOtherSessions, startTotp, undoEmailChange, updateProfile,
} from './index.ts'
import { pruneAuth } from './prune.ts'
import { age, codeOf, enrolTotp, from, holder, LINUX, mailedTokens, mailsTo, newEmail, noticesTo, PASSWORD, signInAs, signUp, sql, visitor } from './testing/people.ts'

withRuntime()
beforeAll(setPlainMail)

const NEW_PASSWORD = 'quite another phrase'
const prove = async (me: Caller, proof: { password?: string; code?: string }) => {
  const { token } = await me.call(reauthenticationOptions, {})
  return me.call(reauthenticate, { token, ...proof }, from())
}

test('sensitive acts ask again after fifteen minutes, and a password opens them', async () => {
  const { session } = await signUp()
  const sensitive = async () => (await holder(session)).call(startTotp, {})
  await sensitive()
  await age(session, 16)
  await expect(sensitive()).rejects.toMatchObject({ code: 'reauthentication_required', status: 403 })
  const me = await holder(session)
  await expect(prove(me, { password: 'not my password' })).rejects.toMatchObject({ code: 'invalid_credentials', errors: [{ pointer: '/password' }] })
  await expect(prove(me, {})).rejects.toMatchObject({ code: 'invalid_credentials' })
  await expect(sensitive()).rejects.toMatchObject({ code: 'reauthentication_required' })
  await prove(me, { password: PASSWORD })
  await sensitive()
})

test('a code proves the second factor of the session as well', async () => {
  const { email, me } = await signUp()
  const { session } = await signInAs(email)
  const { secret } = await enrolTotp(me)
  await age(session, 16)
  expect((await holder(session)).actor).toMatchObject({ mfa: false })
  expect((await (await holder(session)).call(reauthenticationOptions, {})).methods).toEqual(['password', 'totp', 'recovery_code'])
  expect(await prove(await holder(session), { code: codeOf(secret) })).toEqual({ ok: true, mfa: true })
  expect((await holder(session)).actor).toMatchObject({ mfa: true })
  await (await holder(session)).call(removeTotp, {})
})

test('a proof is for the account and session that asked, and tries are limited', async () => {
  const [a, b] = [await signUp(), await signUp()]
  const { token } = await a.me.call(reauthenticationOptions, {})
  await expect(b.me.call(reauthenticate, { token, password: PASSWORD }, from())).rejects.toMatchObject({ code: 'token_invalid' })
  const codes: string[] = []
  for (let n = 0; n < 11; n++) codes.push(await prove(b.me, { password: 'wrong password' }).then(() => 'ok', (e: { code: string }) => e.code))
  expect(codes.slice(9)).toEqual(['invalid_credentials', 'rate_limited'])
})

test('a new password ends the other sessions and the links in the mailbox, and is told', async () => {
  const { email, session, me } = await signUp()
  const other = await signInAs(email)
  await (await visitor()).call(requestPasswordReset, { email }, from())
  const link = (await mailedTokens(email, 'reset')).at(-1) ?? ''
  expect(await me.call(changePassword, { password: NEW_PASSWORD })).toEqual({ ended: 1 })
  expect([(await holder(session)).actor.type, (await holder(other.session)).actor.type]).toEqual(['user', 'anonymous'])
  await expect(signInAs(email)).rejects.toMatchObject({ code: 'invalid_credentials' })
  await expect((await visitor()).call(resetPassword, { token: link, password: NEW_PASSWORD })).rejects.toMatchObject({ code: 'token_invalid' })
  expect((await signInAs(email, NEW_PASSWORD)).outcome.user).not.toBeNull()
  expect(await noticesTo(email)).toContain('password_changed')
})

test('the address changes when the new one is confirmed, once; the old one is told and holds nothing any more', async () => {
  const { email, session, me } = await signUp()
  const wanted = newEmail()
  await me.call(requestEmailChange, { email: wanted })
  expect((await holder(session)).actor).toMatchObject({ email })
  expect(await me.call(getSecurity, {})).toMatchObject({ email_change: { new_email: wanted } })
  const [token = ''] = await mailedTokens(wanted, 'email')
  expect(await (await visitor()).call(confirmEmailChange, { token })).toEqual({ email: wanted })
  await expect((await visitor()).call(confirmEmailChange, { token })).rejects.toMatchObject({ code: 'token_invalid' })
  expect((await holder(session)).actor).toMatchObject({ email: wanted, verified: true })
  await expect(signInAs(email)).rejects.toMatchObject({ code: 'invalid_credentials' })
  expect((await signInAs(wanted)).outcome.user).not.toBeNull()
  expect((await mailsTo(email)).some((m) => m.text.includes(wanted))).toBe(true)
})

const changedAccount = async () => {
  const person = await signUp()
  const wanted = newEmail()
  await person.me.call(requestEmailChange, { email: wanted })
  const [confirm = ''] = await mailedTokens(wanted, 'email')
  await (await visitor()).call(confirmEmailChange, { token: confirm })
  return { ...person, wanted, undo: (await mailedTokens(person.email, 'undo')).at(-1) ?? '' }
}

test('undo brings the old address back and shuts out whoever changed it', async () => {
  const { email, session, me, wanted, undo } = await changedAccount()
  const { secret } = await enrolTotp(me)
  expect(await (await visitor()).call(undoEmailChange, { token: undo })).toEqual({ email })
  expect((await holder(session)).actor.type).toBe('anonymous')
  for (const address of [email, wanted]) await expect(signInAs(address)).rejects.toMatchObject({ code: 'invalid_credentials' })
  const reset = (await mailedTokens(email, 'reset')).at(-1) ?? ''
  await (await visitor()).call(resetPassword, { token: reset, password: NEW_PASSWORD })
  expect((await signInAs(email, NEW_PASSWORD)).outcome, `the intruder's factor ${secret} is gone`).toMatchObject({ user: { email } })
  await expect((await visitor()).call(undoEmailChange, { token: undo })).rejects.toMatchObject({ code: 'token_invalid' })
})

test('undo works through a second change too, for 72 hours, and the old address stays reserved so long', async () => {
  const { email, session, undo } = await changedAccount()
  const further = newEmail()
  await (await holder(session)).call(requestEmailChange, { email: further })
  const [confirm = ''] = await mailedTokens(further, 'email')
  await (await visitor()).call(confirmEmailChange, { token: confirm })
  await expect((await visitor()).call(createUser, { email, password: PASSWORD, name: 'Squatter' }, from())).rejects.toMatchObject({ code: 'email_taken' })
  const [row] = await sql<{ hours: number }>('SELECT round(extract(epoch FROM undo_until - now()) / 3600)::int AS hours FROM email_change WHERE old_email = $1', [email])
  expect(row?.hours).toBe(72)
  await (await visitor()).call(undoEmailChange, { token: undo })
  expect(await sql('SELECT email FROM "user" WHERE email IN ($1, $2)', [email, further])).toEqual([{ email }])
})

test('undo is refused after 72 hours, and the address is free', async () => {
  const { email, undo } = await changedAccount()
  await sql('UPDATE email_change SET undo_until = now() - interval \'1 second\' WHERE old_email = $1', [email])
  await expect((await visitor()).call(undoEmailChange, { token: undo })).rejects.toMatchObject({ code: 'token_invalid' })
  await (await visitor()).call(createUser, { email, password: PASSWORD, name: 'Next' }, from())
})

test('an address of another account, the same one, and a cancelled, replaced or late change are refused', async () => {
  const [a, b] = [await signUp(), await signUp()]
  await expect(a.me.call(requestEmailChange, { email: b.email })).rejects.toMatchObject({ code: 'email_taken', errors: [{ pointer: '/email' }] })
  await expect(a.me.call(requestEmailChange, { email: a.email.toUpperCase() })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/email' }] })
  const [first, second, third] = [newEmail(), newEmail(), newEmail()]
  const ask = async (email: string) => {
    await a.me.call(requestEmailChange, { email })
    return (await mailedTokens(email, 'email'))[0] ?? ''
  }
  const [replaced, cancelled] = [await ask(first), await ask(second)]
  await a.me.call(cancelEmailChange, {})
  const late = await ask(third)
  await sql('UPDATE email_change SET expires_at = now() - interval \'1 second\' WHERE new_email = $1', [third])
  for (const token of [replaced, cancelled, late]) await expect((await visitor()).call(confirmEmailChange, { token })).rejects.toMatchObject({ code: 'token_invalid' })
})

test('an address that somebody took while its change was open stays theirs', async () => {
  const { me } = await signUp()
  const wanted = newEmail()
  await me.call(requestEmailChange, { email: wanted })
  const [token = ''] = await mailedTokens(wanted, 'email')
  await (await visitor()).call(createUser, { email: wanted, password: PASSWORD, name: 'Faster' }, from())
  await expect((await visitor()).call(confirmEmailChange, { token })).rejects.toMatchObject({ code: 'email_taken' })
})

test('a sign-in from a new device or network is told, one from a known place is not', async () => {
  const { email } = await signUp()
  const home = { ip: '198.51.100.7', userAgent: LINUX }
  await signInAs(email, PASSWORD, home)
  await signInAs(email, PASSWORD, { ...home, ip: '198.51.100.99' })
  const told = (await noticesTo(email)).filter((n) => n === 'new_sign_in').length
  await signInAs(email, PASSWORD, { ...home, userAgent: 'curl/8' })
  await signInAs(email, PASSWORD, { ...home, ip: '203.0.113.1' })
  expect([told, (await noticesTo(email)).filter((n) => n === 'new_sign_in').length]).toEqual([1, 3])
  expect((await mailsTo(email)).some((m) => m.text.includes('203.0.113.1'))).toBe(true)
})

test('sign-ins at the same moment from a new place all succeed', async () => {
  const { email } = await signUp()
  const results = await Promise.all([1, 2, 3, 4].map(() => signInAs(email, PASSWORD, { ip: '203.0.113.9' })))
  expect(results.map((r) => r.outcome.user?.email)).toEqual(Array<string>(4).fill(email))
})

test('an address that was never confirmed is told nothing', async () => {
  const email = newEmail()
  await (await visitor()).call(createUser, { email, password: PASSWORD, name: 'Ada' }, from())
  await signInAs(email, PASSWORD, { userAgent: 'curl/8' })
  expect(await noticesTo(email)).toEqual([])
})

test('sessions name device, address and second factor; all others end at once', async () => {
  const { email, session, me } = await signUp()
  const other = await signInAs(email, PASSWORD, { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1', ip: '198.51.100.7' })
  await enrolTotp(me)
  const { data } = await me.call(listSessions, {})
  expect(data.map(({ device, ip, current, mfa }) => ({ device, current, mfa, ip: current ? '' : ip }))).toEqual(expect.arrayContaining([
    { device: 'Chrome on Linux', current: true, mfa: true, ip: '' }, { device: 'Safari on iPhone', current: false, mfa: false, ip: '198.51.100.7' },
  ]))
  expect(await me.call(revokeOtherSessions, {})).toEqual({ ended: 1 })
  expect([(await holder(session)).actor.type, (await holder(other.session)).actor.type]).toEqual(['user', 'anonymous'])
})

test('a name is trimmed and kept clean', async () => {
  const { me } = await signUp()
  expect(await me.call(updateProfile, { name: '  Ada Lovelace ' })).toMatchObject({ name: 'Ada Lovelace' })
  expect(await me.call(getMe, {})).toMatchObject({ user: { name: 'Ada Lovelace' } })
  for (const name of ['', '   ', 'a'.repeat(81), 'Ada\u0000', '<b>Ada</b>', 'Ada\u202eevil']) {
    await expect(me.call(updateProfile, { name })).rejects.toMatchObject({ code: 'invalid_request', errors: [expect.objectContaining({ pointer: '/name' })] })
  }
})

test('tokens do nothing that guards the account', async () => {
  const { actor, brand, call } = await makeUser()
  const token = { tokenId: 'tok_x', kind: 'pat' as const, scopes: [], appIds: [], orgId: null }
  const over = { actor: { ...actor, token }, brand }
  const acts = [
    () => call(startTotp, {}, over), () => call(removeTotp, {}, over), () => call(reauthenticationOptions, {}, over), () => call(revokeOtherSessions, {}, over),
  ]
  for (const act of acts) await expect(act()).rejects.toMatchObject({ code: 'session_required' })
})

test('what nobody can use any more is swept away', async () => {
  const { session, me } = await signUp()
  await me.call(reauthenticationOptions, {})
  await sql('UPDATE auth_challenge SET expires_at = now() - interval \'1 hour\'')
  await sql('UPDATE session SET expires_at = now() - interval \'1 hour\' WHERE token_hash <> encode(sha256(convert_to($1, \'utf8\')), \'hex\')', [session])
  await pruneAuth.run({})
  expect(await sql('SELECT 1 FROM auth_challenge')).toEqual([])
  expect(await sql('SELECT 1 FROM session')).toHaveLength(1)
  expect(await runtime().databases.systemPool.query('SELECT 1 FROM throttle')).toHaveProperty('rowCount')
})
