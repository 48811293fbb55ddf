import { beforeAll, expect, test } from 'vitest'
import { setPlainMail } from '../billing/testing/books.ts'
import type { Caller } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import {
  addPasskey, completeSignIn, getSecurity, passkeySignInOptions, removePasskey, renamePasskey, secondFactorPasskeyOptions, signInWithPasskey, startPasskey,
} from './index.ts'
import { SoftAuthenticator } from './testing/authenticator.ts'
import { enrolTotp, from, holder, noticesTo, signInAs, signUp, sql, visitor } from './testing/people.ts'

withRuntime()
beforeAll(setPlainMail)

const ORIGIN = 'https://console.localhost'

const addKey = async (me: Caller, over: Parameters<SoftAuthenticator['register']>[1] = {}, key = new SoftAuthenticator(ORIGIN)) => {
  const { token, options } = await me.call(startPasskey, {})
  const added = await me.call(addPasskey, { token, name: 'Laptop', registration: key.register(options as { challenge: string; user: unknown }, over) })
  return { key, ...added }
}

const signInWith = async (key: SoftAuthenticator, over: Parameters<SoftAuthenticator['assert']>[1] = {}) => {
  const { token, options } = await (await visitor()).call(passkeySignInOptions, {}, from())
  const meta = from()
  const outcome = await (await visitor()).call(signInWithPasskey, { token, passkey: key.assert(options, over) }, meta)
  return { outcome, session: meta.cookie.session ?? null }
}

test('a passkey signs in alone, with two factors proven', async () => {
  const { email, me } = await signUp()
  const { key, passkey, recovery_codes: codes } = await addKey(me)
  expect([passkey.name, passkey.host, passkey.usable_here, codes?.length]).toEqual(['Laptop', 'console.localhost', true, 10])
  const { outcome, session } = await signInWith(key)
  expect(outcome).toMatchObject({ user: { email }, second_factor: null })
  expect((await holder(session)).actor).toMatchObject({ email, mfa: true })
  expect((await me.call(getSecurity, {})).passkeys[0]?.last_used_at).not.toBeNull()
})

test('a passkey is the second step after the password', async () => {
  const { email, me } = await signUp()
  const { key } = await addKey(me)
  const { outcome: { second_factor: step } } = await signInAs(email)
  expect(step?.methods).toEqual(['passkey', 'recovery_code'])
  const token = step?.token ?? ''
  const { options } = await (await visitor()).call(secondFactorPasskeyOptions, { token }, from())
  expect(options.allowCredentials).toEqual([expect.objectContaining({ id: key.id })])
  const meta = from()
  await (await visitor()).call(completeSignIn, { token, passkey: key.assert(options) }, meta)
  expect((await holder(meta.cookie.session)).actor).toMatchObject({ email, mfa: true })
})

test('the passkey of somebody else is no second step', async () => {
  const [a, b] = [await signUp(), await signUp()]
  await addKey(a.me)
  const { key: foreign } = await addKey(b.me)
  const { outcome: { second_factor: step } } = await signInAs(a.email)
  const { options } = await (await visitor()).call(secondFactorPasskeyOptions, { token: step?.token ?? '' }, from())
  await expect((await visitor()).call(completeSignIn, { token: step?.token ?? '', passkey: foreign.assert(options) }, from())).rejects.toMatchObject({ code: 'invalid_passkey' })
})

test.each([
  ['another origin', { origin: 'https://console.localhost.evil.example' }], ['another host name', { rpId: 'evil.example' }],
  ['an owner the authenticator did not check', { userVerified: false }], ['another ceremony', { type: 'webauthn.create' }],
  ['the handle of another account', { userHandle: Buffer.from('user_other').toString('base64url') }],
])('an answer for %s is refused', async (_, over) => {
  const { me } = await signUp()
  const { key } = await addKey(me)
  await expect(signInWith(key, over)).rejects.toMatchObject({ code: 'invalid_passkey', status: 401 })
  await signInWith(key)
})

test('a counter that runs backwards betrays a copied key', async () => {
  const { me } = await signUp()
  const { key } = await addKey(me)
  await signInWith(key, { counter: 7 })
  await expect(signInWith(key, { counter: 7 })).rejects.toMatchObject({ code: 'invalid_passkey' })
  await signInWith(key, { counter: 8 })
})

test('an answer counts once, for its own question only', async () => {
  const { me } = await signUp()
  const { key } = await addKey(me)
  const ask = async () => (await visitor()).call(passkeySignInOptions, {}, from())
  const send = async (token: string, passkey: ReturnType<SoftAuthenticator['assert']>) => (await visitor()).call(signInWithPasskey, { token, passkey }, from())
  const [one, two] = [await ask(), await ask()]
  const answer = key.assert(one.options)
  await expect(send(two.token, answer)).rejects.toMatchObject({ code: 'invalid_passkey' })
  await send(one.token, answer)
  await expect(send(one.token, answer)).rejects.toMatchObject({ code: 'token_invalid' })
})

test.each([['another origin', { origin: 'https://evil.example' }], ['another host name', { rpId: 'evil.example' }], ['no owner checked', { userVerified: false }]])(
  'a passkey made for %s is not taken', async (_, over) => {
    const { me } = await signUp()
    await expect(addKey(me, over)).rejects.toMatchObject({ code: 'invalid_passkey' })
    expect((await me.call(getSecurity, {})).passkeys).toEqual([])
  })

test('a registration begun by one person cannot be finished by another, and a credential is registered once', async () => {
  const [a, b] = [await signUp(), await signUp()]
  const { token, options } = await a.me.call(startPasskey, {})
  const registration = new SoftAuthenticator(ORIGIN).register(options)
  await expect(b.me.call(addPasskey, { token, name: 'Mine', registration })).rejects.toMatchObject({ code: 'token_invalid' })
  await a.me.call(addPasskey, { token, name: 'Laptop', registration })
  await expect(a.me.call(addPasskey, { token, name: 'Laptop', registration })).rejects.toMatchObject({ code: 'token_invalid' })
  const { key } = await addKey(b.me)
  await expect(addKey(a.me, {}, key)).rejects.toMatchObject({ code: 'state_conflict' })
})

test('rubbish from a browser is refused, never a fault of ours', async () => {
  const { me } = await signUp()
  const { token } = await me.call(startPasskey, {})
  const registration = { id: 'AA', rawId: 'AA', type: 'public-key' as const, clientExtensionResults: {}, response: { clientDataJSON: 'AAAA', attestationObject: 'oA' } }
  await expect(me.call(addPasskey, { token, name: 'x', registration })).rejects.toMatchObject({ code: 'invalid_passkey' })
  await expect(me.call(addPasskey, { token, name: 'x', registration: { ...registration, id: 'a b' } })).rejects.toMatchObject({ code: 'invalid_request' })
})

test('a passkey is renamed and removed by its owner only; without it there is no second step', async () => {
  const [a, b] = [await signUp(), await signUp()]
  const { key, passkey } = await addKey(a.me)
  await expect(b.me.call(removePasskey, { passkey_id: passkey.id })).rejects.toMatchObject({ code: 'not_found' })
  await expect(b.me.call(renamePasskey, { passkey_id: passkey.id, name: 'Mine' })).rejects.toMatchObject({ code: 'not_found' })
  expect(await a.me.call(renamePasskey, { passkey_id: passkey.id, name: '  Work laptop ' })).toMatchObject({ name: 'Work laptop' })
  await a.me.call(removePasskey, { passkey_id: passkey.id })
  expect(await a.me.call(getSecurity, {})).toMatchObject({ passkeys: [], recovery_codes_left: 0 })
  await expect(signInWith(key)).rejects.toMatchObject({ code: 'invalid_passkey' })
  expect((await signInAs(a.email)).outcome.user).not.toBeNull()
  expect((await noticesTo(a.email)).sort()).toEqual(['second_factor_added', 'second_factor_removed'])
})

test('recovery codes come with the first factor and stay with the second', async () => {
  const { me } = await signUp()
  await enrolTotp(me)
  expect((await addKey(me)).recovery_codes).toBeNull()
  expect(await me.call(getSecurity, {})).toMatchObject({ recovery_codes_left: 10 })
})

test('a passkey of another host name still asks for a second step, but is not offered', async () => {
  const { email, user, me } = await signUp()
  const { key } = await addKey(me)
  await sql('UPDATE passkey SET rp_id = \'old.example.com\' WHERE user_id = $1', [user.id])
  expect((await signInAs(email)).outcome.second_factor?.methods).toEqual(['recovery_code'])
  await expect(signInWith(key)).rejects.toMatchObject({ code: 'invalid_passkey' })
})
