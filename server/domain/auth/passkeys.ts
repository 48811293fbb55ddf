import { z } from 'zod'
import type { UserContext } from '../../core/context.ts'
import { violatedUnique } from '../../core/db.ts'
import { DomainError, notFound } from '../../core/error.ts'
import { etagOf } from '../../core/etag.ts'
import { newId } from '../../core/id.ts'
import { command, query } from '../../core/operation.ts'
import { CeremonyOptions, PasskeyInfo, PasskeyName, PasskeyRegistration } from '../../contract/sign-in.ts'
import { openChallenge, takeChallenge } from './challenges.ts'
import { notifyOwner } from './notices.ts'
import { firstRecoveryCodes, RecoveryCodes } from './recovery-codes.ts'
import { dropCodesOfLastFactor } from './totp.ts'
import { markMfa } from './sessions.ts'
import { registrationOptions, rpOf, verifyRegistration } from './webauthn.ts'
import { toPasskey } from './wire.ts'

const MOST = 20
const PasskeyId = z.string().max(60)

export const startPasskey = command({
  name: 'auth.start_passkey', summary: 'What the browser needs to make a passkey for this account', scope: 'user', sensitive: true, sessionOnly: true,
  answersSecret: true, quiet: 'a question changes nothing',
  input: z.strictObject({}), output: z.object({ token: z.string(), options: CeremonyOptions }),
  run: async (ctx) => {
    const { userId: id, email, name } = ctx.user
    const existing = await ctx.db.passkey.findMany({ where: { userId: id } })
    if (existing.length >= MOST) throw new DomainError('quota_exceeded', `An account has at most ${MOST} passkeys. Remove one you no longer use.`)
    const options = await registrationOptions(ctx.brand, { id, email, name }, existing.filter((k) => k.rpId === rpOf(ctx.brand)))
    const { token } = await openChallenge(ctx.db, { brandId: ctx.brand.id, purpose: 'passkey_registration', userId: id, challenge: options.challenge })
    return { token, options: { ...options } }
  },
})

export const addPasskey = command({
  name: 'auth.add_passkey', summary: 'Add the passkey that the browser made', scope: 'user', sensitive: true, sessionOnly: true, answersSecret: true,
  input: z.strictObject({ token: z.string().max(100).describe('secret'), name: PasskeyName, registration: PasskeyRegistration }),
  output: z.object({ passkey: PasskeyInfo, recovery_codes: RecoveryCodes.nullable() }),
  run: async (ctx, input) => {
    const { userId, sessionId } = ctx.user
    const step = await takeChallenge(ctx.db, input.token, 'passkey_registration', ctx.brand.id)
    if (step.userId !== userId || !step.challenge) throw new DomainError('token_invalid', 'This step belongs to another account. Start again.')
    const made = await verifyRegistration(ctx.brand, step.challenge, input.registration)
    const row = await ctx.db.passkey.create({ data: { id: newId('passkey'), userId, name: input.name, ...made } }).catch((error: unknown) => {
      throw violatedUnique(error) ? new DomainError('state_conflict', 'This passkey is registered already.') : error
    })
    await markMfa(ctx.db, sessionId)
    const codes = await firstRecoveryCodes(ctx.db, userId)
    await ctx.emit('user.second_factor_added', { type: 'user', id: userId }, { method: 'passkey' })
    await notifyOwner(ctx, userId, 'second_factor_added')
    return { passkey: toPasskey(row, rpOf(ctx.brand)), recovery_codes: codes }
  },
})

export const getPasskey = query({
  name: 'auth.get_passkey', summary: 'One passkey of the signed-in account', scope: 'user', unverified: true,
  input: z.strictObject({ passkey_id: PasskeyId }), output: PasskeyInfo,
  rest: { method: 'GET', path: '/users/me/passkeys/{passkey_id}', tag: 'Accounts' }, etag: etagOf,
  run: async (ctx, input) => toPasskey(await load(ctx, input.passkey_id), rpOf(ctx.brand)),
})

const load = async (ctx: UserContext, id: string) => {
  const row = await ctx.db.passkey.findFirst({ where: { id, userId: ctx.user.userId } })
  if (!row) throw notFound('passkey')
  return row
}

export const renamePasskey = command({
  name: 'auth.rename_passkey', summary: 'Name a passkey', scope: 'user', sessionOnly: true,
  input: z.strictObject({ passkey_id: PasskeyId, name: PasskeyName }), output: PasskeyInfo,
  rest: { method: 'PATCH', path: '/users/me/passkeys/{passkey_id}', tag: 'Accounts' }, ifMatch: true, etag: etagOf,
  run: async (ctx, input) => {
    await ctx.db.$executeRaw`SELECT 1 FROM passkey WHERE id = ${input.passkey_id} FOR UPDATE`
    const row = await load(ctx, input.passkey_id)
    ctx.expectVersion(toPasskey(row, rpOf(ctx.brand)).etag)
    await ctx.db.passkey.update({ where: { id: row.id }, data: { name: input.name } })
    await ctx.emit('user.passkey_renamed', { type: 'user', id: ctx.user.userId })
    return toPasskey({ ...row, name: input.name }, rpOf(ctx.brand))
  },
})

export const removePasskey = command({
  name: 'auth.remove_passkey', summary: 'Remove a passkey; it no longer signs in', scope: 'user', sensitive: true, sessionOnly: true,
  input: z.strictObject({ passkey_id: PasskeyId }), output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path: '/users/me/passkeys/{passkey_id}', status: 200, tag: 'Accounts' },
  run: async (ctx, input) => {
    const { userId } = ctx.user
    const { count } = await ctx.db.passkey.deleteMany({ where: { id: input.passkey_id, userId } })
    if (count === 0) throw notFound('passkey')
    await dropCodesOfLastFactor(ctx.db, userId)
    await ctx.emit('user.second_factor_removed', { type: 'user', id: userId }, { method: 'passkey' })
    await notifyOwner(ctx, userId, 'second_factor_removed')
    return { ok: true as const }
  },
})
