import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { as, brandContext, makeUser, metaFor } from '../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { createBrand } from '../branding/index.ts'
import {
  addPasskey, completeSignIn, createToken, createUser, finishSignIn, passkeySignInOptions, registerSignInPolicy, requestEmailChange, requestPasswordReset,
  requestSignInLink, signInWithLink, signInWithPasskey, startPasskey,
} from './index.ts'
import { SoftAuthenticator } from './testing/authenticator.ts'
import { codeOf, enrolTotp, from, holder, mailedTokens, newEmail, PASSWORD, signInAs, signUp, sql, visitor } from './testing/people.ts'

withRuntime()
beforeAll(setPlainMail)

const linkTo = async (email: string): Promise<string> => {
  await (await visitor()).call(requestSignInLink, { email }, from())
  return (await mailedTokens(email, 'link')).at(-1) ?? ''
}
const follow = async (token: string) => {
  const meta = from()
  const outcome = await (await visitor()).call(signInWithLink, { token }, meta)
  return { outcome, session: meta.cookie.session ?? null }
}

test('a mailed link signs in once and voids the others in the mailbox', async () => {
  const { email } = await signUp()
  const [first, second] = [await linkTo(email), await linkTo(email)]
  const { outcome, session } = await follow(second)
  expect(outcome).toMatchObject({ user: { email }, second_factor: null })
  expect((await holder(session)).actor).toMatchObject({ email, mfa: false })
  for (const token of [second, first]) await expect(follow(token)).rejects.toMatchObject({ code: 'token_invalid' })
})

test('a link is good for fifteen minutes, for its purpose, under its brand', async () => {
  const { email, user } = await signUp()
  const token = await linkTo(email)
  const [row] = await sql<{ minutes: number }>('SELECT round(extract(epoch FROM expires_at - now()) / 60)::int AS minutes FROM email_token WHERE user_id = $1 AND purpose = \'sign_in\'', [user.id])
  expect(row?.minutes).toBe(15)
  const staff = await makeUser({ staff: true })
  const brand = await staff.call(createBrand, { name: 'LNK', hostname: 'links.example.com', support_email: 'help@links.example.com', legal_name: 'LNK', invoice_prefix: 'LNK' })
  const elsewhere = as({ type: 'anonymous' }, await brandContext(brand.id))
  await expect(elsewhere.call(signInWithLink, { token }, from())).rejects.toMatchObject({ code: 'token_invalid' })
  await (await visitor()).call(requestPasswordReset, { email }, from())
  await expect(follow((await mailedTokens(email, 'reset')).at(-1) ?? '')).rejects.toMatchObject({ code: 'token_invalid' })
  await sql('UPDATE email_token SET expires_at = now() - interval \'1 second\' WHERE user_id = $1', [user.id])
  await expect(follow(token)).rejects.toMatchObject({ code: 'token_invalid' })
})

test('the second factor is still asked for', async () => {
  const { email, me } = await signUp()
  const { secret } = await enrolTotp(me)
  const { outcome, session } = await follow(await linkTo(email))
  expect([outcome.user, session, outcome.second_factor?.methods]).toEqual([null, null, ['totp', 'recovery_code']])
  const meta = from()
  await (await visitor()).call(completeSignIn, { token: outcome.second_factor?.token ?? '', code: codeOf(secret) }, meta)
  expect((await holder(meta.cookie.session)).actor).toMatchObject({ email, mfa: true })
})

test('whoever signed up with an address of somebody else loses the account when its owner comes by mail', async () => {
  const email = newEmail()
  const squatter = from()
  await (await visitor()).call(createUser, { email, password: PASSWORD, name: 'Squatter' }, squatter)
  const { session } = await follow(await linkTo(email))
  expect((await holder(session)).actor).toMatchObject({ email, verified: true })
  expect((await holder(squatter.cookie.session)).actor).toEqual({ type: 'anonymous' })
  await expect(signInAs(email)).rejects.toMatchObject({ code: 'invalid_credentials' })
})

test('an unknown address gets the same answer as soon, and no mail', async () => {
  const guest = await visitor()
  const timed = async (email: string) => {
    const times: number[] = []
    let answer: unknown = null
    for (let n = 0; n < 5; n++) {
      const start = performance.now()
      answer = await guest.call(requestSignInLink, { email }, from())
      times.push(performance.now() - start)
    }
    return { answer, ms: Math.min(...times) }
  }
  const { email } = await signUp()
  const unknown = newEmail()
  await timed(newEmail())
  const [known, missing] = [await timed(email), await timed(unknown)]
  expect(missing.answer).toEqual(known.answer)
  expect(Math.abs(missing.ms - known.ms)).toBeLessThan(50)
  expect(await mailedTokens(unknown, 'link')).toEqual([])
})

test.each(['ada＠example.com', 'a@example.com,b@example.com', '"e@evil.example"@example.com', 'ada@example.com\nbcc:b@example.com', 'ada@exam\u0440le.com', '\u212Aate@example.com',
  'ada@example.com\u202e', '', 'x'.repeat(250) + '@example.com', 'ada@example', 'ada@[127.0.0.1]'])(
  'the address %j is refused at its field before any mail', async (email) => {
    await drainJobs()
    const before = await sql<{ n: number }>('SELECT count(*)::int AS n FROM mail')
    for (const operation of [requestSignInLink, requestPasswordReset]) {
      await expect((await visitor()).call(operation, { email }, from())).rejects.toMatchObject({ code: 'invalid_request', errors: [expect.objectContaining({ pointer: '/email' })] })
    }
    await expect((await visitor()).call(createUser, { email, password: PASSWORD, name: 'Ada' }, from())).rejects.toMatchObject({ code: 'invalid_request' })
    await drainJobs()
    expect(await sql('SELECT count(*)::int AS n FROM mail')).toEqual(before)
  })

test('at most five links an hour are mailed to one address', async () => {
  const email = newEmail()
  const codes: string[] = []
  for (let n = 0; n < 6; n++) codes.push(await linkTo(email).then(() => 'ok', (e: { code: string }) => e.code))
  expect(codes).toEqual([...Array<string>(5).fill('ok'), 'rate_limited'])
})

test('where an organization wants single sign-on, every other way leads there; who comes back from it is let in', async () => {
  const { email, user, me } = await signUp(`${newEmail().split('@')[0]}@captured.example`)
  const key = new SoftAuthenticator('https://console.localhost')
  const { token, options } = await me.call(startPasskey, {})
  await me.call(addPasskey, { token, name: 'Laptop', registration: key.register(options as { challenge: string; user: unknown }) })
  const redirect = '/sso/captured'
  const asked: string[] = []
  registerSignInPolicy((question) => {
    if (!question.email.endsWith('@captured.example')) return Promise.resolve(null)
    asked.push(`${question.method}:${question.userId === user.id}`)
    return Promise.resolve({ redirect })
  })
  const guest = await visitor()
  const gone = { user: null, second_factor: null, redirect }
  expect((await signInAs(email, 'whatever')).outcome).toEqual(gone)
  expect(await guest.call(requestSignInLink, { email }, from())).toEqual({ ok: true, redirect })
  const ask = await guest.call(passkeySignInOptions, {}, from())
  expect(await guest.call(signInWithPasskey, { token: ask.token, passkey: key.assert(ask.options) }, from())).toEqual(gone)
  await expect(guest.call(createToken, { email, password: PASSWORD }, from())).rejects.toMatchObject({ code: 'sso_required', status: 403 })
  await expect(guest.call(createUser, { email: 'new@captured.example', password: PASSWORD, name: 'New' }, from())).rejects.toMatchObject({ code: 'sso_required' })
  expect(asked).toEqual(['password:false', 'magic_link:false', 'passkey:true', 'token:false', 'sign_up:false'])
  await expect(me.call(requestEmailChange, { email: newEmail() })).rejects.toMatchObject({ code: 'sso_required' })
  const meta = metaFor({ type: 'anonymous' }, guest.brand)
  await runtime().databases.asSystem('identity', async (db) => {
    const row = await db.user.findUniqueOrThrow({ where: { id: user.id } })
    const base = { actor: meta.actor, brand: meta.brand, requestId: meta.requestId, meta, now: new Date() }
    const acts = { emit: () => Promise.resolve(), enqueue: () => Promise.resolve(), expectVersion: () => undefined }
    await finishSignIn({ ...base, ...acts, db }, row, { method: 'sso', mfa: true })
  })
  expect((await holder(meta.cookie.session)).actor).toMatchObject({ email, mfa: true })
})
