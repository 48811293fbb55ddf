import { z } from 'zod'
import { command } from '../../core/operation.ts'
import { Password } from '../../contract/user.ts'
import { voidEmailTokens } from './email-tokens.ts'
import { notifyOwner } from './notices.ts'
import { hashPassword } from './passwords.ts'

export const changePassword = command({
  name: 'auth.change_password', summary: 'Choose a new password; every other session ends', scope: 'user', sensitive: true, sessionOnly: true,
  input: z.strictObject({ password: Password }), output: z.object({ ended: z.number().int().describe('Other sessions that were ended') }),
  rest: { method: 'POST', path: '/users/me/password', status: 200, tag: 'Accounts' },
  run: async (ctx, input) => {
    const { userId, sessionId } = ctx.user
    const hash = await hashPassword(input.password)
    await ctx.db.password.upsert({ where: { userId }, create: { userId, hash }, update: { hash, changedAt: new Date() } })
    await voidEmailTokens(ctx.db, userId, ['reset', 'sign_in'])
    const { count } = await ctx.db.session.deleteMany({ where: { userId, id: { not: sessionId } } })
    await ctx.emit('user.password_changed', { type: 'user', id: userId })
    await notifyOwner(ctx, userId, 'password_changed')
    return { ended: count }
  },
})
