import { z } from 'zod'
import { newToken, sha256 } from '../../core/crypto.ts'
import { violatedUnique, type SystemDb } from '../../core/db.ts'
import { DomainError, ruleViolated } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { command } from '../../core/operation.ts'
import { Email } from '../../contract/user.ts'
import { queueMail } from '../mail/index.ts'
import { issueEmailToken, voidEmailTokens } from './email-tokens.ts'
import { mailTime, notifyOwner } from './notices.ts'
import { refuseElsewhere } from './sign-in-policy.ts'
import { throttle } from './throttle.ts'
import { dropCodesOfLastFactor } from './totp.ts'

const CONFIRM_MS = 24 * 3_600_000
const UNDO_MS = 72 * 3_600_000
const Done = z.object({ ok: z.literal(true) })
const Token = z.string().max(100).describe('secret')
const linkTooOld = (): DomainError => new DomainError('token_invalid', 'This link was used already or is too old.')

const taken = (): DomainError => new DomainError('email_taken', 'Another account has that e-mail.', {
  errors: [{ pointer: '/email', code: 'taken', message: 'Another account has that e-mail.' }],
})

/** An address that its owner may still take back belongs to nobody else. */
export const isReserved = async (db: SystemDb, brandId: string, email: string, exceptUserId = ''): Promise<boolean> =>
  await db.emailChange.count({ where: { brandId, oldEmail: email, closedAt: null, undoUntil: { gt: new Date() }, userId: { not: exceptUserId } } }) > 0

export const requestEmailChange = command({
  name: 'auth.request_email_change', summary: 'Mail a link to the new address; the account keeps the old one until it is confirmed', scope: 'user',
  sensitive: true, sessionOnly: true,
  input: z.strictObject({ email: Email }), output: Done,
  rest: { method: 'POST', path: '/users/me/email', status: 202, tag: 'Accounts' },
  run: async (ctx, input) => {
    const { userId, email: oldEmail } = ctx.user
    await throttle(`email-change:${userId}`, 5, 3600)
    // Whose sign-in an organization governs cannot leave it by another address.
    await refuseElsewhere({ email: oldEmail, brandId: ctx.brand.id, userId, method: 'password' })
    if (input.email === oldEmail) throw ruleViolated('/email', 'unchanged', 'That is your address already.')
    const holder = await ctx.db.user.findUnique({ where: { brandId_email: { brandId: ctx.brand.id, email: input.email } } })
    if (holder || await isReserved(ctx.db, ctx.brand.id, input.email, userId)) throw taken()
    await ctx.db.emailChange.updateMany({ where: { userId, confirmedAt: null, closedAt: null }, data: { closedAt: new Date() } })
    const token = newToken('email')
    await ctx.db.emailChange.create({
      data: { id: newId('emailChange'), brandId: ctx.brand.id, userId, oldEmail, newEmail: input.email, confirmTokenHash: sha256(token), expiresAt: new Date(Date.now() + CONFIRM_MS) },
    })
    await queueMail(ctx.db, {
      brandId: ctx.brand.id, to: input.email, template: 'confirm-new-address', dedupeKey: `email-change:${ctx.requestId}`,
      props: { url: `${ctx.brand.origin}/confirm-email?token=${token}` },
    })
    await ctx.emit('user.email_change_requested', { type: 'user', id: userId })
    await notifyOwner(ctx, userId, 'email_change_asked')
    return { ok: true as const }
  },
})

export const cancelEmailChange = command({
  name: 'auth.cancel_email_change', summary: 'Keep the present address; the mailed link stops working', scope: 'user', sessionOnly: true,
  input: z.strictObject({}), output: Done,
  rest: { method: 'DELETE', path: '/users/me/email', status: 200, tag: 'Accounts' },
  run: async (ctx) => {
    await ctx.db.emailChange.updateMany({ where: { userId: ctx.user.userId, confirmedAt: null, closedAt: null }, data: { closedAt: new Date() } })
    await ctx.emit('user.email_change_cancelled', { type: 'user', id: ctx.user.userId })
    return { ok: true as const }
  },
})

export const confirmEmailChange = command({
  name: 'auth.confirm_email_change', summary: 'Confirm the new address with the token from its mail; the old one gets a link to undo', scope: 'public',
  input: z.strictObject({ token: Token }), output: z.object({ email: z.string() }),
  rest: { method: 'POST', path: '/auth/email-change/confirm', status: 200, tag: 'Accounts' },
  run: async (ctx, input) => {
    const undo = newToken('undo')
    const undoUntil = new Date(Date.now() + UNDO_MS)
    const [change] = await ctx.db.emailChange.updateManyAndReturn({
      where: { confirmTokenHash: sha256(input.token), brandId: ctx.brand.id, confirmedAt: null, closedAt: null, expiresAt: { gt: new Date() } },
      data: { confirmedAt: new Date(), undoTokenHash: sha256(undo), undoUntil },
    })
    if (!change) throw linkTooOld()
    await setAddress(ctx.db, change.userId, change.newEmail)
    await voidEmailTokens(ctx.db, change.userId, ['verify', 'reset', 'sign_in'])
    await queueMail(ctx.db, {
      brandId: ctx.brand.id, to: change.oldEmail, template: 'address-changed', dedupeKey: `email-changed:${change.id}`,
      props: { new_email: change.newEmail, until: mailTime(undoUntil), url: `${ctx.brand.origin}/undo-email?token=${undo}` },
    })
    await ctx.emit('user.email_changed', { type: 'user', id: change.userId })
    return { email: change.newEmail }
  },
})

const setAddress = async (db: SystemDb, userId: string, email: string): Promise<void> => {
  const change = db.user.update({ where: { id: userId }, data: { email, emailVerifiedAt: new Date() } })
  await change.catch((error: unknown) => { throw violatedUnique(error) ? taken() : error })
}

/** Whoever changed the address knew the password or held a session: both end, and what they added to get in again goes. */
export const undoEmailChange = command({
  name: 'auth.undo_email_change', summary: 'Bring the old address back with the token from its mail; ends every session and asks for a new password', scope: 'public',
  input: z.strictObject({ token: Token }), output: z.object({ email: z.string() }),
  rest: { method: 'POST', path: '/auth/email-change/undo', status: 200, tag: 'Accounts' },
  run: async (ctx, input) => {
    const [change] = await ctx.db.emailChange.updateManyAndReturn({
      where: { undoTokenHash: sha256(input.token), brandId: ctx.brand.id, closedAt: null, undoUntil: { gt: new Date() } }, data: { closedAt: new Date() },
    })
    if (!change) throw linkTooOld()
    const { userId, oldEmail, createdAt } = change
    await ctx.db.emailChange.updateMany({ where: { userId, closedAt: null, createdAt: { gt: createdAt } }, data: { closedAt: new Date() } })
    await setAddress(ctx.db, userId, oldEmail)
    await ctx.db.session.deleteMany({ where: { userId } })
    await ctx.db.apiToken.updateMany({ where: { userId, createdAt: { gt: createdAt }, revokedAt: null }, data: { revokedAt: new Date() } })
    await ctx.db.password.deleteMany({ where: { userId } })
    await ctx.db.passkey.deleteMany({ where: { userId, createdAt: { gt: createdAt } } })
    await ctx.db.totpFactor.deleteMany({ where: { userId, createdAt: { gt: createdAt } } })
    await ctx.db.recoveryCode.deleteMany({ where: { userId } })
    await dropCodesOfLastFactor(ctx.db, userId)
    await voidEmailTokens(ctx.db, userId, ['verify', 'reset', 'sign_in'])
    const { name } = await ctx.db.user.findUniqueOrThrow({ where: { id: userId } })
    await queueMail(ctx.db, {
      brandId: ctx.brand.id, to: oldEmail, template: 'reset-password', dedupeKey: `undo:${change.id}`,
      props: { name, url: `${ctx.brand.origin}/reset-password?token=${await issueEmailToken(ctx.db, userId, 'reset')}` },
    })
    await ctx.emit('user.email_change_undone', { type: 'user', id: userId })
    return { email: oldEmail }
  },
})
