import { Secret, TOTP } from 'otpauth'
import type { RequestMeta } from '../../../core/context.ts'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import { as, brandContext, type Caller } from '../../../testing/actors.ts'
import { drainJobs } from '../../../testing/runtime.ts'
import { actorOfToken, confirmTotp, createUser, signIn, startTotp } from '../index.ts'

export const PASSWORD = 'correct horse battery'
export const LINUX = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36'

let addresses = 0
/** A new address each time, so that one test's tries do not count for the next. */
export const from = (over: Partial<RequestMeta> = {}): Partial<RequestMeta> & { cookie: { session?: string | null } } => {
  addresses += 1
  return { ip: `10.9.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`, userAgent: LINUX, cookie: {}, ...over }
}

export const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await runtime().databases.systemPool.query<T>(text, values)).rows
export const newEmail = (): string => `${newId('user')}@example.com`

/** Subjects and texts of the mails to that address, oldest first. */
export const mailsTo = async (to: string): Promise<{ text: string }[]> => {
  await drainJobs()
  return sql<{ text: string }>('SELECT text FROM mail WHERE "to" = $1 ORDER BY created_at, id', [to])
}
/** Tokens in those mails; of one kind, as mails leave in no certain order. */
export const mailedTokens = async (to: string, kind: 'verify' | 'reset' | 'link' | 'email' | 'undo'): Promise<string[]> =>
  (await mailsTo(to)).flatMap((m) => new RegExp(`token=(${kind}_[\\w-]+)`).exec(m.text)?.[1] ?? [])
/** Security notices to that address, in order. */
export const noticesTo = async (to: string): Promise<string[]> => (await mailsTo(to)).flatMap((m) => /"notice":"(\w+)"/.exec(m.text)?.[1] ?? [])

export const holder = async (token: string | null | undefined): Promise<Caller> => {
  const brand = await brandContext()
  return as(await actorOfToken(token ?? '', brand.id) ?? { type: 'anonymous' }, brand)
}

export const visitor = async (): Promise<Caller> => as({ type: 'anonymous' }, await brandContext())

/** A confirmed person and their console session. */
export const signUp = async (email = newEmail()) => {
  const meta = from()
  const user = await (await visitor()).call(createUser, { email, password: PASSWORD, name: 'Ada' }, meta)
  await sql('UPDATE "user" SET email_verified_at = now() WHERE id = $1', [user.id])
  return { email, user, session: meta.cookie.session ?? '', me: await holder(meta.cookie.session) }
}

export const signInAs = async (email: string, password = PASSWORD, over: Partial<RequestMeta> = {}) => {
  const meta = from(over)
  const outcome = await (await visitor()).call(signIn, { email, password }, meta)
  return { outcome, session: meta.cookie.session ?? null }
}

/** The code an authenticator app shows, `steps` periods from now. */
export const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 })

/** Turns an authenticator app on; the code of the present step is used up by it. */
export const enrolTotp = async (me: Caller): Promise<{ secret: string; recoveryCodes: string[] }> => {
  const { secret } = await me.call(startTotp, {})
  const { recovery_codes: codes } = await me.call(confirmTotp, { code: codeOf(secret, -1) })
  return { secret, recoveryCodes: codes ?? [] }
}

/** As if the last proof of identity were that long ago. */
export const age = (session: string | null, minutes: number): Promise<object[]> =>
  sql('UPDATE session SET proven_at = now() - make_interval(mins => $2) WHERE token_hash = encode(sha256(convert_to($1, \'utf8\')), \'hex\')', [session ?? '', minutes])
