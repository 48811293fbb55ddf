import { z } from 'zod'
import { query } from '../../core/operation.ts'
import { ROLES } from '../../contract/permission.ts'
import { Me } from '../../contract/user.ts'
import { toUser } from './wire.ts'

export const getMe = query({
  name: 'users.me', summary: 'The signed-in account and its organizations', scope: 'user', unverified: true,
  input: z.strictObject({}), output: Me,
  rest: { method: 'GET', path: '/users/me', tag: 'Accounts' },
  run: async (ctx) => {
    const user = await ctx.db.user.findUniqueOrThrow({
      where: { id: ctx.user.userId },
      include: { memberships: { where: { org: { deletedAt: null } }, include: { org: true }, orderBy: { createdAt: 'asc' } } },
    })
    return {
      user: toUser(user),
      organizations: user.memberships.map((m) => ({ id: m.org.id, name: m.org.name, slug: m.org.slug, currency: m.org.currency, role: ROLES.find((r) => r === m.role) ?? 'viewer' as const })),
    }
  },
})
