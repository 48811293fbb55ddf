import { beforeAll, expect, test } from 'vitest'
import { as, brandContext, makeUser, type Caller } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { createBrand } from '../branding/index.ts'
import {
  actorOfToken, createToken, createUser, listSessions, requestPasswordReset, resendVerification, resetPassword, revokeSession, signIn, signOut,
  signOutEverywhere, verifyEmail,
} from './index.ts'
import { from, mailedTokens, newEmail, PASSWORD, sql } from './testing/people.ts'

withRuntime()
let visitor: Caller
beforeAll(async () => {
  setPlainMail()
  visitor = as({ type: 'anonymous' }, await brandContext())
})

const signUp = async (email = newEmail(), caller = visitor) => {
  const meta = from()
  const user = await caller.call(createUser, { email, password: PASSWORD, name: 'Ada' }, meta)
  return { email, user, session: meta.cookie.session ?? '' }
}
const holder = async (token: string) => actorOfToken(token, visitor.brand.id)

test('signing up signs in, unverified, and mails one link that verifies once', async () => {
  const { email, session } = await signUp()
  expect(await holder(session)).toMatchObject({ email, verified: false, staff: false })
  const [token = ''] = await mailedTokens(email, 'verify')
  await visitor.call(verifyEmail, { token })
  expect(await holder(session)).toMatchObject({ verified: true })
  await expect(visitor.call(verifyEmail, { token })).rejects.toMatchObject({ code: 'token_invalid' })
})

test('an address is one account whatever its case, and a second sign-up is refused at its field', async () => {
  const { email } = await signUp()
  await expect(signUp(` ${email.toUpperCase()} `)).rejects.toMatchObject({ code: 'email_taken', errors: [{ pointer: '/email' }] })
  const meta = from()
  await visitor.call(signIn, { email: email.toUpperCase(), password: PASSWORD }, meta)
  expect(await holder(meta.cookie?.session ?? '')).toMatchObject({ email })
})

test('two sign-ups of one address at the same moment make one account', async () => {
  const email = newEmail()
  const results = await Promise.allSettled([signUp(email), signUp(email), signUp(email)])
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
  expect(await sql('SELECT 1 FROM "user" WHERE email = $1', [email])).toHaveLength(1)
})

test('a reset link works once, ends every session, voids the other links and the old password', async () => {
  const { email, session } = await signUp()
  await visitor.call(requestPasswordReset, { email }, from())
  await visitor.call(requestPasswordReset, { email }, from())
  const [first = '', second = ''] = await mailedTokens(email, 'reset')
  await visitor.call(resetPassword, { token: second, password: 'another long one' })
  expect(await holder(session)).toBeNull()
  for (const token of [second, first]) await expect(visitor.call(resetPassword, { token, password: 'a third long one' })).rejects.toMatchObject({ code: 'token_invalid' })
  await expect(visitor.call(signIn, { email, password: PASSWORD }, from())).rejects.toMatchObject({ code: 'invalid_credentials' })
  await visitor.call(signIn, { email, password: 'another long one' }, from())
})

test('two uses of one link at the same moment: one counts', async () => {
  const { email } = await signUp()
  await visitor.call(requestPasswordReset, { email }, from())
  const token = (await mailedTokens(email, 'reset')).at(-1) ?? ''
  const results = await Promise.allSettled([1, 2, 3].map((n) => visitor.call(resetPassword, { token, password: `password number ${n}` })))
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
})

test('a link of one kind, an old one or one of another brand opens nothing', async () => {
  const { email, user } = await signUp()
  const [verify = ''] = await mailedTokens(email, 'verify')
  await expect(visitor.call(resetPassword, { token: verify, password: 'a third long one' })).rejects.toMatchObject({ code: 'token_invalid' })
  await sql('UPDATE email_token SET expires_at = now() - interval \'1 second\' WHERE user_id = $1', [user.id])
  await expect(visitor.call(verifyEmail, { token: verify })).rejects.toMatchObject({ code: 'token_invalid' })
  await sql('UPDATE email_token SET expires_at = now() + interval \'1 hour\' WHERE user_id = $1', [user.id])
  const elsewhere = as({ type: 'anonymous' }, await otherBrand('TKN', 'tokens.example.com'))
  await expect(elsewhere.call(verifyEmail, { token: verify })).rejects.toMatchObject({ code: 'token_invalid' })
})

const otherBrand = async (prefix: string, hostname: string) => {
  const staff = await makeUser({ staff: true })
  const brand = await staff.call(createBrand, { name: prefix, hostname, support_email: `help@${hostname}`, legal_name: prefix, invoice_prefix: prefix })
  return brandContext(brand.id)
}

test('one address under two brands is two accounts', async () => {
  const elsewhere = as({ type: 'anonymous' }, await otherBrand('TWO', 'two.example.com'))
  const { email, user } = await signUp()
  await expect(elsewhere.call(signIn, { email, password: PASSWORD }, from())).rejects.toMatchObject({ code: 'invalid_credentials' })
  const second = await signUp(email, elsewhere)
  expect(second.user.id).not.toBe(user.id)
  expect(await holder(second.session)).toBeNull()
  expect(await actorOfToken(second.session, elsewhere.brand.id)).toMatchObject({ userId: second.user.id })
})

test('signing out ends this session; everywhere ends all of this person and nobody else\'s', async () => {
  const [a, b] = [await signUp(), await signUp()]
  const second = await visitor.call(createToken, { email: a.email, password: PASSWORD }, from())
  const me = as(await holder(a.session) ?? { type: 'anonymous' }, visitor.brand)
  const { data } = await me.call(listSessions, {})
  expect(data.map((s) => [s.kind, s.current]).sort()).toEqual([['api', false], ['web', true]])
  await me.call(signOut, {})
  expect(await holder(a.session)).toBeNull()
  expect(await holder(second.token)).not.toBeNull()
  const again = as(await holder(second.token) ?? { type: 'anonymous' }, visitor.brand)
  expect(await again.call(signOutEverywhere, {})).toEqual({ ended: 1 })
  expect([await holder(second.token), (await holder(b.session))?.email]).toEqual([null, b.email])
})

test('a person ends a session of their own, never one of another', async () => {
  const [a, b] = [await signUp(), await signUp()]
  const [mine, theirs] = [await holder(a.session), await holder(b.session)]
  const me = as(mine ?? { type: 'anonymous' }, visitor.brand)
  await expect(me.call(revokeSession, { session_id: theirs?.sessionId ?? '' })).rejects.toMatchObject({ code: 'not_found' })
  await me.call(revokeSession, { session_id: mine?.sessionId ?? '' })
  expect([await holder(a.session), (await holder(b.session))?.email]).toEqual([null, b.email])
})

const codes = async (tries: number, attempt: (n: number) => Promise<unknown>): Promise<string[]> => {
  const seen: string[] = []
  for (let n = 0; n < tries; n++) seen.push(await attempt(n).then(() => 'ok', (e: { code: string }) => e.code))
  return seen
}

test('the eleventh try on one account is refused, from whatever address, with the right password too', async () => {
  const { email } = await signUp()
  const tries = await codes(11, () => visitor.call(signIn, { email, password: 'wrong password' }, from()))
  expect(tries).toEqual([...Array<string>(10).fill('invalid_credentials'), 'rate_limited'])
  await expect(visitor.call(createToken, { email, password: PASSWORD }, from())).rejects.toMatchObject({
    code: 'rate_limited', status: 429, headers: { 'retry-after': expect.stringMatching(/^\d+$/) as string },
  })
})

test('links are mailed at most five times an hour', async () => {
  const { email, session } = await signUp()
  expect(await codes(6, () => visitor.call(requestPasswordReset, { email }, from()))).toEqual([...Array<string>(5).fill('ok'), 'rate_limited'])
  const me = as(await holder(session) ?? { type: 'anonymous' }, visitor.brand)
  expect(await codes(6, () => me.call(resendVerification, {}))).toEqual([...Array<string>(5).fill('ok'), 'rate_limited'])
})

test('an unknown address gets the same answers, mails nothing and takes as long', async () => {
  const { email } = await signUp()
  const unknown = newEmail()
  const timed = async (address: string) => {
    const times: number[] = []
    const errors = new Set<string>()
    for (let n = 0; n < 8; n++) {
      const start = performance.now()
      await visitor.call(signIn, { email: address, password: 'wrong password' }, from()).catch((e: Error & { code: string }) => errors.add(`${e.code} ${e.message}`))
      times.push(performance.now() - start)
    }
    return { fastest: Math.min(...times), errors: [...errors] }
  }
  await timed(newEmail())
  const [known, missing] = [await timed(email), await timed(unknown)]
  expect(missing.errors).toEqual(known.errors)
  expect(missing.fastest).toBeGreaterThan(known.fastest * 0.5)
  expect(await visitor.call(requestPasswordReset, { email: unknown }, from())).toEqual(await visitor.call(requestPasswordReset, { email }, from()))
  expect(await mailedTokens(unknown, 'reset')).toEqual([])
})

test('neither tokens nor passwords rest in clear', async () => {
  const { email, session } = await signUp()
  const [token = ''] = await mailedTokens(email, 'verify')
  const rows = await sql('SELECT to_json(s) AS a FROM session s UNION ALL SELECT to_json(t) FROM email_token t UNION ALL SELECT to_json(p) FROM password p')
  const text = JSON.stringify(rows)
  for (const secret of [session, token, PASSWORD]) expect(text).not.toContain(secret)
  expect(text).toContain('$argon2id$')
})
