import { z } from 'zod'
import type { UserActor } from '../../core/context.ts'
import { DomainError, notFound } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { loadToken, revoke } from './personal-tokens.ts'

/** Whoever found a token must not sign its owner out with it. A session made for a program ends itself. */
const refuseTokens = (user: UserActor, sessionId: string): void => {
  if (user.token && user.sessionId !== sessionId) throw new DomainError('session_required', 'Sessions are ended by their person, signed in to the console; no token does that.')
}

/** As the reference has it: a token is revoked where it was obtained, whether personal or exchanged for credentials. */
export const revokeAnyToken = command({
  name: 'auth.revoke_token', summary: 'Revoke one of your tokens or sessions at once', scope: 'user', unverified: true,
  input: z.strictObject({ token_id: z.string().max(60) }), output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path: '/auth/token/{token_id}', tag: 'Tokens' },
  run: async (ctx, input) => {
    if (input.token_id.startsWith('sid_')) {
      refuseTokens(ctx.user, input.token_id)
      const { count } = await ctx.db.session.deleteMany({ where: { id: input.token_id, userId: ctx.user.userId } })
      if (count === 0) throw notFound('token')
      await ctx.emit('user.session_revoked', { type: 'user', id: ctx.user.userId })
    } else await revoke(ctx, await loadToken(ctx, input.token_id), new Date())
    return { ok: true as const }
  },
})
