import { z } from 'zod'
import type { BaseContext } from '../../core/context.ts'
import { violatedUnique, type SystemDb } from '../../core/db.ts'
import { DomainError } from '../../core/error.ts'
import { newId } from '../../core/id.ts'
import { command } from '../../core/operation.ts'
import { Email, Password, PersonName, User } from '../../contract/user.ts'
import { queueMail } from '../mail/index.ts'
import { isReserved } from './change-email.ts'
import { issueEmailToken } from './email-tokens.ts'
import { noteOrigin } from './notices.ts'
import { hashPassword } from './passwords.ts'
import { startSession } from './sessions.ts'
import { refuseElsewhere } from './sign-in-policy.ts'
import { throttle } from './throttle.ts'
import { toUser } from './wire.ts'

export const createUser = command({
  name: 'users.create',
  summary: 'Sign up: creates an account under this host\'s brand and mails a verification link',
  scope: 'public',
  input: z.strictObject({ email: Email, password: Password, name: PersonName }),
  output: User,
  rest: { method: 'POST', path: '/users', status: 201, tag: 'Accounts' },
  run: async (ctx, input) => {
    await throttle(`sign-up:${ctx.meta.ip}`, 100, 3600)
    await refuseElsewhere({ email: input.email, brandId: ctx.brand.id, userId: null, method: 'sign_up' })
    const user = await insertUser(ctx.db, { brandId: ctx.brand.id, staff: false, verified: false, ...input })
    await sendVerification(ctx, ctx.db, user)
    await ctx.emit('user.created', { type: 'user', id: user.id })
    const session = await startSession(ctx.db, user.id, 'web', { ip: ctx.meta.ip, userAgent: ctx.meta.userAgent })
    ctx.meta.cookie.session = session.token
    await noteOrigin(ctx, user)
    return toUser(user)
  },
})

export const insertUser = async (
  db: SystemDb, input: { brandId: string; email: string; name: string; password: string; staff: boolean; verified: boolean },
) => {
  const hash = await hashPassword(input.password)
  if (await isReserved(db, input.brandId, input.email)) throw emailTaken()
  try {
    return await db.user.create({
      data: {
        id: newId('user'), brandId: input.brandId, email: input.email, name: input.name, staff: input.staff,
        emailVerifiedAt: input.verified ? new Date() : null, password: { create: { hash } },
      },
    })
  } catch (error) {
    if (!violatedUnique(error)) throw error
    throw emailTaken()
  }
}

const emailTaken = (): DomainError => new DomainError('email_taken', 'An account with that e-mail exists. Sign in, or reset the password.', {
  errors: [{ pointer: '/email', code: 'taken', message: 'An account with that e-mail exists.' }],
})

export const sendVerification = async (ctx: BaseContext, db: SystemDb, user: { id: string; email: string; name: string }): Promise<void> => {
  const token = await issueEmailToken(db, user.id, 'verify')
  await queueMail(db, {
    brandId: ctx.brand.id, to: user.email, template: 'verify-email', dedupeKey: `verify:${ctx.requestId}`,
    props: { name: user.name, url: `${ctx.brand.origin}/verify-email?token=${token}` },
  })
}
