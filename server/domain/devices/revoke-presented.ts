import { z } from 'zod'
import type { SystemContext } from '../../core/context.ts'
import { sha256 } from '../../core/crypto.ts'
import { wake } from '../../core/event.ts'
import { command } from '../../core/operation.ts'
import { throttle } from '../auth/index.ts'

/** Streams that were opened with the token look again, whatever organization they are of. */
const wakeStreams = async (ctx: SystemContext, userId: string | null, orgId: string | null): Promise<void> => {
  const rows = userId === null ? [] : await ctx.db.membership.findMany({ where: { userId }, select: { orgId: true } })
  for (const id of new Set([...rows.map((row) => row.orgId), ...(orgId ? [orgId] : [])])) await wake(ctx.db, `org:${id}`, 'token.revoked')
}

/** Whoever holds a token may end it, whatever else it may do: also one that is limited, and one that was found. */
export const revokePresented = command({
  name: 'auth.revoke_presented', summary: 'Revoke a token by itself (RFC 7009); an unknown one is revoked already', scope: 'public', answersSecret: true,
  quiet: 'an unknown token changes nothing',
  input: z.strictObject({ token: z.string().max(200).describe('secret') }), output: z.object({ ok: z.literal(true) }),
  rest: { method: 'POST', path: '/auth/revoke', status: 200, tag: 'Tokens' },
  run: async (ctx, input) => {
    await throttle(`revoke:${ctx.meta.ip}`, 60, 600)
    const tokenHash = sha256(input.token)
    const [token] = await ctx.db.apiToken.updateManyAndReturn({
      where: { tokenHash, brandId: ctx.brand.id, revokedAt: null }, data: { revokedAt: new Date() }, select: { id: true, userId: true, orgId: true },
    })
    if (token) {
      await ctx.emit('token.revoked', { type: 'token', id: token.id }, {}, token.orgId ?? undefined)
      await wakeStreams(ctx, token.userId, token.orgId)
    }
    const session = await ctx.db.session.findFirst({ where: { tokenHash, user: { brandId: ctx.brand.id } }, select: { id: true, userId: true } })
    if (session) {
      await ctx.db.session.delete({ where: { id: session.id } })
      await ctx.emit('user.session_revoked', { type: 'user', id: session.userId })
      await wakeStreams(ctx, session.userId, null)
    }
    return { ok: true as const }
  },
})
