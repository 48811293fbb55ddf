import { z } from 'zod'
import { etagOf } from '../../core/etag.ts'
import { command } from '../../core/operation.ts'
import { PersonName, User } from '../../contract/user.ts'
import { toUser } from './wire.ts'

export const updateProfile = command({
  name: 'users.update_me', summary: 'Change the name of the signed-in account', scope: 'user', unverified: true,
  input: z.strictObject({ name: PersonName }), output: User,
  rest: { method: 'PATCH', path: '/users/me', tag: 'Accounts' }, ifMatch: true, etag: etagOf,
  run: async (ctx, input) => {
    await ctx.db.$executeRaw`SELECT 1 FROM "user" WHERE id = ${ctx.user.userId} FOR NO KEY UPDATE`
    ctx.expectVersion(toUser(await ctx.db.user.findUniqueOrThrow({ where: { id: ctx.user.userId } })).etag)
    const user = await ctx.db.user.update({ where: { id: ctx.user.userId }, data: { name: input.name } })
    await ctx.emit('user.updated', { type: 'user', id: user.id })
    return toUser(user)
  },
})
