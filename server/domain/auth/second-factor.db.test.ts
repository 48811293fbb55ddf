import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { sha256 } from '../../core/crypto.ts'
import { runtime } from '../../core/runtime.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { withRuntime } from '../../testing/runtime.ts'
import {
  completeSignIn, confirmTotp, createToken, getMe, getSecurity, regenerateRecoveryCodes, removeTotp, signIn, startTotp,
} from './index.ts'
import { codeOf, enrolTotp, from, holder, newEmail, noticesTo, PASSWORD, signInAs, signUp, sql, visitor } from './testing/people.ts'
import { redeemTotpCode } from './totp.ts'

withRuntime()
beforeAll(setPlainMail)

const second = async (token: string | undefined, code: string) => {
  const meta = from()
  const user = await (await visitor()).call(completeSignIn, { token: token ?? '', code }, meta)
  return { user, session: meta.cookie.session ?? null }
}

test('an authenticator app counts only once a code of it was confirmed', async () => {
  const { email, me } = await signUp()
  const { secret, uri } = await me.call(startTotp, {})
  expect(uri).toContain(`secret=${secret}`)
  expect((await signInAs(email)).outcome.user).not.toBeNull()
  await expect(me.call(confirmTotp, { code: '000000' })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/code', code: 'wrong_code' }] })
  await me.call(confirmTotp, { code: codeOf(secret) })
  const { outcome, session } = await signInAs(email)
  expect([outcome.user, session, outcome.second_factor?.methods]).toEqual([null, null, ['totp', 'recovery_code']])
  await expect(me.call(startTotp, {})).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await me.call(getMe, {})).toMatchObject({ user: { mfa_enabled: true } })
})

test('the second step signs in with a second factor proven, and its token works once', async () => {
  const { email, me } = await signUp()
  const { secret } = await enrolTotp(me)
  const { outcome } = await signInAs(email)
  const { session } = await second(outcome.second_factor?.token, ` ${codeOf(secret).slice(0, 3)} ${codeOf(secret).slice(3)}`)
  expect((await holder(session)).actor).toMatchObject({ email, mfa: true })
  await expect(second(outcome.second_factor?.token, codeOf(secret, 1))).rejects.toMatchObject({ code: 'token_invalid' })
})

test('a code works once: not again, and not an older one, in whatever sign-in', async () => {
  const { email, me } = await signUp()
  const { secret } = await enrolTotp(me)
  const code = codeOf(secret)
  const [one, two] = [await signInAs(email), await signInAs(email)]
  await second(one.outcome.second_factor?.token, code)
  for (const used of [code, codeOf(secret, -1)]) {
    await expect(second(two.outcome.second_factor?.token, used)).rejects.toMatchObject({ code: 'invalid_mfa_code', status: 401, errors: [{ pointer: '/code' }] })
  }
  await second(two.outcome.second_factor?.token, codeOf(secret, 1))
})

test('one code used at the same moment in three sign-ins opens one', async () => {
  const { email, me } = await signUp()
  const { secret } = await enrolTotp(me)
  const guest = await visitor()
  const tokens: string[] = []
  for (let n = 0; n < 5; n++) tokens.push((await signInAs(email)).outcome.second_factor?.token ?? '')
  const code = codeOf(secret)
  const results = await Promise.allSettled(tokens.map((token) => guest.call(completeSignIn, { token, code }, from())))
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
})

test('a code that another sign-in is about to use is used up', async () => {
  const { user, me } = await signUp()
  const { secret } = await enrolTotp(me)
  const [code, { databases }] = [codeOf(secret), runtime()]
  const others: Promise<boolean>[] = []
  const first = await databases.asSystem('identity', async (db) => {
    const used = await redeemTotpCode(db, user.id, code)
    others.push(databases.asSystem('identity', (second) => redeemTotpCode(second, user.id, code)))
    await sleep(300)
    return used
  })
  expect([first, ...await Promise.all(others)]).toEqual([true, false])
})

test('a recovery code stands in once, however it is typed, and its owner is told', async () => {
  const { email, me } = await signUp()
  const { recoveryCodes } = await enrolTotp(me)
  expect([recoveryCodes.length, new Set(recoveryCodes).size]).toEqual([10, 10])
  const [code = ''] = recoveryCodes
  const one = await signInAs(email)
  const { session } = await second(one.outcome.second_factor?.token, code.toUpperCase().replaceAll('-', ' '))
  const again = await signInAs(email)
  await expect(second(again.outcome.second_factor?.token, code)).rejects.toMatchObject({ code: 'invalid_mfa_code' })
  expect(await (await holder(session)).call(getSecurity, {})).toMatchObject({ recovery_codes_left: 9, session: { mfa: true } })
  expect(await noticesTo(email)).toEqual(expect.arrayContaining(['second_factor_added', 'recovery_code_used']))
})

test('new recovery codes void the old ones; codes of another person open nothing', async () => {
  const [a, b] = [await signUp(), await signUp()]
  const { recoveryCodes: [old = ''] } = await enrolTotp(a.me)
  const { recoveryCodes: [foreign = ''] } = await enrolTotp(b.me)
  const { recovery_codes: [fresh = ''] } = await a.me.call(regenerateRecoveryCodes, {})
  const { outcome } = await signInAs(a.email)
  for (const code of [old, foreign]) await expect(second(outcome.second_factor?.token, code)).rejects.toMatchObject({ code: 'invalid_mfa_code' })
  await second(outcome.second_factor?.token, fresh)
})

test('the token of a second step belongs to its account, brand and purpose, and dies after ten minutes', async () => {
  const { email, me } = await signUp()
  const { secret } = await enrolTotp(me)
  const { outcome } = await signInAs(email)
  const token = outcome.second_factor?.token ?? ''
  await sql('UPDATE auth_challenge SET expires_at = now() - interval \'1 second\' WHERE token_hash = $1', [sha256(token)])
  await expect(second(token, codeOf(secret))).rejects.toMatchObject({ code: 'token_invalid' })
  await sql('UPDATE auth_challenge SET expires_at = now() + interval \'1 minute\', brand_id = \'brand_other\' WHERE token_hash = $1', [sha256(token)])
  await expect(second(token, codeOf(secret))).rejects.toMatchObject({ code: 'token_invalid' })
  await expect(second('step_forged', codeOf(secret))).rejects.toMatchObject({ code: 'token_invalid' })
})

test('codes cannot be guessed: the eleventh try in five minutes is refused, with the right code too', async () => {
  const { email, me } = await signUp()
  const { secret } = await enrolTotp(me)
  const { outcome } = await signInAs(email)
  const seen: string[] = []
  for (let n = 0; n < 10; n++) seen.push(await second(outcome.second_factor?.token, String(n).padStart(6, '0')).then(() => 'ok', (e: { code: string }) => e.code))
  expect(seen.filter((code) => code === 'ok')).toEqual([])
  await expect(second(outcome.second_factor?.token, codeOf(secret))).rejects.toMatchObject({ code: 'rate_limited', status: 429 })
})

test('the token exchange asks for the code and says so', async () => {
  const { email, me } = await signUp()
  const { secret, recoveryCodes: [recovery = ''] } = await enrolTotp(me)
  const exchange = async (input: object) => (await visitor()).call(createToken, { email, password: PASSWORD, ...input }, from())
  await expect(exchange({})).rejects.toMatchObject({ code: 'mfa_code_required', status: 401 })
  await expect(exchange({ mfa_code: '000000' })).rejects.toMatchObject({ code: 'invalid_mfa_code', status: 401, errors: [{ pointer: '/mfa_code' }] })
  await expect(exchange({ password: 'wrong password' })).rejects.toMatchObject({ code: 'invalid_credentials' })
  for (const mfa_code of [codeOf(secret), recovery]) {
    expect((await holder((await exchange({ mfa_code })).token)).actor).toMatchObject({ mfa: true, token: null })
  }
})

test('a scope asked for in the exchange limits the token', async () => {
  const { email } = await signUp()
  const { token, scope } = await (await visitor()).call(createToken, { email, password: PASSWORD, scope: ['apps:read', 'apps:read'] }, from())
  expect(scope).toEqual(['apps:read'])
  expect((await holder(token)).actor).toMatchObject({ token: { kind: 'sess', scopes: ['apps:read'] } })
  await expect((await visitor()).call(createToken, { email, password: PASSWORD, scope: ['everything' as never] }, from())).rejects.toMatchObject({ code: 'invalid_request' })
})

test('without the factor there is no second step, and no session counts as proven', async () => {
  const { email, me, session } = await signUp()
  await enrolTotp(me)
  expect((await holder(session)).actor).toMatchObject({ mfa: true })
  await me.call(removeTotp, {})
  expect((await holder(session)).actor).toMatchObject({ mfa: false })
  expect((await signInAs(email)).outcome.user).not.toBeNull()
  expect(await me.call(getSecurity, {})).toMatchObject({ totp: { enabled: false }, recovery_codes_left: 0 })
  await expect(me.call(removeTotp, {})).rejects.toMatchObject({ code: 'not_found' })
  await expect(me.call(regenerateRecoveryCodes, {})).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await noticesTo(email)).toContain('second_factor_removed')
})

test('neither the secret nor a recovery code rests in clear, and a secret moved to another account opens nothing', async () => {
  const [a, b] = [await signUp(), await signUp()]
  const { secret, recoveryCodes: [code = ''] } = await enrolTotp(a.me)
  const rows = JSON.stringify(await sql('SELECT to_json(t) AS a FROM totp_factor t UNION ALL SELECT to_json(r) FROM recovery_code r'))
  for (const text of [secret, code, code.replaceAll('-', '')]) expect(rows).not.toContain(text)
  await enrolTotp(b.me)
  await sql('UPDATE totp_factor SET secret = (SELECT secret FROM totp_factor WHERE user_id = $1), last_step = 0 WHERE user_id = $2', [a.user.id, b.user.id])
  const { outcome } = await signInAs(b.email)
  await expect(second(outcome.second_factor?.token, codeOf(secret))).rejects.toThrow()
})

test('200 tries in a minute on one account from 50 addresses end in 429, known or not, with the same answers', async () => {
  const tries = async (email: string) => {
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) =>
      visitor().then((v) => v.call(signIn, { email, password: 'wrong password' }, { ip: `172.16.${email.length}.${n % 50}`, cookie: {} })).then(() => 'ok', (e: Error & { code: string }) => e.code)))
    return { wrong: answers.filter((a) => a === 'invalid_credentials').length, limited: answers.filter((a) => a === 'rate_limited').length }
  }
  const known = await tries((await signUp()).email)
  expect(known).toEqual({ wrong: 10, limited: 190 })
  expect(await tries(newEmail())).toEqual(known)
}, 60_000)

test('tries from strange networks do not lock the owner out of where the account is used', async () => {
  const { email } = await signUp()
  const stranger = (): Promise<string> => signInAs(email, 'wrong password', { ip: '203.0.113.5' }).then(() => 'ok', (e: { code: string }) => e.code)
  for (let n = 0; n < 11; n++) await stranger()
  expect(await stranger()).toBe('rate_limited')
  expect((await signInAs(email, PASSWORD, { ip: '10.9.0.200' })).outcome.user).not.toBeNull()
})
